package io.dealimpact.codec;

import static org.apache.spark.sql.functions.col;

import io.dealimpact.run.ExitCode;
import io.dealimpact.run.RunContext;
import io.dealimpact.run.StageOutcome;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import scala.jdk.javaapi.CollectionConverters;

/** Rows of {@code ops.run_log}. */
public final class RunLogCodec {
  private RunLogCodec() {}

  /** What the log says of a stage's run. */
  public record LastRun(String stage, String fingerprint, long outputVersion) {}

  /** The columns {@link #lastRun} reads, in its order. */
  public static Column[] lastRunColumns() {
    return new Column[] {col("stage"), col("fingerprint"), col("output_version")};
  }

  public static LastRun lastRun(Row row) {
    return new LastRun(row.getString(0), row.getString(1), row.isNullAt(2) ? -1 : row.getLong(2));
  }

  /** One row a stage and one for the run. */
  public static List<Row> rows(
      RunContext run,
      List<StageOutcome> outcomes,
      ExitCode exit,
      String message,
      Duration took,
      String programVersion) {
    List<Row> rows = new ArrayList<>();
    Timestamp started = Timestamp.from(run.startedAt());
    for (StageOutcome o : outcomes) {
      rows.add(
          RowFactory.create(
              run.runId(),
              o.stage(),
              o.result().name(),
              o.table(),
              started,
              o.took().toMillis() / 1000.0,
              o.rowsIn(),
              o.rowsAccepted(),
              o.rowsDuplicate(),
              o.rowsQuarantined(),
              o.rowsWritten(),
              scalaMap(o.inputVersions()),
              o.message(),
              o.fingerprint(),
              o.outputVersion(),
              null,
              run.command(),
              programVersion));
    }
    rows.add(
        RowFactory.create(
            run.runId(),
            "(run)",
            exit == ExitCode.OK ? "DONE" : "FAILED",
            null,
            started,
            took.toMillis() / 1000.0,
            total(outcomes, Count.IN),
            total(outcomes, Count.ACCEPTED),
            total(outcomes, Count.DUPLICATE),
            total(outcomes, Count.QUARANTINED),
            total(outcomes, Count.WRITTEN),
            null,
            message,
            null,
            null,
            exit.status(),
            run.command(),
            programVersion));
    return rows;
  }

  private enum Count {
    IN,
    ACCEPTED,
    DUPLICATE,
    QUARANTINED,
    WRITTEN
  }

  private static long total(List<StageOutcome> outcomes, Count count) {
    return outcomes.stream()
        .mapToLong(
            o ->
                switch (count) {
                  case IN -> o.rowsIn();
                  case ACCEPTED -> o.rowsAccepted();
                  case DUPLICATE -> o.rowsDuplicate();
                  case QUARANTINED -> o.rowsQuarantined();
                  case WRITTEN -> o.rowsWritten();
                })
        .sum();
  }

  private static scala.collection.Map<String, Long> scalaMap(Map<String, Long> map) {
    return CollectionConverters.asScala(map);
  }
}
