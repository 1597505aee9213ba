package io.dealimpact.stage.conform;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.format_string;
import static org.apache.spark.sql.functions.lit;

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

/**
 * Instruments: a row each; prices in USD and the ticker equal to the id unless it says otherwise.
 */
public final class ConformInstruments implements Stage {
  private static final FeedChecks CHECKS =
      new FeedChecks(
          "instruments",
          Tables.INSTRUMENTS.keys(),
          Tables.INSTRUMENTS.columnNames(),
          Rules.inOrder(
              Rules.names("instrument_id", "ticker", "organisation", "exchange"),
              List.of(Rules.title("name")),
              List.of(
                  new Rule(
                      "missing-instrument-id",
                      col("instrument_id").isNull(),
                      lit("instrument_id is missing, and there is no ticker instead of it")),
                  Rules.broken(
                      "invalid-currency",
                      "currency",
                      Parse.text("currency").rlike("^([A-Z]{3}|[a-z]{3})$").equalTo(false),
                      "an ISO 4217 code of three letters, as USD; not a hundredth of it, as GBp"),
                  Rules.unknownWord("kind", List.of("equity", "etf", "index")),
                  Rules.broken(
                      "invalid-cik",
                      "cik",
                      Parse.text("cik").isNotNull().and(Parse.cik("cik").isNull()),
                      "a number of at most ten digits"),
                  Rules.invalidDate("valid_from"),
                  Rules.invalidDate("valid_to"),
                  new Rule(
                      "valid-to-before-from",
                      col("valid_to").lt(col("valid_from")),
                      format_string(
                          "valid_to %s is before valid_from %s",
                          Rules.shown("valid_to"), Rules.shown("valid_from")))),
              Rules.numbers("shares_per_unit"),
              Rules.within("ratio", "shares_per_unit", 1e-6, 1e6)));

  @Override
  public String name() {
    return "conform-instruments";
  }

  @Override
  public String summary() {
    return "instruments, typed and unique";
  }

  @Override
  public List<TableSpec> inputs() {
    return List.of(ConformInput.table(Feed.INSTRUMENTS));
  }

  @Override
  public Map<String, Object> settings(Configuration configuration) {
    return Map.of("quality", configuration.quality());
  }

  @Override
  public TableSpec output() {
    return Tables.INSTRUMENTS;
  }

  @Override
  public StageResult run(StageContext context) {
    ConformInput input = ConformInput.of(context, Feed.INSTRUMENTS);
    Dataset<Row> typed =
        input
            .rows()
            .withColumn(
                "instrument_id", coalesce(Parse.text("instrument_id"), Parse.text("ticker")))
            .withColumn("ticker", coalesce(Parse.text("ticker"), col("instrument_id")))
            .withColumn("name", Parse.text("name"))
            .withColumn("organisation", Parse.text("organisation"))
            .withColumn("exchange", coalesce(Parse.upperText("exchange"), Parse.upperText("mic")))
            .withColumn(
                "mic",
                coalesce(
                    ConformExchange.known(Parse.upperText("mic")),
                    ConformExchange.known(col("exchange"))))
            .withColumn("currency", coalesce(Parse.upperText("currency"), lit("USD")))
            .withColumn("kind", Parse.lowerText("kind"))
            .withColumn("cik", Parse.cik("cik"))
            .withColumn("sector", Parse.text("sector"))
            .withColumn("sector_benchmark", Parse.text("sector_benchmark"))
            .withColumn("benchmark", Parse.text("benchmark"))
            .withColumn("figi", Parse.text("figi"))
            .withColumn("isin", Parse.text("isin"))
            .withColumn("valid_from", Parse.date("valid_from"))
            .withColumn("valid_to", Parse.date("valid_to"))
            .withColumn("shares_per_unit", Parse.number("shares_per_unit"));
    try (CheckedRows checked = CHECKS.check(typed)) {
      return ConformOutput.writeWhole(context, checked, output(), checked.accepted());
    }
  }
}
