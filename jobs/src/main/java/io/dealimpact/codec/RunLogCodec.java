package io.dealimpact.codec;

import io.dealimpact.row.Columns;
import io.dealimpact.row.RowReader;
import io.dealimpact.row.RowWriter;
import io.dealimpact.run.ExitCode;
import io.dealimpact.run.RunContext;
import io.dealimpact.run.StageOutcome;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/** Rows of {@code ops.run_log}. */
public final class RunLogCodec {
  private RunLogCodec() {}

  /**
   * How a run ended.
   *
   * @param message for people
   * @param took wall time
   * @param programVersion of the program that ran
   */
  public record RunEnd(ExitCode exit, String message, Duration took, String programVersion) {
    /** Done, or failed. */
    StageOutcome.Result result() {
      return exit == ExitCode.OK ? StageOutcome.Result.DONE : StageOutcome.Result.FAILED;
    }
  }

  /** What the log says of a stage's run. */
  public record LastRun(String stage, String fingerprint, long outputVersion) {}

  private static final List<String> LAST_RUN = List.of("stage", "fingerprint", "output_version");

  /** The columns that {@link #lastRun} reads. */
  public static Column[] lastRunColumns() {
    return Columns.named(LAST_RUN);
  }

  /** What a row says; the output's version is −1 where the log has none. */
  public static LastRun lastRun(Row row) {
    RowReader.Cells cells = RowReader.of(row.schema(), LAST_RUN).at(row);
    return new LastRun(
        cells.text("stage"),
        cells.text("fingerprint"),
        cells.isNull("output_version") ? -1 : cells.count("output_version"));
  }

  /**
   * One row for each stage and one for the run.
   *
   * @param schema of the log
   */
  public static List<Row> rows(
      StructType schema, RunContext run, List<StageOutcome> outcomes, RunEnd end) {
    RowWriter writer = new RowWriter(schema);
    List<Row> rows = new ArrayList<>();
    for (StageOutcome o : outcomes) {
      rows.add(
          start(writer, run, end)
              .text("stage", o.stage())
              .text("result", o.result().name())
              .text("table_name", o.table())
              .number("took_seconds", seconds(o.took()))
              .count("rows_in", o.rowsIn())
              .count("rows_accepted", o.rowsAccepted())
              .count("rows_duplicate", o.rowsDuplicate())
              .count("rows_quarantined", o.rowsQuarantined())
              .count("rows_written", o.rowsWritten())
              .value("input_versions", scalaMap(o.inputVersions()))
              .text("message", o.message())
              .text("fingerprint", o.fingerprint())
              .count("output_version", o.outputVersion())
              .none("exit_code")
              .build());
    }
    rows.add(
        start(writer, run, end)
            .text("stage", "(run)")
            .text("result", end.result().name())
            .none("table_name")
            .number("took_seconds", seconds(end.took()))
            .count("rows_in", total(outcomes, StageOutcome::rowsIn))
            .count("rows_accepted", total(outcomes, StageOutcome::rowsAccepted))
            .count("rows_duplicate", total(outcomes, StageOutcome::rowsDuplicate))
            .count("rows_quarantined", total(outcomes, StageOutcome::rowsQuarantined))
            .count("rows_written", total(outcomes, StageOutcome::rowsWritten))
            .none("input_versions")
            .text("message", end.message())
            .none("fingerprint")
            .none("output_version")
            .whole("exit_code", end.exit().status())
            .build());
    return rows;
  }

  /** What all rows of a run have. */
  private static RowWriter.Cells start(RowWriter writer, RunContext run, RunEnd end) {
    return writer
        .row()
        .text("run_id", run.runId())
        .value("started_at", Timestamp.from(run.startedAt()))
        .text("command", run.command())
        .text("program_version", end.programVersion());
  }

  private static double seconds(Duration took) {
    return took.toMillis() / 1000.0;
  }

  private static long total(List<StageOutcome> outcomes, ToLongFunction<StageOutcome> rows) {
    return outcomes.stream().mapToLong(rows).sum();
  }

  private static scala.collection.Map<String, Long> scalaMap(Map<String, Long> map) {
    return CollectionConverters.asScala(map);
  }
}
