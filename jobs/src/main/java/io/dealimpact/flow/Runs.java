package io.dealimpact.flow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dealimpact.config.Configuration;
import io.dealimpact.config.ConfigurationReader;
import io.dealimpact.lake.Evaluation;
import io.dealimpact.lake.Lake;
import io.dealimpact.lake.Lease;
import io.dealimpact.lake.StorageErrors;
import io.dealimpact.lake.Upkeep;
import io.dealimpact.run.DealImpactException;
import io.dealimpact.run.ExitCode;
import io.dealimpact.run.Failures;
import io.dealimpact.run.RunContext;
import io.dealimpact.run.Secrets;
import io.dealimpact.run.StageOutcome;
import io.dealimpact.stage.Stage;
import io.dealimpact.stage.study.StudyPlans;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.apache.spark.sql.SparkSession;

/** Runs of the flow, whole or in part, as the command line and notebooks start them. */
public final class Runs {
  /** More would crowd the driver's memory; Spark shares the cores among them in any case. */
  private static final int MOST_AT_ONCE = 8;

  private final SparkSession spark;
  private final Configuration configuration;
  private final PrintStream err;
  private final String program;
  private final Lease.Pace pace;

  /**
   * Prepares runs on a session.
   *
   * @param spark a session with Delta's extension
   * @param err progress, failures and the closing line
   */
  public Runs(SparkSession spark, Configuration configuration, PrintStream err) {
    this(spark, configuration, err, Program.identity(), Lease.Pace.OF_RUNS);
  }

  /**
   * Prepares runs of another build, or of a lake whose other runs keep another pace.
   *
   * @param program as {@link Program#identity} has it
   * @param pace at which the right to write is held and watched
   */
  Runs(
      SparkSession spark,
      Configuration configuration,
      PrintStream err,
      String program,
      Lease.Pace pace) {
    this.spark = spark;
    this.configuration = configuration;
    this.err = err;
    this.program = program;
    this.pace = pace;
  }

  /** Names of all stages, in the order of the flow. */
  public static List<String> stageNames() {
    try (Pipeline pipeline = new Pipeline()) {
      return pipeline.stages().stream().map(Stage::name).toList();
    }
  }

  /**
   * The whole flow; rows of daily feeds should be there up to the day before the run, UTC.
   *
   * @param answer printed after a run that went well, before the closing line
   */
  public ExitCode nightly(RunContext run, Runnable answer) {
    LocalDate today = LocalDate.ofInstant(run.startedAt(), ZoneOffset.UTC);
    return nightly(run, today.minusDays(1), answer);
  }

  /**
   * The whole flow.
   *
   * @param asOf last day whose rows of daily feeds should be there
   * @param answer printed after a run that went well, before the closing line
   */
  public ExitCode nightly(RunContext run, LocalDate asOf, Runnable answer) {
    return execute(run, stage -> true, (lake, runner) -> publish(run, asOf, lake, runner), answer);
  }

  /** Publishes a night. Out of a backfill's range the rows may be older than the inputs. */
  private void publish(RunContext run, LocalDate asOf, Lake lake, StageRunner runner) {
    if (run.effect() == RunContext.Effect.WRITE
        && run.range().equals(RunContext.DateRange.ALWAYS)) {
      new Publication(lake, configuration, run, runner.outcomes())
          .publish(asOf)
          .forEach(warning -> err.println("Warning: " + warning + "."));
    }
  }

  /**
   * Merges files and removes what no kept night needs.
   *
   * @param report takes what was done
   */
  public ExitCode maintain(RunContext run, Consumer<List<Upkeep>> report) {
    List<Upkeep> done = new ArrayList<>();
    return execute(
        run,
        stage -> false,
        (lake, runner) -> done.addAll(new Maintenance(lake, configuration.maintain()).run(run)),
        () -> report.accept(done));
  }

  /**
   * Checks a stage's name.
   *
   * @throws DealImpactException if there is no stage of that name
   */
  public static void requireStage(String name) {
    if (!stageNames().contains(name)) {
      throw Failures.unknownStage(name, stageNames());
    }
  }

  /**
   * One stage.
   *
   * @throws DealImpactException if there is no stage of that name
   */
  public ExitCode stage(RunContext run, String name) {
    requireStage(name);
    // One stage is no night: readers keep the last one.
    return execute(run, stage -> stage.name().equals(name), (lake, runner) -> {}, () -> {});
  }

  /** The flow as a table for people: stage, table, what it does. */
  public static String flow() {
    StringBuilder text = new StringBuilder("The flow\n");
    try (Pipeline pipeline = new Pipeline()) {
      for (Stage stage : pipeline.stages()) {
        text.append(
            String.format(
                Locale.ROOT,
                "  %-24s %-32s %s%n",
                stage.name(),
                stage.output().fullName(),
                stage.summary()));
      }
    }
    return text.toString();
  }

  private String settings() {
    return Secrets.mask(new ConfigurationReader().print(configuration));
  }

  /** What a run does after its stages. */
  private interface Conclusion {
    void conclude(Lake lake, StageRunner runner);
  }

