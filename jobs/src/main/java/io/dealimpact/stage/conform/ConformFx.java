package io.dealimpact.stage.conform;

import io.dealimpact.config.Configuration;
import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.Tables;
import io.dealimpact.quality.Judge;
import io.dealimpact.quality.Judgement;
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
  private static final double LARGEST_RATE = 1e9;

  private static final Judge JUDGE =
      new Judge(
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
                  Rules.missing("usd_per_unit")),
              Rules.numbers("usd_per_unit"),
              Rules.positiveBelow("rate", "usd_per_unit", LARGEST_RATE)));

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
    try (Judgement judgement = JUDGE.judge(typed)) {
      return ConformOutput.writeWhole(context, judgement, output(), judgement.accepted());
    }
  }
}
