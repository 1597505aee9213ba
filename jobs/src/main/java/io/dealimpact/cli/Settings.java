package io.dealimpact.cli;

import io.dealimpact.config.Configuration;
import io.dealimpact.config.ConfigurationReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that every command shares. */
final class Settings {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "YAML file; the defaults are in jobs/conf/deal-impact.yaml.")
  private Path config;

  @Option(names = "--landing", paramLabel = "DIR", description = "Landing zone.")
  private String landing;

  @Option(names = "--lake", paramLabel = "DIR", description = "Folder of the Delta tables.")
  private String lake;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Overrides one key, for instance study.benchmark=QQQ. May be repeated.")
  private List<String> overrides = new ArrayList<>();

  Configuration configuration() {
    List<String> all = new ArrayList<>();
    if (landing != null) {
      all.add("landing='" + landing.replace("'", "''") + "'");
    }
    if (lake != null) {
      all.add("lake='" + lake.replace("'", "''") + "'");
    }
    all.addAll(overrides);
    return new ConfigurationReader().read(Optional.ofNullable(config), all);
  }
}
