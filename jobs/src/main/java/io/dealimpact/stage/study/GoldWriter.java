package io.dealimpact.stage.study;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.dealimpact.lake.TableSpec;
import io.dealimpact.run.RunContext.DateRange;
import io.dealimpact.stage.StageContext;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** How the study's gold tables are written: whole in a night, by key in a backfill. */
final class GoldWriter {
  private GoldWriter() {}

  /** Measured events whose day 0 (or announcement, without one) lies in the run's range. */
  static Dataset<Row> inRange(StageContext context, Dataset<Row> measured) {
    DateRange range = context.run().range();
    if (range.equals(DateRange.ALWAYS)) {
      return measured;
    }
    Column day = coalesce(col("event_day"), col("announced_day"));
    return measured.where(
        day.between(lit((int) range.from().toEpochDay()), lit((int) range.to().toEpochDay())));
  }

  static void write(
      StageContext context, TableSpec table, Dataset<Row> rows, List<String> replaceBy) {
    if (context.run().range().equals(DateRange.ALWAYS)) {
      context.lake().replaceAll(table, rows, context.note());
    } else {
      context.lake().replaceKeys(table, rows, replaceBy, context.note());
    }
  }
}
