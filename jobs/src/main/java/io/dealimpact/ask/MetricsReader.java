package io.dealimpact.ask;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;

import io.dealimpact.codec.RunLogCodec;
import io.dealimpact.lake.Lake;
import io.dealimpact.lake.Tables;
import io.dealimpact.report.NightMetrics;
import io.dealimpact.row.Columns;
import io.dealimpact.row.RowReader;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What the metrics of a lake are made of: its run log and its published nights. */
final class MetricsReader {
  /** Nights that the time of publication is counted over: about four months of trading days. */
  private static final long NIGHTS = 90;

  private static final List<String> RUN =
      List.of("run_id", "started_at", "exit_code", "took_seconds");

  private static final List<String> STAGE =
      List.of(
          "stage",
          "took_seconds",
          "rows_in",
          "rows_accepted",
          "rows_duplicate",
          "rows_quarantined",
          "rows_written");

  private final Lake lake;

  /**
   * @param lake read as it is now: the log has no published versions
   */
  MetricsReader(Lake lake) {
    this.lake = lake;
  }

  String print() {
    Dataset<Row> published = lake.readOrEmpty(Tables.PUBLISHED);
    long night =
        published.agg(max(col("night")).as("night")).collectAsList().stream()
            .map(row -> RowReader.of(row.schema(), "night").at(row))
            .filter(cells -> !cells.isNull("night"))
            .mapToLong(cells -> cells.count("night"))
            .findFirst()
            .orElse(0);
    List<Instant> times =
        published
            .where(col("night").gt(night - NIGHTS))
            .groupBy("night")
            .agg(min(col("published_at")).as("published_at"))
            .orderBy("night")
            .collectAsList()
            .stream()
            .map(row -> RowReader.of(row.schema(), "published_at").at(row).instant("published_at"))
            .toList();
    return NightMetrics.print(run(), night, times);
  }

  private Optional<NightMetrics.Run> run() {
    Dataset<Row> log = lake.readOrEmpty(Tables.RUN_LOG);
    List<Row> last =
        log.where(col("stage").equalTo(RunLogCodec.WHOLE_RUN).and(col("exit_code").isNotNull()))
            .orderBy(col("started_at").desc(), col("run_id").desc())
            .select(Columns.named(RUN))
            .limit(1)
            .collectAsList();
    return last.stream()
        .map(row -> RowReader.of(row.schema(), RUN).at(row))
        .map(
            run ->
                new NightMetrics.Run(
                    run.whole("exit_code"),
                    run.instant("started_at"),
                    run.number("took_seconds"),
                    stages(log, run.text("run_id"))))
        .findFirst();
  }

  private static List<NightMetrics.Stage> stages(Dataset<Row> log, String runId) {
    return log
        .where(col("run_id").equalTo(runId).and(col("stage").notEqual(RunLogCodec.WHOLE_RUN)))
        .orderBy("stage")
        .select(Columns.named(STAGE))
        .collectAsList()
        .stream()
        .map(row -> RowReader.of(row.schema(), STAGE).at(row))
        .map(
            stage ->
                new NightMetrics.Stage(
                    stage.text("stage"),
                    stage.number("took_seconds"),
                    stage.count("rows_in"),
                    stage.count("rows_accepted"),
                    stage.count("rows_duplicate"),
                    stage.count("rows_quarantined"),
                    stage.count("rows_written")))
        .toList();
  }
}
