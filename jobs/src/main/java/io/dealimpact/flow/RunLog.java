package io.dealimpact.flow;

import static org.apache.spark.sql.functions.col;

import io.dealimpact.codec.RunLogCodec;
import io.dealimpact.codec.RunLogCodec.Standing;
import io.dealimpact.lake.Lake;
import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.TableVersion;
import io.dealimpact.lake.Tables;
import io.dealimpact.run.ExitCode;
import io.dealimpact.run.RunContext;
import io.dealimpact.run.RunContext.Effect;
import io.dealimpact.run.StageOutcome;
import io.dealimpact.stage.Stage;
import java.time.Clock;
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
 * <p>A run's rows are written before its first stage that has something to do, from time to time
 * while it goes on, and when it ends; each time in place of the run's rows before. A run that was
 * killed leaves the last of them, with the result {@code RUNNING}.
 */
final class RunLog {
  /** A write costs about as much as a small stage. */
  private static final Duration BETWEEN_WRITES = Duration.ofSeconds(30);

  private final Lake lake;
  private final RunContext run;
  private final Set<RunLogCodec.Done> done = new HashSet<>();
  private final Map<String, TableVersion> outputs = new HashMap<>();
  private long writtenAt;
  private boolean isWritten;

  /** Reads what the log says of the stages' tables as they are now. */
  RunLog(Lake lake, RunContext run, Collection<Stage> stages) {
    this.lake = lake;
    this.run = run;
    List<Column> ofTheirTables = new ArrayList<>();
    for (Stage stage : stages) {
      Optional<TableVersion> output = lake.current(stage.output());
      output.ifPresent(found -> outputs.put(stage.output().fullName(), found));
      ofTheirTables.add(
          col("stage")
              .equalTo(stage.name())
              .and(col("output_version").equalTo(output.map(TableVersion::version).orElse(-1L))));
    }
    if (!lake.exists(Tables.RUN_LOG)) {
      return;
    }
    Column any = ofTheirTables.stream().reduce(Column::or).orElseThrow();
    lake.read(Tables.RUN_LOG)
        .where(any.and(col("fingerprint").isNotNull()).and(col("result").isin("DONE", "NOTHING_NEW")))
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

  /** Says that the run goes on. The first call writes; later ones where the last is long ago. */
  synchronized void goesOn(List<StageOutcome> outcomes) {
    long now = System.nanoTime();
    if (!isWritten || now - writtenAt > BETWEEN_WRITES.toNanos()) {
      write(outcomes, Standing.running(took()));
    }
  }

  /** Says how the run ended. */
  synchronized void ended(List<StageOutcome> outcomes, ExitCode exit, String message) {
    write(outcomes, Standing.ended(exit, message, took()));
  }

  private Duration took() {
    return Duration.between(run.startedAt(), Clock.systemUTC().instant());
  }

  private void write(List<StageOutcome> outcomes, Standing standing) {
    if (run.effect() == Effect.DRY_RUN) {
      return;
    }
    Dataset<Row> rows =
        lake.spark()
            .createDataFrame(
                RunLogCodec.rows(run, outcomes, standing, Program.version(), Program.commit()),
                Tables.RUN_LOG.schema());
    if (isWritten) {
      lake.replaceRange(Tables.RUN_LOG, rows, "run_id", run.runId(), run.runId(), run.runId());
    } else {
      lake.append(Tables.RUN_LOG, rows);
    }
    isWritten = true;
    writtenAt = System.nanoTime();
  }
}
