package io.dealimpact.stage.study;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import io.dealimpact.lake.TableSpec;
import io.dealimpact.run.RunContext.DateRange;
import io.dealimpact.stage.StageContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** How the study's gold tables are written: whole in a night, by key in a backfill. */
final class GoldWriter {
  private GoldWriter() {}

  /** Measured events whose day 0 (or announcement, without one) lies in the run's range. */
  static Dataset<Row> inRange(StageContext context, Dataset<Row> measured) {
    return context.run().range().equals(DateRange.ALWAYS)
        ? measured
        : measured.where(isInRange(context));
  }

  private static Column isInRange(StageContext context) {
    DateRange range = context.run().range();
    Column day = coalesce(col("event_day"), col("announced_day"));
    return coalesce(
        day.between(lit((int) range.from().toEpochDay()), lit((int) range.to().toEpochDay())),
        lit(false));
  }

  /** For a table by event: the events out of the run's range keep their rows. */
  static void writeEvents(
      StageContext context, TableSpec table, Dataset<Row> rows, Dataset<Row> measured) {
    write(context, table, rows, "event_id", measured.where(not(isInRange(context))));
  }

  /**
   * Writes rows.
   *
   * @param key column whose values in {@code rows} are written anew in a backfill
   * @param untouched the values whose rows a backfill leaves as they are
   */
  static void write(
      StageContext context,
      TableSpec table,
      Dataset<Row> rows,
      String key,
      Dataset<Row> untouched) {
    if (context.run().range().equals(DateRange.ALWAYS)) {
      context.lake().replaceAll(table, rows, context.note());
    } else {
      context.lake().replaceKeys(table, rows, key, untouched, context.note());
    }
  }
}
