package io.dealimpact.stage.conform;

import static org.apache.spark.sql.functions.col;

import io.dealimpact.config.Configuration;
import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.Tables;
import io.dealimpact.quality.CheckedRows;
import io.dealimpact.quality.FeedChecks;
import io.dealimpact.quality.Parse;
import io.dealimpact.quality.Rules;
import io.dealimpact.source.Feed;
import io.dealimpact.stage.Stage;
import io.dealimpact.stage.StageContext;
import io.dealimpact.stage.StageResult;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** US dollars for one unit of a currency, by day. */
public final class ConformFx implements Stage {
  private static final double SMALLEST_RATE = 1e-12;
  private static final double LARGEST_RATE = 1e7;

  private static final FeedChecks CHECKS =
      new FeedChecks(
          "fx",
          Tables.FX.keys(),
          List.of("usd_per_unit"),
          Rules.inOrder(
              List.of(
                  Rules.missing("currency"),
                  Rules.broken(
                      "invalid-currency",
                      "currency",
                      Parse.text("currency").rlike("^([A-Z]{3}|[a-z]{3})$").equalTo(false),
                      "an ISO 4217 code of three letters, as EUR; not a hundredth of it, as GBp"),
                  Rules.missingDate("trade_date"),
                  Rules.invalidDate("trade_date"),
                  Rules.implausibleDate("trade_date"),
                  Rules.missing("usd_per_unit")),
              Rules.numbers("usd_per_unit"),
              Rules.within("rate", "usd_per_unit", SMALLEST_RATE, LARGEST_RATE),
              List.of(
                  Rules.broken(
                      "dollar-not-one",
                      "usd_per_unit",
                      col("currency").equalTo("USD").and(col("usd_per_unit").notEqual(1)),
                      "1: the row is of the US dollar itself"))));

  @Override
  public String name() {
    return "conform-fx";
  }

  @Override
  public String summary() {
    return "exchange rates, typed and unique";
  }

  @Override
  public List<TableSpec> inputs() {
    return List.of(ConformInput.table(Feed.FX));
  }

  @Override
  public Map<String, Object> settings(Configuration configuration) {
    return Map.of("quality", configuration.quality());
  }

  @Override
  public TableSpec output() {
    return Tables.FX;
  }

  @Override
  public StageResult run(StageContext context) {
    ConformInput input = ConformInput.of(context, Feed.FX);
    Dataset<Row> typed =
        input
            .rows()
            .withColumn("currency", Parse.upperText("currency"))
            .withColumn("trade_date", Parse.date("trade_date"))
            .withColumn("usd_per_unit", Parse.number("usd_per_unit"));
    try (CheckedRows checked = CHECKS.check(typed)) {
      return ConformOutput.writeWhole(context, checked, output(), checked.accepted());
    }
  }
}
