package io.dealimpact.cli;

import io.dealimpact.config.Configuration;
import io.dealimpact.flow.Runs;
import io.dealimpact.lake.Session;
import io.dealimpact.run.RunContext;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Recomputes a range of days. */
@Command(
    name = "backfill",
    mixinStandardHelpOptions = true,
    description = "Recomputes trade days and events of a range, whether or not anything is new.")
final class Backfill implements Callable<Integer> {
  private final Console console;
  @Mixin private Settings settings;
  @Mixin private DryRun dryRun;

  @Option(names = "--from", required = true, paramLabel = "DAY", description = "First day.")
  private LocalDate from;

  @Option(names = "--to", required = true, paramLabel = "DAY", description = "Last day.")
  private LocalDate to;

  Backfill(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Configuration configuration = settings.configuration();
    RunContext run = console.begin(dryRun.effect(), new RunContext.DateRange(from, to));
    return new Runs(Session.open(), configuration, console.err()).nightly(run, () -> {}).status();
  }
}
