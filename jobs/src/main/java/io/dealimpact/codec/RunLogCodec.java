package io.dealimpact.codec;

import io.dealimpact.row.Columns;
import io.dealimpact.row.RowReader;
import io.dealimpact.row.RowWriter;
import io.dealimpact.run.ExitCode;
import io.dealimpact.run.RunContext;
import io.dealimpact.run.StageOutcome;
import io.dealimpact.run.StageWork;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/** Rows of {@code ops.run_log}. */
public final class RunLogCodec {
  /** The stage, in the row of the run itself. */
  public static final String WHOLE_RUN = "(run)";

  /** In the row of a run that has not ended. */
  public static final String RUNNING = "RUNNING";

  private static final List<String> DONE =
      List.of("stage", "fingerprint", "output_version", "output_table_id");

  private RunLogCodec() {}

  /**
   * What the log says of a stage that ended well.
   *
   * @param outputVersion of its table afterwards; −1 where there is none
   * @param outputTableId empty where there is none, or where an older program wrote the row
   */
  public record Done(String stage, String fingerprint, long outputVersion, String outputTableId) {}

  /** The columns {@link #done} reads. */
  public static Column[] doneColumns() {
    return Columns.named(DONE);
  }

  /** What a row says. */
  public static Done done(Row row) {
    RowReader.Cells cells = RowReader.of(row.schema(), DONE).at(row);
    return new Done(
        cells.text("stage"),
        cells.text("fingerprint"),
        cells.isNull("output_version") ? -1 : cells.count("output_version"),
        cells.isNull("output_table_id") ? "" : cells.text("output_table_id"));
  }

  /**
   * The program that runs.
   *
   * @param commit what it was built from
   */
  public record Build(String version, String commit) {}

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

  /**
   * One row for each stage and one for the run.
   *
   * @param schema of the log
   * @param configuration the run's, as text without secrets
   * @param work of Spark's tasks by stage
   */
  public static List<Row> rows(
      StructType schema,
      RunContext run,
      List<StageOutcome> outcomes,
      Standing standing,
      Build build,
      String configuration,
      Function<String, StageWork> work) {
    RowWriter writer = new RowWriter(schema);
    List<Row> rows = new ArrayList<>();
    for (StageOutcome o : outcomes) {
      rows.add(
          start(writer, run, build, work.apply(o.stage()))
              .text("stage", o.stage())
              .text("result", o.result().name())
              .text("table_name", o.made().table())
              .number("took_seconds", seconds(o.took()))
              .count("rows_in", o.rows().in())
              .count("rows_accepted", o.rows().accepted())
              .count("rows_duplicate", o.rows().duplicate())
              .count("rows_quarantined", o.rows().quarantined())
              .count("rows_written", o.rows().written())
              .value("input_versions", scalaMap(o.made().inputVersions()))
              .text("message", o.message())
              .text("fingerprint", o.made().fingerprint())
              .count("output_version", o.made().version())
              .none("exit_code")
              .text("output_table_id", o.made().tableId())
              .none("configuration")
              .value("began_at", Timestamp.from(o.began()))
              .build());
    }
    StageWork ofAll =
        outcomes.stream().map(o -> work.apply(o.stage())).reduce(StageWork.NONE, StageWork::plus);
    RowWriter.Cells ofRun =
        start(writer, run, build, ofAll)
            .text("stage", WHOLE_RUN)
            .text("result", standing.result())
            .none("table_name")
            .number("took_seconds", seconds(standing.took()))
            .count("rows_in", total(outcomes, StageOutcome.Rows::in))
            .count("rows_accepted", total(outcomes, StageOutcome.Rows::accepted))
            .count("rows_duplicate", total(outcomes, StageOutcome.Rows::duplicate))
            .count("rows_quarantined", total(outcomes, StageOutcome.Rows::quarantined))
            .count("rows_written", total(outcomes, StageOutcome.Rows::written))
            .none("input_versions")
            .text("message", standing.message())
            .none("fingerprint")
            .none("output_version")
            .none("output_table_id")
            .text("configuration", configuration)
            .value("began_at", Timestamp.from(run.startedAt()));
    rows.add(
        (standing.exitCode() == null
                ? ofRun.none("exit_code")
                : ofRun.whole("exit_code", standing.exitCode()))
            .build());
    return rows;
  }

  /** What all rows of a run have. */
  private static RowWriter.Cells start(
      RowWriter writer, RunContext run, Build build, StageWork work) {
    return writer
        .row()
        .text("run_id", run.runId())
        .value("started_at", Timestamp.from(run.startedAt()))
        .text("command", run.command())
        .text("program_version", build.version())
        .text("program_build", build.commit())
        .number("cpu_seconds", work.cpuSeconds())
        .count("shuffle_bytes", work.shuffleBytes())
        .count("spill_bytes", work.spillBytes());
  }

  private static double seconds(Duration took) {
    return took.toMillis() / 1000.0;
  }

  private static long total(List<StageOutcome> outcomes, ToLongFunction<StageOutcome.Rows> count) {
    return outcomes.stream().map(StageOutcome::rows).mapToLong(count).sum();
  }

  private static scala.collection.Map<String, Long> scalaMap(Map<String, Long> map) {
    return CollectionConverters.asScala(map);
  }
}
