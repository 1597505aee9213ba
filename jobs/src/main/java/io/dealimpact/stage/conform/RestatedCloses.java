package io.dealimpact.stage.conform;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.percentile_approx;
import static org.apache.spark.sql.functions.try_divide;
import static org.apache.spark.sql.functions.when;

import io.dealimpact.quality.DeliveredVersions;
import io.dealimpact.row.RowReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * Today's download held against yesterday's: files of bars that were delivered anew with other
 * closes for the same days. The later version counts; that it says otherwise is for the run log.
 */
final class RestatedCloses {
  /** Differences up to this fraction are rounding. */
  private static final double ROUNDING = 1e-4;

  /** Files that are named; of more the number is given. */
  private static final int NAMED = 5;

  private static final String[] SAME = {"source_file", "trade_date", "ticker", "instrument_id"};

  private RestatedCloses() {}

  /**
   * What the newest delivery restates, ready for the run log; empty for nothing.
   *
   * @param bronze rows of the feed
   */
  static String message(Dataset<Row> bronze, DeliveredVersions versions) {
    List<String> files = versions.deliveredAgain();
    if (files.isEmpty()) {
      return "";
    }
    long newest = versions.newest();
    Column delivery = coalesce(col("delivery"), lit(0L));
    Dataset<Row> again =
        bronze.sparkSession().createDataset(files, Encoders.STRING()).toDF("source_file");
    Dataset<Row> closes =
        bronze
            .join(broadcast(again), "source_file")
            .where(col("read_error").isNull())
            .select(
                col("source_file"),
                col("trade_date"),
                coalesce(col("ticker"), lit("")).as("ticker"),
                coalesce(col("instrument_id"), lit("")).as("instrument_id"),
                delivery.as("delivery"),
                col("close").try_cast("double").as("close"));
    Dataset<Row> before =
        closes
            .where(col("delivery").lt(newest))
            .withColumn("last", max("delivery").over(Window.partitionBy("source_file")))
            .where(col("delivery").equalTo(col("last")))
            .drop("delivery", "last")
            .withColumnRenamed("close", "close_before");
    Column ratio = try_divide(col("close"), col("close_before"));
    Column differs = abs(ratio.minus(1)).gt(ROUNDING);
    Dataset<Row> restated =
        closes
            .where(col("delivery").equalTo(newest))
            .join(before, SAME)
            .groupBy("source_file")
            .agg(
                count(when(differs, 1)).as("changed"),
                count(lit(1)).as("days"),
                percentile_approx(when(differs, ratio), lit(0.5), lit(1000)).as("factor"))
            .where(col("changed").gt(0))
            .orderBy("source_file");
    RowReader reader = RowReader.of(restated.schema());
    List<String> said = new ArrayList<>();
    long more = 0;
    for (Row row : restated.collectAsList()) {
      RowReader.Cells file = reader.at(row);
      if (said.size() == NAMED) {
        more++;
        continue;
      }
      said.add(
          String.format(
              Locale.ROOT,
              "%s: %d of %d closes differ from those of the version before, by a factor of %.6g",
              file.text("source_file"),
              file.count("changed"),
              file.count("days"),
              file.number("factor")));
    }
    return String.join("; ", said) + (more == 0 ? "" : "; and " + more + " files more");
  }
}
