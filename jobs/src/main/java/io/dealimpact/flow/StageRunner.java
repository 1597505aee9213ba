package io.dealimpact.flow;

import io.dealimpact.config.Configuration;
import io.dealimpact.lake.Lake;
import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.TableVersion;
import io.dealimpact.lake.Tables;
import io.dealimpact.run.DealImpactException;
import io.dealimpact.run.Failures;
import io.dealimpact.run.RunContext;
import io.dealimpact.run.RunContext.DateRange;
import io.dealimpact.run.RunContext.Effect;
import io.dealimpact.run.Secrets;
import io.dealimpact.run.StageOutcome;
import io.dealimpact.stage.Stage;
import io.dealimpact.stage.StageContext;
import io.dealimpact.stage.StageResult;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs a stage: pins what it reads, leaves it out if its inputs and settings are the ones of an
 * earlier run that left its table as it is, and keeps the outcome. Stages may run side by side.
 */
final class StageRunner {
  private final Lake lake;
  private final Configuration configuration;
  private final RunContext run;
  private final List<Stage> stages;
  private final RunLog log;
  private final Progress progress;
  private final String program;
  private final List<StageOutcome> outcomes = new ArrayList<>();
  private final Set<String> wouldChange = new HashSet<>();
  private final AtomicBoolean isWriting = new AtomicBoolean();
  private final ClosedGates gates = new ClosedGates();

  /**
   * Prepares a run of stages.
   *
   * @param program as {@link Program#identity} has it
   * @param stages all of the run, in the order of the flow
   */
  StageRunner(
      Lake lake,
      Configuration configuration,
      RunContext run,
      String program,
      List<Stage> stages,
      RunLog log,
      Progress progress) {
    this.lake = lake;
    this.configuration = configuration;
    this.run = run;
    this.program = program;
    this.stages = stages;
    this.log = log;
    this.progress = progress;
  }

  /** The first quality gate that closed: the run goes on without what depends on it. */
  Optional<DealImpactException> gate() {
    return gates.first();
  }

  /** What the stages run so far did. */
  List<StageOutcome> outcomes() {
    synchronized (outcomes) {
      return List.copyOf(outcomes);
    }
  }

  /** Whether a stage whose inputs are there will compute its table. */
  boolean isToRun(Stage stage) {
    if (!stages.contains(stage) || gates.closing(stage).isPresent()) {
      return false;
    }
    Attempt attempt = new Attempt(stage);
    identify(attempt);
    return !isDone(attempt);
  }

  /** Gives an attempt its fingerprint, and says what its stage reads outside the lake. */
  private Map<String, String> identify(Attempt attempt) {
    Map<String, String> outside =
        attempt.stage.outside(new StageContext(lake, configuration, run, ""));
    attempt.whole = Fingerprint.of(attempt.stage, program, configuration, attempt.inputs, outside);
    attempt.fingerprint = attempt.whole;
    return outside;
  }

  void run(Stage stage) {
    progress.begin(stage.name());
    Attempt attempt = new Attempt(stage);
    try {
      Optional<String> closing = gates.closing(stage);
      if (closing.isPresent()) {
        attempt.end(StageOutcome.Result.SKIPPED, StageResult.computed(closing.get()), 0);
        return;
      }
      Map<String, String> outside = identify(attempt);
      if (run.effect() == Effect.DRY_RUN) {
        dryRun(stage, outside, attempt);
      } else if (isDone(attempt)) {
        attempt.end(StageOutcome.Result.NOTHING_NEW, StageResult.computed(""), 0);
      } else {
        write(stage, attempt);
      }
    } catch (Throwable error) {
      attempt.end(
          StageOutcome.Result.FAILED,
          StageResult.computed(Secrets.mask(String.valueOf(error.getMessage()).strip())),
          0);
      if (!ClosedGates.isGate(error)) {
        throw error;
      }
      gates.close(stage, error);
    } finally {
      progress.end(stage.name());
    }
  }

  private void write(Stage stage, Attempt attempt) {
    beforeFirstWrite();
    if (isRanged(stage) && !log.wasDone(stage, attempt.whole, attempt.before)) {
      // The days out of the range may be older than the inputs. A night has to compute them.
      attempt.fingerprint = Fingerprint.ofRange(attempt.whole, run.range());
    }
    StageResult result =
        withoutRows(stage)
            .orElseGet(() -> stage.run(new StageContext(lake, configuration, run, note(attempt))));
    attempt.after = lake.current(stage.output());
    boolean wrote = !attempt.after.equals(attempt.before);
    attempt.end(
        wrote ? StageOutcome.Result.DONE : StageOutcome.Result.NOTHING_NEW,
        result,
        wrote ? lake.rowsWrittenLast(stage.output()) : 0);
    log.goesOn(outcomes());
  }

