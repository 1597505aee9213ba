package io.dealimpact.flow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.dealimpact.config.Configuration;
import io.dealimpact.lake.Lake;
import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.TableVersion;
import io.dealimpact.run.DealImpactException;
import io.dealimpact.run.RunContext;
import io.dealimpact.run.Sha256;
import io.dealimpact.run.StageOutcome;
import io.dealimpact.stage.Stage;
import io.dealimpact.stage.StageContext;
import io.dealimpact.stage.StageResult;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Runs stages one after the other: pins what each reads, leaves out those whose inputs and settings
 * are the ones of their last run, and keeps the outcomes.
 */
public final class StageRunner {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  private final Lake lake;
  private final Configuration configuration;
  private final RunContext run;
  private final RunLog log;
  private final Progress progress;
  private final List<StageOutcome> outcomes = new ArrayList<>();
  private final Set<String> wouldChange = new HashSet<>();
  private final ClosedGates gates = new ClosedGates();

  StageRunner(
      Lake lake, Configuration configuration, RunContext run, RunLog log, Progress progress) {
    this.lake = lake;
    this.configuration = configuration;
    this.run = run;
    this.log = log;
    this.progress = progress;
  }

  /** The first quality gate that closed: the run goes on without what depends on it. */
  Optional<DealImpactException> gate() {
    return gates.first();
  }

  /** What the stages run so far did. */
  List<StageOutcome> outcomes() {
    return List.copyOf(outcomes);
  }

  void run(Stage stage) {
    long began = System.nanoTime();
    Map<String, TableVersion> inputs = new TreeMap<>();
    for (TableSpec input : stage.inputs()) {
      if (lake.exists(input)) {
        inputs.put(input.fullName(), lake.pin(input));
      }
    }
    Outcome outcome = new Outcome(stage, versions(inputs), began);
    progress.begin(stage.name());
    try {
      Optional<String> closing = gates.closing(stage);
      if (closing.isPresent()) {
        outcome.end(StageOutcome.Result.SKIPPED, StageResult.computed(closing.get()), 0);
        return;
      }
      Map<String, String> outside = stage.outside(new StageContext(lake, configuration, run, ""));
      outcome.fingerprint = fingerprint(stage, inputs, outside);
      if (run.effect() == RunContext.Effect.DRY_RUN) {
        dryRun(stage, outside, outcome);
      } else if (isDone(stage, outcome.fingerprint)) {
        outcome.end(StageOutcome.Result.NOTHING_NEW, StageResult.computed(""), 0);
      } else {
        write(stage, outcome);
      }
    } catch (RuntimeException error) {
      outcome.end(
          StageOutcome.Result.FAILED,
          StageResult.computed(String.valueOf(error.getMessage()).strip()),
          0);
      if (!ClosedGates.isGate(error)) {
        throw error;
      }
      gates.close(stage, error);
    } finally {
      progress.end();
    }
  }

  private void write(Stage stage, Outcome outcome) {
    long before = versionOf(stage.output());
    StageResult result =
        stage.run(new StageContext(lake, configuration, run, note(stage, outcome)));
    boolean wrote = versionOf(stage.output()) != before;
    outcome.end(
        wrote ? StageOutcome.Result.DONE : StageOutcome.Result.NOTHING_NEW,
        result,
        wrote ? lake.rowsWrittenLast(stage.output()) : 0);
  }

  /** Says whether the stage would run, and keeps in mind that its table would be another then. */
  private void dryRun(Stage stage, Map<String, String> outside, Outcome outcome) {
    String changed =
        stage.inputs().stream()
            .map(TableSpec::fullName)
            .filter(wouldChange::contains)
            .collect(Collectors.joining(", "));
    if (changed.isEmpty() && isDone(stage, outcome.fingerprint)) {
      outcome.end(StageOutcome.Result.NOTHING_NEW, StageResult.computed(""), 0);
      return;
    }
    wouldChange.add(stage.output().fullName());
    String why =
        !changed.isEmpty()
            ? changed + " would change"
            : outside.isEmpty() ? "its inputs or settings changed" : "new or changed files";
    outcome.end(StageOutcome.Result.DRY_RUN, StageResult.computed("would run: " + why), 0);
  }

  /**
   * Whether the stage's last good run had the same inputs and settings, and its table stands. A
   * backfill recomputes gold in any case; bronze and silver hold their whole history anyway.
   */
  private boolean isDone(Stage stage, String fingerprint) {
    boolean asked =
        !run.range().equals(RunContext.DateRange.ALWAYS) && stage.output().layer().equals("gold");
    return !asked && log.wasDone(stage.name(), fingerprint, versionOf(stage.output()));
  }

  private long versionOf(TableSpec table) {
    return lake.exists(table) ? lake.version(table) : -1;
  }

  private static Map<String, Long> versions(Map<String, TableVersion> inputs) {
    Map<String, Long> versions = new TreeMap<>();
    inputs.forEach((table, input) -> versions.put(table, input.version()));
    return versions;
  }

  private String fingerprint(
      Stage stage, Map<String, TableVersion> inputs, Map<String, String> outside) {
    Map<String, String> identities = new TreeMap<>();
    inputs.forEach((table, input) -> identities.put(table, input.identity()));
    return Sha256.of(
        json(
            Map.of(
                "stage", stage.name(),
                "program", Program.version(),
                "study", configuration.study(),
                "capacity", configuration.capacity(),
                "quality", configuration.quality(),
                "inputs", identities,
                "outside", outside)));
  }

  private String note(Stage stage, Outcome outcome) {
    return json(
        new TreeMap<>(
            Map.of(
                "run_id", run.runId(),
                "stage", stage.name(),
                "program", Program.version(),
                "fingerprint", outcome.fingerprint,
                "inputs", outcome.inputs)));
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException error) {
      throw new UncheckedIOException(error);
    }
  }

  /** Collects what is the same however a stage ends. */
  private final class Outcome {
    private final Stage stage;
    private final Map<String, Long> inputs;
    private final long began;
    private String fingerprint = "";

    Outcome(Stage stage, Map<String, Long> inputs, long began) {
      this.stage = stage;
      this.inputs = inputs;
      this.began = began;
    }

    void end(StageOutcome.Result how, StageResult result, long written) {
      StageOutcome outcome =
          new StageOutcome(
              stage.name(),
              how,
              stage.output().fullName(),
              result.rowsIn(),
              result.accepted(),
              result.duplicate(),
              result.quarantined(),
              written,
              inputs,
              fingerprint,
              versionOf(stage.output()),
              Duration.ofNanos(System.nanoTime() - began),
              result.message());
      outcomes.add(outcome);
      progress.report(outcome);
    }
  }
}
