package io.dealimpact.stage.conform;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.format_string;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.get_json_object;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;

import io.dealimpact.lake.Tables;
import io.dealimpact.quality.CheckedRows;
import io.dealimpact.quality.DeliveredRows;
import io.dealimpact.quality.FeedChecks;
import io.dealimpact.quality.Parse;
import io.dealimpact.quality.Rule;
import io.dealimpact.quality.Rules;
import io.dealimpact.source.Feed;
import io.dealimpact.stage.StageContext;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;

/**
 * The checked rows of the feed deals. Two stages start from them: they are checked once a run, and
 * both see the same.
 */
public final class ConformDealRows implements AutoCloseable {
  /** What a deal, or a commitment, can be. */
  static final List<String> STATUSES =
      List.of("rumoured", "planned", "announced", "signed", "amended", "cancelled");

  /** The parties as an array of JSON texts. */
  static final String PARTIES = "parties";

  /** Dollars of a deal, or a commitment: about the product of the world in a year. */
  static final double MOST_USD = 1e14;

  private static final double MOST_YEARS = 200;

  /** Who is on either side of the deal, as a text. */
  private static final String SIDES = "sides";

  /** The deal_id under which the same announcement was delivered first. */
  private static final String FIRST_ID = "first_delivered_as";

  private static final List<String> COMPARED =
      Stream.concat(
              OwnTerms.COLUMNS.stream(),
              Stream.of(
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
                  "dates",
                  "attributes_text",
                  "parties_text"))
          .toList();

  /** What a deal must meet by itself. */
  private static final List<Rule> RULES =
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
                          + " needed")),
              OwnTerms.badEstimation(),
              OwnTerms.badWindow(),
              DealDates.unreadable()));

  private static final Rule REPEATED =
      new Rule(
          "repeated-under-another-id",
          col(FIRST_ID).notEqual(col("deal_id")),
          format_string(
              "day, title, source, provider and customer are those of deal %s, which was delivered"
                  + " first; deliver a correction under that deal_id",
              col(FIRST_ID)));

  private static final FeedChecks CHECKS =
      new FeedChecks(
          "deals", Tables.DEALS.keys(), COMPARED, Rules.inOrder(RULES, List.of(REPEATED)));

  private CheckedRows checked;

  /** The feed's rows at the version pinned for this run; stages must not close them. */
  synchronized CheckedRows of(StageContext context) {
    if (checked == null) {
      checked = check(ConformInput.of(context, Feed.DEALS).rows());
    }
    return checked;
  }

  @Override
  public synchronized void close() {
    if (checked != null) {
      checked.close();
      checked = null;
    }
  }

  private static CheckedRows check(Dataset<Row> rows) {
    return CHECKS.check(withFirstId(typed(rows)));
  }

  /**
   * The rows, each with the deal_id under which its announcement was delivered first: of the deals
   * that break no rule and agree in day, title, source, provider and customer, that of the first by
   * path and line. What lacks a title or a source is compared with nothing.
   */
  private static Dataset<Row> withFirstId(Dataset<Row> typed) {
    Column broken =
        RULES.stream()
            .map(rule -> coalesce(rule.brokenWhen(), lit(false)))
            .reduce(col("read_error").isNotNull(), Column::or);
    Column alone =
        when(
            broken.or(col("title").isNull()).or(col("source_url").isNull()),
            concat_ws(":", col("source_file"), col("source_line"), col(DeliveredRows.ELEMENT)));
    return typed
        .withColumn("alone", alone)
        .withColumn(
            FIRST_ID,
            first(col("deal_id"))
                .over(
                    Window.partitionBy("announced_date", "title", "source_url", SIDES, "alone")
                        .orderBy("source_file", "source_line", DeliveredRows.ELEMENT)))
        .drop("alone", SIDES);
  }

  private static Column sides() {
    return to_json(
        array_sort(
            transform(
                filter(
                    col(PARTIES),
                    party -> get_json_object(party, "$.role").isin("provider", "customer")),
                party -> get_json_object(party, "$.organisation"))));
  }

  private static Dataset<Row> typed(Dataset<Row> rows) {
    return OwnTerms.typed(rows)
        .withColumn("deal_id", Parse.text("deal_id"))
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
        .withColumn("parties_text", to_json(col(PARTIES)))
        // Maps cannot be compared; the text can.
        .withColumn("attributes_text", Parse.text("attributes"))
        .withColumn("attributes", Attributes.of(col("attributes_text")))
        .withColumn(DealDates.COLUMN, DealDates.typed())
        .withColumn(SIDES, sides());
  }
}
