package io.dealimpact.cli;

import io.dealimpact.ask.ReadCommands;
import io.dealimpact.config.Configuration;
import io.dealimpact.lake.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Statements that show a night's tables in another engine. */
@Command(
    name = "ddl",
    mixinStandardHelpOptions = true,
    description =
        "Statements that make a view of each table in another engine, in the version that the night"
            + " published. Run them again after each night.")
final class Ddl implements Callable<Integer> {
  private final Console console;
  @Mixin private Settings settings;
  @Mixin private NightOption night;
  @Mixin private TableNames tables;

  @Option(
      names = "--dialect",
      paramLabel = "DIALECT",
      required = true,
      description = "spark, databricks, trino or duckdb.")
  private ReadCommands.Dialect dialect;

  Ddl(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Configuration configuration = settings.configuration();
    console
        .out()
        .print(
            new ReadCommands(Session.open(), configuration, night.night())
                .views(tables.names(), dialect));
    return 0;
  }
}
