package io.dealimpact.stage.conform;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.format_string;

import io.dealimpact.config.Configuration;
import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.Tables;
import io.dealimpact.quality.CheckedRows;
import io.dealimpact.quality.FeedChecks;
import io.dealimpact.quality.Parse;
import io.dealimpact.quality.Rule;
import io.dealimpact.quality.Rules;
import io.dealimpact.source.Feed;
import io.dealimpact.stage.Stage;
import io.dealimpact.stage.StageContext;
import io.dealimpact.stage.StageResult;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Sessions of exchanges: half days and special sessions, in exchange time. */
public final class ConformCalendar implements Stage {
  private static final FeedChecks CHECKS =
      new FeedChecks(
          "calendar",
          Tables.CALENDAR.keys(),
          List.of("open_time", "close_time"),
          List.of(
              Rules.missing("exchange"),
              Rules.missingDate("trade_date"),
              Rules.invalidDate("trade_date"),
              Rules.implausibleDate("trade_date"),
              Rules.missing("open_time"),
              Rules.missing("close_time"),
              invalidTime("open_time"),
              invalidTime("close_time"),
              new Rule(
                  "close-before-open",
                  col("close_time").leq(col("open_time")),
                  format_string(
                      "close_time %s is not after open_time %s; a session lasts some time",
                      col("close_time"), col("open_time")))));

  private static Rule invalidTime(String column) {
    return Rules.broken(
        "invalid-time",
        column,
        Parse.text(column).isNotNull().and(col(column).isNull()),
        "a time of day as HH:mm");
  }

  @Override
  public String name() {
    return "conform-calendar";
  }

  @Override
  public String summary() {
    return "sessions of exchanges, typed and unique";
  }

  @Override
  public List<TableSpec> inputs() {
    return List.of(ConformInput.table(Feed.CALENDAR));
  }

  @Override
  public List<TableSpec> needs() {
    return List.of(ConformInput.table(Feed.CALENDAR));
  }

  @Override
  public Map<String, Object> settings(Configuration configuration) {
    return Map.of("quality", configuration.quality());
  }

  @Override
  public TableSpec output() {
    return Tables.CALENDAR;
  }

  @Override
  public StageResult run(StageContext context) {
    ConformInput input = ConformInput.of(context, Feed.CALENDAR);
    Dataset<Row> typed =
        input
            .rows()
            .withColumn("exchange", Parse.upperText("exchange"))
            .withColumn("trade_date", Parse.date("trade_date"))
            .withColumn("open_time", Parse.timeOfDay("open_time"))
            .withColumn("close_time", Parse.timeOfDay("close_time"));
    try (CheckedRows checked = CHECKS.check(typed)) {
      return ConformOutput.writeWhole(context, checked, output(), checked.accepted());
    }
  }
}
