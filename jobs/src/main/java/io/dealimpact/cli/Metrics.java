package io.dealimpact.cli;

import io.dealimpact.ask.ReadCommands;
import io.dealimpact.config.Configuration;
import io.dealimpact.lake.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Metrics of the last run and of the published nights, for a monitoring system. */
@Command(
    name = "metrics",
    mixinStandardHelpOptions = true,
    description =
        "Metrics of the last run and of the published nights, as OpenMetrics text: status, times,"
            + " rows, and by what time of the day nights are published.")
final class Metrics implements Callable<Integer> {
  private final Console console;
  @Mixin private Settings settings;

  Metrics(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Configuration configuration = settings.configuration();
    console
        .out()
        .print(
            new ReadCommands(Session.open(), configuration, ReadCommands.Night.NEWEST).metrics());
    return 0;
  }
}
