package io.dealimpact.flow;

import io.dealimpact.config.Configuration;
import io.dealimpact.config.ConfigurationReader;
import io.dealimpact.lake.Lake;
import io.dealimpact.lake.Published;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The settings that the newest published night of a lake was made with. */
public final class NightSettings {
  private NightSettings() {}

  /**
   * The configuration of the night, or the program's defaults where the lake names none.
   *
   * @param folder of the lake
   * @param overrides {@code key=value} with dotted keys, which count before the night's
   * @throws io.dealimpact.run.DealImpactException if a key or a value is wrong
   */
  public static Configuration of(Lake lake, String folder, List<String> overrides) {
    List<String> all = new ArrayList<>();
    all.add("lake='" + folder.replace("'", "''") + "'");
    all.addAll(overrides);
    ConfigurationReader reader = new ConfigurationReader();
    return Published.newest(lake)
        .flatMap(night -> RunLog.ofRun(lake, night.runId()))
        .map(run -> reader.reread(run.text("configuration"), all))
        .orElseGet(() -> reader.read(Optional.empty(), all));
  }
}
