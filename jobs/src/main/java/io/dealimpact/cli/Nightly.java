package io.dealimpact.cli;

import io.dealimpact.ask.ReadCommands;
import io.dealimpact.config.Configuration;
import io.dealimpact.flow.Runs;
import io.dealimpact.lake.Session;
import io.dealimpact.run.ExitCode;
import io.dealimpact.run.Failures;
import io.dealimpact.run.RunContext;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The whole flow. */
@Command(
    name = "nightly",
    mixinStandardHelpOptions = true,
    description = "The whole flow; ends with what the newest deals did and promised.")
final class Nightly implements Callable<Integer> {
  private final Console console;
  @Mixin private Settings settings;
  @Mixin private DryRun dryRun;

  @Option(
      names = "--all",
      description = "Print every deal, all compute and every printed figure, not one screen.")
  private boolean all;

  @Option(
      names = "--as-of",
      paramLabel = "DAY",
      description =
          "Last day whose rows of daily feeds should be there, for quality.freshness; default: the"
              + " day before the run, UTC.")
  private LocalDate asOf;

  Nightly(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Configuration configuration = settings.configuration();
    RunContext run = console.begin(dryRun.effect(), RunContext.DateRange.ALWAYS);
    SparkSession spark = Session.open();
    Runs runs = new Runs(spark, configuration, console.err());
    LocalDate yesterday = LocalDate.ofInstant(run.startedAt(), ZoneOffset.UTC).minusDays(1);
    ExitCode exit =
        runs.nightly(
            run,
            Objects.requireNonNullElse(asOf, yesterday),
            () -> {
              ReadCommands answers =
                  new ReadCommands(spark, configuration, ReadCommands.Night.PUBLISHED);
              Optional<String> report = report(answers, configuration, run);
              if (all) {
                console.out().print(answers.newestDeals());
                console.out().print(answers.promisedCapacity());
                console.out().print(answers.auditedClaims());
              }
              console.out().print(answers.nightInShort(report));
            });
    return exit.status();
  }

  /** The tables are there whether or not a page about them could be made. */
  private Optional<String> report(
      ReadCommands answers, Configuration configuration, RunContext run) {
    if (run.effect() == RunContext.Effect.DRY_RUN) {
      return Optional.empty();
    }
    Path file = ReportFile.place(configuration.lake());
    try {
      Optional<String> source = answers.reportSource();
      // A night that finds nothing new leaves the page that is there.
      if (source.isEmpty() || !ReportFile.isMadeOf(file, source.get())) {
        ReportFile.write(file, answers.report(), source);
      }
      return Optional.of(file.toString());
    } catch (RuntimeException error) {
      console.err().println(Failures.reportNotWritten(file, error));
      return Optional.empty();
    }
  }
}
