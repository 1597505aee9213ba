package io.dealimpact.cli;

import io.dealimpact.ask.ReadCommands;
import io.dealimpact.config.Configuration;
import io.dealimpact.lake.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A query over the lake's tables by name. */
@Command(
    name = "sql",
    mixinStandardHelpOptions = true,
    description = "A query over the lake's tables by name, for instance gold.event_impact.")
final class Sql implements Callable<Integer> {
  private final Console console;
  @Mixin private Settings settings;
  @Mixin private NightOption night;

  @Parameters(paramLabel = "QUERY", description = "Spark SQL.")
  private String query;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "TABLE",
      description =
          "table, csv, spreadsheet (CSV whose texts cannot run as formulas) or json; default:"
              + " table.")
  private ReadCommands.Format format;

  @Mixin private ScreenOption screen;

  Sql(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Configuration configuration = settings.configuration();
    new ReadCommands(Session.open(), configuration, night.night())
        .query(query, format, screen.width(), console.out());
    return 0;
  }
}
