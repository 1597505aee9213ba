package io.dealimpact.cli;

import io.dealimpact.ask.ReadCommands;
import io.dealimpact.config.Configuration;
import io.dealimpact.lake.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Copies of a night's tables for programs that read no Delta tables. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description =
        "Copies of the published night's tables, one file a table, for Excel, Power BI Desktop and"
            + " others that read no Delta tables.")
final class Export implements Callable<Integer> {
  private final Console console;
  @Mixin private Settings settings;
  @Mixin private NightOption night;
  @Mixin private TableNames tables;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "PARQUET",
      description =
          "parquet, csv or spreadsheet (CSV whose texts cannot run as formulas); default: parquet.")
  private ReadCommands.ExportFormat format;

  @Option(
      names = "--to",
      paramLabel = "FOLDER",
      required = true,
      description = "Where to write them. A file of the same name is replaced.")
  private String folder;

  Export(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Configuration configuration = settings.configuration();
    new ReadCommands(Session.open(), configuration, night.night())
        .export(tables.names(), format, folder)
        .forEach(console.out()::println);
    return 0;
  }
}
