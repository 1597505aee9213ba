package io.dealimpact.stage.conform;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.to_json;

import io.dealimpact.lake.Tables;
import io.dealimpact.quality.Judge;
import io.dealimpact.quality.Judgement;
import io.dealimpact.quality.Parse;
import io.dealimpact.quality.Rule;
import io.dealimpact.quality.Rules;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/** The judged rows of the feed deals: two stages start from them, and both must see the same. */
final class ConformDealRows {
  /** What a deal, or a commitment, can be. */
  static final List<String> STATUSES =
      List.of("rumoured", "planned", "announced", "signed", "amended", "cancelled");

  /** The parties as an array of JSON texts. */
  static final String PARTIES = "parties";

  /** Dollars of a deal, or a commitment: about the product of the world in a year. */
  static final double MOST_USD = 1e14;

  private static final double MOST_YEARS = 200;

  private static final Judge JUDGE =
      new Judge(
          "deals",
          Tables.DEALS.keys(),
          List.of(
              "announced_at",
              "announced_date",
              "title",
              "deal_type",
              "status",
              "value_usd_low",
              "value_usd_high",
              "value_type",
              "term_years",
              "source_title",
              "source_url",
              "confounders",
              "parties_text"),
          Rules.inOrder(
              List.of(
                  Rules.missing("deal_id"),
                  Rules.missingDate("announced_at"),
                  Rules.invalidInstant("announced_at", "announced_date"),
                  Rules.implausibleDate("announced_at", "announced_date"),
                  Rules.missing("status"),
                  Rules.unknownWord("status", STATUSES)),
              Rules.names("deal_id"),
              Rules.numbers("value_usd_low", "value_usd_high", "term_years"),
              List.of(
                  Rules.negative("value", "value_usd_low"),
                  Rules.negative("value", "value_usd_high"),
                  Rules.below("value", "value_usd_low", MOST_USD),
                  Rules.below("value", "value_usd_high", MOST_USD),
                  Rules.negative("term", "term_years"),
                  Rules.below("term", "term_years", MOST_YEARS),
                  Rules.lowAboveHigh("value_usd_low", "value_usd_high"),
                  new Rule(
                      "no-parties",
                      coalesce(size(col(PARTIES)), lit(0)).leq(0),
                      lit(
                          "the deal has no parties; at least one with organisation and role is"
                              + " needed")))));

  private ConformDealRows() {}

  static Judgement judge(Dataset<Row> rows) {
    return JUDGE.judge(
        rows.withColumn("deal_id", Parse.text("deal_id"))
            .withColumn("announced_date", Parse.newYorkDay("announced_at"))
            .withColumn("announced_at", Parse.instant("announced_at"))
            .withColumn("title", Parse.text("title"))
            .withColumn("deal_type", Parse.text("deal_type"))
            .withColumn("status", Parse.lowerText("status"))
            .withColumn("value_usd_low", Parse.number("value_usd_low"))
            .withColumn("value_usd_high", Parse.number("value_usd_high"))
            .withColumn("value_type", Parse.text("value_type"))
            .withColumn("term_years", Parse.number("term_years"))
            .withColumn("source_title", Parse.text("source_title"))
            .withColumn("source_url", Parse.text("source_url"))
            .withColumn("confounders", Parse.text("confounders"))
            .withColumn(
                PARTIES,
                from_json(Parse.text("parties"), DataTypes.createArrayType(DataTypes.StringType)))
            .withColumn("parties_text", to_json(col(PARTIES))));
  }
}
