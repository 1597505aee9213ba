package io.dealimpact.flow;

import static org.apache.spark.sql.functions.col;

import io.dealimpact.codec.RunLogCodec;
import io.dealimpact.codec.RunLogCodec.Standing;
import io.dealimpact.lake.Lake;
import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.TableVersion;
import io.dealimpact.lake.Tables;
import io.dealimpact.row.Columns;
import io.dealimpact.row.RowReader;
import io.dealimpact.run.ExitCode;
import io.dealimpact.run.RunContext;
import io.dealimpact.run.RunContext.Effect;
import io.dealimpact.run.StageOutcome;
import io.dealimpact.stage.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * {@code ops.run_log}: what earlier runs did, and where this one says what it did.
 *
 * <p>The run's own row is written before its first stage that has something to do. Rows of stages
 * follow while the run goes on. When it ends, its final rows replace all of them. A run that was
 * killed leaves its own row with the result {@code RUNNING} and the rows of the stages before.
 */
final class RunLog {
  /** A write costs about as much as a small stage, so the rows of several stages share one. */
  private static final Duration BETWEEN_WRITES = Duration.ofSeconds(10);

  private final Lake lake;
  private final RunContext run;
  private final String configuration;
  private final TaskMeter meter;
  private final Set<RunLogCodec.Done> done = new HashSet<>();
  private final Map<String, TableVersion> outputs = new HashMap<>();
  private long writtenAt;
  private int stagesWritten;
  private boolean isTried;
  private boolean isWritten;
  private boolean isEnded;

  /**
   * A log that is not read yet.
   *
   * @param configuration of the run, as text without secrets
   * @param meter of what the stages' tasks do
   */
  RunLog(Lake lake, RunContext run, String configuration, TaskMeter meter) {
    this.lake = lake;
    this.run = run;
    this.configuration = configuration;
    this.meter = meter;
  }

  /** Reads what the log says of the stages' tables as they are now. */
  void read(Collection<Stage> stages) {
    List<Column> ofTheirTables = new ArrayList<>();
    for (Stage stage : stages) {
      Optional<TableVersion> output = lake.current(stage.output());
      output.ifPresent(found -> outputs.put(stage.output().fullName(), found));
      ofTheirTables.add(
          col("stage")
              .equalTo(stage.name())
              .and(col("output_version").equalTo(output.map(TableVersion::version).orElse(-1L))));
    }
    if (stages.isEmpty() || !lake.exists(Tables.RUN_LOG)) {
      return;
    }
    Column any = ofTheirTables.stream().reduce(Column::or).orElseThrow();
    lake.read(Tables.RUN_LOG)
        .where(
            any.and(col("fingerprint").isNotNull()).and(col("result").isin("DONE", "NOTHING_NEW")))
        .select(RunLogCodec.doneColumns())
        .distinct()
        .collectAsList()
        .forEach(row -> done.add(RunLogCodec.done(row)));
  }

  /**
   * Whether the stage ran with this fingerprint and left its table as it is now. The order of runs
   * plays no part, and so no clock does. A run that was killed may have no row for the stage; the
   * commit of a stage that finished has the fingerprint in its note.
   */
  boolean wasDone(Stage stage, String fingerprint, Optional<TableVersion> output) {
    long version = output.map(TableVersion::version).orElse(-1L);
    String table = output.map(TableVersion::tableId).orElse("");
    return done.contains(new RunLogCodec.Done(stage.name(), fingerprint, version, table))
        || (output.isPresent() && lake.isNoted(stage.output(), version, noted(fingerprint)));
  }

  /** The part of a stage's note that holds its fingerprint. */
  static String noted(String fingerprint) {
    return "\"fingerprint\":\"" + fingerprint + "\"";
  }

  /** The stage's table as this run found it. */
  Optional<TableVersion> found(TableSpec output) {
    return Optional.ofNullable(outputs.get(output.fullName()));
  }

  /** Writes that the run goes on: at the first call, and later where the last write is long ago. */
  synchronized void goesOn(List<StageOutcome> outcomes) {
    if (isEnded || run.effect() == Effect.DRY_RUN) {
      return;
    }
    if (!isWritten) {
      // A write that fails may have left its rows all the same.
      isTried = true;
      lake.append(Tables.RUN_LOG, rows(outcomes, Standing.running(run.took())));
      isWritten = true;
    } else if (System.nanoTime() - writtenAt > BETWEEN_WRITES.toNanos()) {
      writtenAt = System.nanoTime();
      try {
        appendStages(outcomes.subList(stagesWritten, outcomes.size()));
      } catch (RuntimeException later) {
        // The stage has not failed. Its row comes with the next ones, or when the run ends.
        return;
      }
    } else {
      return;
    }
    stagesWritten = outcomes.size();
    writtenAt = System.nanoTime();
  }

  private void appendStages(List<StageOutcome> fresh) {
    lake.append(
        Tables.RUN_LOG,
        rows(fresh, Standing.running(run.took()))
            .where(col("stage").notEqual(RunLogCodec.WHOLE_RUN)));
  }

  /** Writes that the run begins; of a run without stages. */
  void begins() {
    goesOn(List.of());
  }

  /** Writes how the run ended. */
  synchronized void ended(List<StageOutcome> outcomes, ExitCode exit, String message) {
    isEnded = true;
    if (run.effect() == Effect.DRY_RUN) {
      return;
    }
    Dataset<Row> rows = rows(outcomes, Standing.ended(exit, message, run.took()));
    try {
      if (isTried) {
        lake.replaceRange(Tables.RUN_LOG, rows, "run_id", run.runId(), run.runId(), run.runId());
      } else {
        lake.append(Tables.RUN_LOG, rows, run.runId());
      }
    } catch (RuntimeException failure) {
      if (!isThere()) {
        throw failure;
      }
    }
  }

  /** Whether the final rows are there, although the storage said that it could not write them. */
  private boolean isThere() {
    try {
      return lake.isNoted(Tables.RUN_LOG, lake.version(Tables.RUN_LOG), run.runId());
    } catch (RuntimeException unreadable) {
      return false;
    }
  }

  /**
   * What a run was made with: program_version, program_build and configuration. Empty if the log
   * does not have its configuration.
   */
  static Optional<RowReader.Cells> ofRun(Lake lake, String runId) {
    return lake
        .readOrEmpty(Tables.RUN_LOG)
        .where(col("run_id").equalTo(runId).and(col("stage").equalTo(RunLogCodec.WHOLE_RUN)))
        .where(col("configuration").isNotNull())
        .select(Columns.named(List.of("program_version", "program_build", "configuration")))
        .collectAsList()
        .stream()
        .findFirst()
        .map(row -> RowReader.of(row.schema()).at(row));
  }

  private Dataset<Row> rows(List<StageOutcome> outcomes, Standing standing) {
    return lake.spark()
        .createDataFrame(
            RunLogCodec.rows(
                Tables.RUN_LOG.schema(),
                run,
                outcomes,
                standing,
                new RunLogCodec.Build(Program.version(), Program.commit()),
                configuration,
                meter::of),
            Tables.RUN_LOG.schema());
  }
}