  /** What comes of a stage that nothing is there for: a table without rows. */
  private Optional<StageResult> withoutRows(Stage stage) {
    Optional<TableSpec> missing = stage.needs().stream().filter(lake::neverHadRows).findFirst();
    if (missing.isEmpty() || !lake.neverHadRows(stage.output())) {
      return Optional.empty();
    }
    lake.makeEmpty(stage.output());
    return missing.map(table -> StageResult.computed("no rows in " + table.fullName()));
  }

  /** No table is changed where another one could not be. */
  private void beforeFirstWrite() {
    synchronized (isWriting) {
      if (!isWriting.get()) {
        Stream.of(
                stages.stream().flatMap(stage -> stage.inputs().stream()),
                stages.stream().map(Stage::output),
                stages.stream().flatMap(stage -> stage.keeps().stream()),
                Stream.of(Tables.QUARANTINE, Tables.RUN_LOG))
            .flatMap(tables -> tables)
            .distinct()
            .forEach(lake::requireShape);
        try {
          log.goesOn(outcomes());
        } catch (RuntimeException error) {
          throw Failures.storage("writing ops.run_log", error);
        }
        // Not before: a stage that waits here must not write where the log could not be.
        isWriting.set(true);
      }
    }
  }

  /** Says whether the stage would run, and keeps in mind that its table would be another then. */
  private void dryRun(Stage stage, Map<String, String> outside, Attempt attempt) {
    String changed =
        stage.inputs().stream()
            .map(TableSpec::fullName)
            .filter(wouldChange::contains)
            .collect(Collectors.joining(", "));
    if (changed.isEmpty() && isDone(attempt)) {
      attempt.end(StageOutcome.Result.NOTHING_NEW, StageResult.computed(""), 0);
      return;
    }
    wouldChange.add(stage.output().fullName());
    String why =
        !changed.isEmpty()
            ? changed + " would change"
            : outside.isEmpty() ? "its inputs or settings changed" : "new or changed files";
    attempt.end(StageOutcome.Result.DRY_RUN, StageResult.computed("would run: " + why), 0);
  }

  /**
   * Whether an earlier run had the same inputs and settings, and its table stands. A backfill
   * computes its range again in any case.
   */
  private boolean isDone(Attempt attempt) {
    return !isRanged(attempt.stage) && log.wasDone(attempt.stage, attempt.whole, attempt.before);
  }

  private boolean isRanged(Stage stage) {
    return !run.range().equals(DateRange.ALWAYS) && stage.computesRanges();
  }

  private String note(Attempt attempt) {
    return Fingerprint.json(
        new TreeMap<>(
            Map.of(
                "run_id", run.runId(),
                "stage", attempt.stage.name(),
                "program", program,
                "settings", Fingerprint.settings(attempt.stage, configuration),
                "fingerprint", attempt.fingerprint,
                "inputs", attempt.identities())));
  }

  /** One stage's run, and what is the same however it ends. */
  private final class Attempt {
    private final Stage stage;
    private final Instant beganAt = Clock.systemUTC().instant();
    private final long began = System.nanoTime();
    private final Map<String, TableVersion> inputs = new TreeMap<>();
    private final Optional<TableVersion> before;
    private Optional<TableVersion> after;
    private String whole = "";
    private String fingerprint = "";

    Attempt(Stage stage) {
      this.stage = stage;
      for (TableSpec input : stage.inputs()) {
        lake.pin(input).ifPresent(found -> inputs.put(input.fullName(), found));
      }
      this.before = log.found(stage.output());
      this.after = before;
    }

    private Map<String, Long> versions() {
      Map<String, Long> versions = new TreeMap<>();
      inputs.forEach((table, input) -> versions.put(table, input.version()));
      return versions;
    }

    private Map<String, String> identities() {
      Map<String, String> identities = new TreeMap<>();
      inputs.forEach((table, input) -> identities.put(table, input.identity()));
      return identities;
    }

    void end(StageOutcome.Result how, StageResult result, long written) {
      StageOutcome outcome =
          new StageOutcome(
              stage.name(),
              how,
              new StageOutcome.Rows(
                  result.rowsIn(),
                  result.accepted(),
                  result.duplicate(),
                  result.quarantined(),
                  written),
              new StageOutcome.Made(
                  stage.output().fullName(),
                  versions(),
                  fingerprint,
                  after.map(TableVersion::version).orElse(-1L),
                  after.map(TableVersion::tableId).orElse("")),
              beganAt,
              Duration.ofNanos(System.nanoTime() - began),
              result.message());
      synchronized (outcomes) {
        outcomes.add(outcome);
      }
      progress.report(outcome);
    }
  }
}
