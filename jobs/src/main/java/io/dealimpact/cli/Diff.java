package io.dealimpact.cli;

import io.dealimpact.ask.NightDiff;
import io.dealimpact.ask.ReadCommands;
import io.dealimpact.config.Configuration;
import io.dealimpact.lake.Session;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What changed between two published nights, and why. */
@Command(
    name = "diff",
    mixinStandardHelpOptions = true,
    description = "The headline figures that moved between two published nights, and why.")
final class Diff implements Callable<Integer> {
  private final Console console;
  @Mixin private Settings settings;

  @Parameters(
      arity = "0..2",
      paramLabel = "NIGHT",
      description =
          "Number of a published night, or the id of its run. None: the last two nights. One: it and"
              + " the night before it.")
  private List<String> nights = List.of();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "TABLE",
      description =
          "table, csv, spreadsheet (CSV whose texts cannot run as formulas) or json; default:"
              + " table.")
  private ReadCommands.Format format;

  @Mixin private ScreenOption screen;

  Diff(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Configuration configuration = settings.configuration();
    new NightDiff(Session.open(), configuration)
        .print(nights, format, screen.width(), console.out());
    return 0;
  }
}
