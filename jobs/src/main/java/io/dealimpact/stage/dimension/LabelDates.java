package io.dealimpact.stage.dimension;

import static org.apache.spark.sql.functions.add_months;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.date_format;
import static org.apache.spark.sql.functions.dayofmonth;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.last_day;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.make_date;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.month;
import static org.apache.spark.sql.functions.quarter;
import static org.apache.spark.sql.functions.sequence;
import static org.apache.spark.sql.functions.trunc;
import static org.apache.spark.sql.functions.weekday;
import static org.apache.spark.sql.functions.year;

import io.dealimpact.config.Configuration;
import io.dealimpact.lake.Dimensions;
import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.Tables;
import io.dealimpact.stage.Stage;
import io.dealimpact.stage.StageContext;
import io.dealimpact.stage.StageResult;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Every day from the first to the last year that gold speaks of. The words are English under any
 * locale.
 */
public final class LabelDates implements Stage {
  private static final Column WEEKDAYS = words("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");
  private static final Column MONTHS =
      words("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

  @Override
  public String name() {
    return "label-dates";
  }

  @Override
  public String summary() {
    return "days with their months, quarters and whether the benchmark traded, for people";
  }

  @Override
  public List<TableSpec> inputs() {
    return List.of(
        Tables.DEALS,
        Tables.SERIES,
        Tables.DAILY_MOVES,
        Tables.EVENT_IMPACT,
        Tables.CAPACITY_BY_QUARTER,
        Tables.DELIVERY,
        Tables.COMMITMENT_SHARES);
  }

  @Override
  public Map<String, Object> settings(Configuration configuration) {
    return Map.of("study.benchmark", configuration.study().benchmark());
  }

  @Override
  public TableSpec output() {
    return Dimensions.DATE;
  }

  @Override
  public StageResult run(StageContext context) {
    Dataset<Row> traded =
        context
            .read(Tables.DAILY_MOVES)
            .where(col("instrument_id").equalTo(context.configuration().study().benchmark()))
            .select(col("trade_date").as("traded_on"));
    Dataset<Row> rows =
        days(context)
            .join(broadcast(traded), col("calendar_date").equalTo(col("traded_on")), "left")
            .withColumn("is_trading_day", col("traded_on").isNotNull())
            .withColumn("calendar_year", year(col("calendar_date")))
            .withColumn(
                "quarter", concat(col("calendar_year"), lit("Q"), quarter(col("calendar_date"))))
            .withColumn(
                "quarter_end", last_day(add_months(trunc(col("calendar_date"), "quarter"), 2)))
            .withColumn("month", date_format(col("calendar_date"), "yyyy-MM"))
            .withColumn("month_end", last_day(col("calendar_date")))
            .withColumn("weekday_number", weekday(col("calendar_date")).plus(1))
            .withColumn("weekday", element_at(WEEKDAYS, col("weekday_number")))
            .withColumn(
                "label",
                concat(
                    col("weekday"),
                    lit(" "),
                    dayofmonth(col("calendar_date")),
                    lit(" "),
                    element_at(MONTHS, month(col("calendar_date"))),
                    lit(" "),
                    col("calendar_year")));
    context.lake().replaceAll(output(), rows, context.note());
    return StageResult.computed("");
  }

  /** Whole years, so that a chart over months or quarters ends with a whole one. */
  private static Dataset<Row> days(StageContext context) {
    Dataset<Row> years =
        Stream.of(
                years(context, Tables.SERIES, col("trade_year")),
                years(context, Tables.DEALS, year(col("announced_date"))),
                years(context, Tables.EVENT_IMPACT, year(col("event_date"))),
                years(context, Tables.CAPACITY_BY_QUARTER, year(col("quarter_end"))),
                years(context, Tables.CAPACITY_BY_QUARTER, year(col("as_of"))),
                years(context, Tables.DELIVERY, year(col("quarter_end"))),
                years(context, Tables.DELIVERY, year(col("as_of"))),
                years(context, Tables.COMMITMENT_SHARES, year(col("as_of"))))
            .reduce(Dataset::union)
            .orElseThrow()
            .agg(min("first").as("first"), max("last").as("last"))
            .where(col("first").isNotNull());
    return years.select(
        explode(
                sequence(
                    make_date(col("first"), lit(1), lit(1)),
                    make_date(col("last"), lit(12), lit(31))))
            .as("calendar_date"));
  }

  private static Dataset<Row> years(StageContext context, TableSpec table, Column year) {
    return context.read(table).agg(min(year).as("first"), max(year).as("last"));
  }

  private static Column words(String... words) {
    return array(Arrays.stream(words).map(functions::lit).toArray(Column[]::new));
  }
}
