package io.dealimpact.notebook;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * How a study of one's own is made: settings of the section {@code study} of the configuration, as
 * {@code windows=[[0,0],[-1,1]]}. What is not named is as in the lake's night, and events are not
 * grouped but for all together.
 */
public record Plan(List<String> settings) {
  private static final List<String> FIRST = List.of("name=own", "groups=[all]");

  public Plan {
    settings = List.copyOf(settings);
  }

  static Plan of(String... settings) {
    return new Plan(Arrays.asList(settings));
  }

  /** The settings with their whole keys. */
  List<String> overrides() {
    List<String> overrides = new ArrayList<>();
    Stream.concat(FIRST.stream(), settings.stream())
        .forEach(setting -> overrides.add("study." + setting.strip()));
    return overrides;
  }
}
