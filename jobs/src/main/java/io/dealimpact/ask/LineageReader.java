package io.dealimpact.ask;

import static org.apache.spark.sql.functions.col;

import io.dealimpact.codec.RunLogCodec;
import io.dealimpact.lake.Lake;
import io.dealimpact.lake.Tables;
import io.dealimpact.report.LineageEvents;
import io.dealimpact.row.Columns;
import io.dealimpact.row.RowReader;
import io.dealimpact.run.Failures;
import io.dealimpact.run.StageOutcome.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What a run read and wrote, from the run log. */
final class LineageReader {
  private static final List<String> RUN =
      List.of(
          "run_id",
          "started_at",
          "command",
          "program_version",
          "took_seconds",
          "exit_code",
          "message");

  private static final List<String> STAGE =
      List.of(
          "stage",
          "result",
          "table_name",
          "output_version",
          "input_versions",
          "rows_written",
          "started_at",
          "began_at",
          "took_seconds",
          "message");

  private static final Object[] OF_LINEAGE = {Result.DONE.name(), Result.FAILED.name()};

  private final Lake lake;

  /**
   * @param lake read as it is now: the log has no published versions
   */
  LineageReader(Lake lake) {
    this.lake = lake;
  }

  List<String> events(Optional<String> runId) {
    Dataset<Row> log = lake.readOrEmpty(Tables.RUN_LOG);
    Column isAsked = runId.map(id -> col("run_id").equalTo(id)).orElse(col("run_id").isNotNull());
    List<Row> found =
        log.where(col("stage").equalTo(RunLogCodec.WHOLE_RUN).and(isAsked))
            .orderBy(col("started_at").desc(), col("run_id").desc())
            .select(Columns.named(RUN))
            .limit(1)
            .collectAsList();
    if (found.isEmpty()) {
      throw Failures.unknownRun(runId.orElse("the last run"));
    }
    RowReader.Cells run = RowReader.of(found.get(0).schema(), RUN).at(found.get(0));
    return LineageEvents.of(location(), run(run), stages(log, run.text("run_id")));
  }

  /** The lake's folder as its storage names it. */
  private String location() {
    String table = lake.path(Tables.RUN_LOG);
    Path folder = new Path(table).getParent().getParent();
    return folder.isUriPathAbsolute()
        ? folder.toString()
        : java.nio.file.Path.of(folder.toString()).toAbsolutePath().normalize().toString();
  }

  private static LineageEvents.Run run(RowReader.Cells run) {
    return new LineageEvents.Run(
        run.text("run_id"),
        run.text("command"),
        run.textOrEmpty("program_version"),
        run.instant("started_at"),
        took(run),
        Optional.ofNullable(run.wholeOrNull("exit_code")),
        run.textOrEmpty("message"));
  }

  private static List<LineageEvents.Stage> stages(Dataset<Row> log, String runId) {
    return log
        .where(col("run_id").equalTo(runId).and(col("stage").notEqual(RunLogCodec.WHOLE_RUN)))
        .where(col("result").isin(OF_LINEAGE))
        .orderBy("stage")
        .select(Columns.named(STAGE))
        .collectAsList()
        .stream()
        .map(row -> stage(RowReader.of(row.schema(), STAGE).at(row)))
        .toList();
  }

  private static LineageEvents.Stage stage(RowReader.Cells stage) {
    boolean failed = stage.text("result").equals(Result.FAILED.name());
    Map<String, Long> inputs = stage.map("input_versions");
    long version = stage.isNull("output_version") ? -1 : stage.count("output_version");
    // Runs of an older program have no time for the stage.
    Instant began = stage.instant(stage.isNull("began_at") ? "started_at" : "began_at");
    return new LineageEvents.Stage(
        stage.text("stage"),
        failed ? LineageEvents.How.FAILED : LineageEvents.How.WROTE,
        stage.text("table_name"),
        version < 0 ? Optional.empty() : Optional.of(version),
        inputs == null ? Map.of() : inputs,
        stage.count("rows_written"),
        began,
        took(stage),
        failed ? stage.textOrEmpty("message") : "");
  }

  private static Duration took(RowReader.Cells row) {
    return Duration.ofMillis(Math.round(row.number("took_seconds") * 1000));
  }
}
