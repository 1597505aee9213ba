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

  /** The stage, in the row of the run itself. */
  public static final String WHOLE_RUN = "(run)";

  /** In the row of a run that has not ended. */
  public static final String RUNNING = "RUNNING";

  /**
   * What the log says of a stage that ended well.
   *
   * @param outputVersion of its table afterwards; −1 where there is none
   * @param outputTableId empty where there is none, or where an older program wrote the row
   */
  public record Done(String stage, String fingerprint, long outputVersion, String outputTableId) {}

  /** The columns {@link #done} reads. */
  public static Column[] doneColumns() {
    return new Column[] {
      col("stage"), col("fingerprint"), col("output_version"), col("output_table_id")
    };
  }

  public static Done done(Row row) {
    Long version = row.getAs("output_version");
    String table = row.getAs("output_table_id");
    return new Done(
        row.getAs("stage"),
        row.getAs("fingerprint"),
        version == null ? -1 : version,
        table == null ? "" : table);
  }

  /** How a run stands, for its own row. */
  public record Standing(String result, Integer exitCode, String message, Duration took) {
    /** A run that goes on. */
    public static Standing running(Duration so) {
      return new Standing(RUNNING, null, "", so);
    }

    /** A run that ended. */
    public static Standing ended(ExitCode exit, String message, Duration took) {
      String result =
          switch (exit) {
            case OK -> "DONE";
            case INTERRUPTED -> "INTERRUPTED";
            default -> "FAILED";
          };
      return new Standing(result, exit.status(), message, took);
    }
  }

  /** One row a stage and one for the run. */
  public static List<Row> rows(
      RunContext run,
      List<StageOutcome> outcomes,
      Standing standing,
      String programVersion,
      String programBuild) {
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
              programVersion,
              o.outputTableId(),
              programBuild));
    }
    rows.add(
        RowFactory.create(
            run.runId(),
            WHOLE_RUN,
            standing.result(),
            null,
            started,
            standing.took().toMillis() / 1000.0,
            total(outcomes, Count.IN),
            total(outcomes, Count.ACCEPTED),
            total(outcomes, Count.DUPLICATE),
            total(outcomes, Count.QUARANTINED),
            total(outcomes, Count.WRITTEN),
            null,
            standing.message(),
            null,
            null,
            standing.exitCode(),
            run.command(),
            programVersion,
            null,
            programBuild));
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
