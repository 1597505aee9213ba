package io.dealimpact.flow;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dealimpact.config.Configuration;
import io.dealimpact.config.ConfigurationReader;
import io.dealimpact.lake.Lease;
import io.dealimpact.run.ExitCode;
import io.dealimpact.run.RunContext;
import io.dealimpact.run.RunContext.DateRange;
import io.dealimpact.run.RunContext.Effect;
import io.dealimpact.testing.SparkForTests;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs of the whole program in this JVM, on a lake and a landing zone of a test.
 *
 * @param settings beside those of the folders
 * @param program build that runs
 * @param at what its clock says
 */
record ProgramRuns(String landing, String lake, List<String> settings, String program, Instant at) {
  /**
   * Setting of a number by which the times without a sign of life are multiplied, on a busy
   * machine.
   */
  static final String PATIENCE = "runs.patience";

  /**
   * A test waits less for a run whose lake could not be given back. A busy machine that gives this
   * process no time for 25 seconds is not expected.
   */
  private static final Lease.Pace PACE =
      new Lease.Pace(
          Duration.ofSeconds(1),
          Duration.ofMillis(500),
          Duration.ofSeconds(25L * patience()),
          Duration.ofSeconds(50L * patience()));

  static int patience() {
    return Integer.getInteger(PATIENCE, 1);
  }

  /**
   * How a run ended.
   *
   * @param runId its id
   * @param log its standard error
   */
  record Ended(ExitCode exit, String runId, String log) {}

  private interface Command {
    ExitCode run(Runs runs, RunContext context);
  }

  private Ended run(Effect effect, DateRange range, Command command) {
    List<String> all = new ArrayList<>(settings);
    all.addAll(List.of("landing=" + landing, "lake=" + lake));
    Configuration configuration = new ConfigurationReader().read(Optional.empty(), all);
    RunContext context = RunContext.begin(Clock.fixed(at, ZoneOffset.UTC), "test", effect, range);
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Runs runs =
        new Runs(
            SparkForTests.session(),
            configuration,
            new PrintStream(err, true, UTF_8),
            program,
            PACE);
    ExitCode exit = command.run(runs, context);
    return new Ended(exit, context.runId(), err.toString(UTF_8));
  }

  Ended night() {
    return run(Effect.WRITE, DateRange.ALWAYS, (runs, run) -> runs.nightly(run, () -> {}));
  }

  Ended dryRun() {
    return run(Effect.DRY_RUN, DateRange.ALWAYS, (runs, run) -> runs.nightly(run, () -> {}));
  }

  Ended backfill(DateRange range) {
    return run(Effect.WRITE, range, (runs, run) -> runs.nightly(run, () -> {}));
  }

  Ended stage(String name) {
    return run(Effect.WRITE, DateRange.ALWAYS, (runs, run) -> runs.stage(run, name));
  }

  Ended maintain() {
    return run(Effect.WRITE, DateRange.ALWAYS, (runs, run) -> runs.maintain(run, done -> {}));
  }
}