  private ExitCode execute(
      RunContext run, Predicate<Stage> chosen, Conclusion conclusion, Runnable answer) {
    Evaluation.suitRun(spark, configuration.landing(), configuration.lake());
    Progress progress = new Progress(err);
    Ending ending = new Ending(spark, run, err, progress);
    TaskMeter meter = new TaskMeter();
    spark.sparkContext().addSparkListener(progress);
    spark.sparkContext().addSparkListener(meter);
    Ended ended = new Ended(ExitCode.OK, "", "");
    Optional<Lease> lease = Optional.empty();
    try (Pipeline pipeline = new Pipeline()) {
      List<Stage> stages = pipeline.stages().stream().filter(chosen).toList();
      Lake lake = new Lake(spark, configuration.lake(), writes(run));
      StudyPlans.check(configuration.study());
      lease = lease(run, lake, ending);
      // The log is written whatever becomes of the right to write to the tables, and though it
      // could not be read.
      RunLog log = new RunLog(lake, run, settings(), meter);
      lake = lease.map(lake::under).orElse(lake);
      StageRunner runner =
          new StageRunner(lake, configuration, run, program, stages, log, progress);
      pipeline.runs(runner::isToRun);
      ending.watch(log, runner);
      log.read(stages);
      if (stages.isEmpty()) {
        log.begins();
      }
      new SideBySide(stages, stage -> onThisThread(runner, stage)).run(atOnce(run));
      if (runner.gate().isPresent()) {
        throw runner.gate().get();
      }
      conclusion.conclude(lake, runner);
    } catch (Throwable error) {
      // Scala throws checked exceptions that its methods do not announce, Hadoop throws Errors.
      ended = ended(lease.flatMap(Lease::loss).map(Throwable.class::cast).orElse(error));
    } finally {
      spark.sparkContext().removeSparkListener(progress);
      spark.sparkContext().removeSparkListener(meter);
    }
    return ending.end(ended.exit(), ended.message(), ended.trace(), answer);
  }

  /** The right to write, of a run that writes; where it is lost, the run's work stops. */
  private Optional<Lease> lease(RunContext run, Lake lake, Ending ending) {
    if (run.effect() == RunContext.Effect.DRY_RUN) {
      return Optional.empty();
    }
    try {
      Lease lease = Lease.take(lake, run, pace, err::println);
      ending.giveBack(lease);
      lease.whenLost(() -> spark.sparkContext().cancelAllJobs());
      return Optional.of(lease);
    } catch (Throwable error) {
      Ended ended = ended(error);
      if (ended.exit() != ExitCode.CONCURRENT_WRITER) {
        err.println(Failures.runLogNotWritten(run.runId(), error));
      }
      throw error;
    }
  }

  /**
   * How the stages ended.
   *
   * @param trace where an error came from that nobody foresaw; empty otherwise
   */
  private record Ended(ExitCode exit, String message, String trace) {}

  private Ended ended(Throwable error) {
    Optional<DealImpactException> known =
        StorageErrors.find("running the flow", "a table of the lake", error);
    if (known.isPresent()) {
      return new Ended(known.get().exitCode(), known.get().getMessage(), "");
    }
    StringWriter trace = new StringWriter();
    error.printStackTrace(new PrintWriter(trace));
    return new Ended(
        ExitCode.UNEXPECTED, Failures.unexpected(error), Secrets.mask(trace.toString()));
  }

  private static Lake.Writes writes(RunContext run) {
    return run.effect() == RunContext.Effect.DRY_RUN ? Lake.Writes.SUPPRESSED : Lake.Writes.ALLOWED;
  }

  /** A dry run follows which tables would change from stage to stage. */
  private int atOnce(RunContext run) {
    return run.effect() == RunContext.Effect.DRY_RUN
        ? 1
        : Math.max(1, Math.min(MOST_AT_ONCE, spark.sparkContext().defaultParallelism()));
  }

  private void onThisThread(StageRunner runner, Stage stage) {
    SparkSession.setActiveSession(spark);
    spark.sparkContext().setLocalProperty(Progress.STAGE, stage.name());
    runner.run(stage);
  }

  /**
   * The closing line of a command that failed before, or without, a run of stages.
   *
   * @param command as given
   * @param message shown to the user
   */
  public static String closingLine(String command, ExitCode exit, String message) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("run_id", null);
    putEnd(line, command, exit, message);
    return json(line);
  }

  /** One JSON object in one line: what the run did, for programs. */
  static String closingLine(
      RunContext run, List<StageOutcome> outcomes, ExitCode exit, String message) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("run_id", run.runId());
    putEnd(line, run.command(), exit, message);
    line.put("took_seconds", run.took().toMillis() / 1000.0);
    line.put("rows_in", total(outcomes, StageOutcome.Rows::in));
    line.put("rows_accepted", total(outcomes, StageOutcome.Rows::accepted));
    line.put("rows_duplicate", total(outcomes, StageOutcome.Rows::duplicate));
    line.put("rows_quarantined", total(outcomes, StageOutcome.Rows::quarantined));
    line.put("rows_written", total(outcomes, StageOutcome.Rows::written));
    line.put(
        "stages_done",
        outcomes.stream().filter(o -> o.result() == StageOutcome.Result.DONE).count());
    line.put("stages", outcomes.size());
    return json(line);
  }

  private static long total(List<StageOutcome> outcomes, ToLongFunction<StageOutcome.Rows> count) {
    return outcomes.stream().map(StageOutcome::rows).mapToLong(count).sum();
  }

  private static void putEnd(
      Map<String, Object> line, String command, ExitCode exit, String message) {
    line.put("command", command);
    line.put("exit_code", exit.status());
    line.put("exit_meaning", exit.meaning());
    line.put("message", message);
  }

  private static String json(Map<String, Object> line) {
    try {
      return new ObjectMapper().writeValueAsString(line);
    } catch (JsonProcessingException error) {
      throw new UncheckedIOException(error);
    }
  }
}
