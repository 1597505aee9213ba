package io.dealimpact.stage.conform;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.exists;
import static org.apache.spark.sql.functions.format_string;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.get;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.sequence;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.transform;

import io.dealimpact.quality.Parse;
import io.dealimpact.quality.Rule;
import io.dealimpact.quality.Rules;
import java.util.function.BinaryOperator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The milestones of a commitment, typed, and what keeps a list of them from being followed. */
final class Milestones {
  private static final String COLUMN = "milestones";

  private static final ArrayType DELIVERED =
      DataTypes.createArrayType(
          new StructType()
              .add("date", DataTypes.StringType)
              .add("gw", DataTypes.StringType)
              .add("kind", DataTypes.StringType));

  private Milestones() {}

  /** Days, GW and kinds; a kind that is not given is firm. NULL if nothing is delivered. */
  static Column typed() {
    return transform(
        delivered(),
        milestone ->
            struct(
                milestone.getField("date").try_cast("date").as("date"),
                milestone.getField("gw").try_cast("double").as("gw"),
                lower(coalesce(milestone.getField("kind"), lit("firm"))).as("kind")));
  }

  private static Column delivered() {
    return from_json(Parse.text(COLUMN), DELIVERED);
  }

  static Rule unreadable() {
    Column unreadable =
        exists(
            col(COLUMN),
            milestone ->
                milestone
                    .getField("gw")
                    .isNull()
                    .or(milestone.getField("gw").lt(0))
                    .or(
                        milestone
                            .getField("kind")
                            .isin("firm", "target", "option")
                            .equalTo(false)));
    Column dayLost =
        exists(
            delivered(),
            milestone ->
                milestone
                    .getField("date")
                    .isNotNull()
                    .and(milestone.getField("date").try_cast("date").isNull()));
    return Rules.broken(
        "invalid-milestones",
        COLUMN,
        Parse.text(COLUMN).isNotNull().and(col(COLUMN).isNull().or(unreadable).or(dayLost)),
        "objects of date (a day, or absent), gw (0 or above) and kind (firm, target or option)");
  }

  static Rule outOfOrder() {
    return pairs(
        "milestones-out-of-order",
        (before, after) ->
            after
                .getField("date")
                .isNotNull()
                .and(
                    before
                        .getField("date")
                        .isNull()
                        .or(after.getField("date").leq(before.getField("date")))),
        "in order of their days, each once, what has no day last");
  }

  static Rule shrinking() {
    return pairs(
        "milestones-shrink",
        (before, after) -> after.getField("gw").lt(before.getField("gw")),
        "cumulative: no gw below the one before it");
  }

  static Rule optionBeforeFirm() {
    return pairs(
        "option-before-firm",
        (before, after) ->
            before
                .getField("kind")
                .equalTo("option")
                .and(after.getField("kind").notEqual("option")),
        "firm and targets first, options after them");
  }

  static Rule abovePower() {
    Column powerGw = greatest(col("power_gw_low"), col("power_gw_high"));
    return new Rule(
        "milestones-above-power",
        element_at(col(COLUMN), -1).getField("gw").gt(powerGw),
        format_string(
            "milestones reach %s GW, but power_gw is at most %s; they must not exceed it",
            element_at(col(COLUMN), -1).getField("gw").cast("string"), powerGw.cast("string")));
  }

  /** A rule on each milestone and the one after it. */
  private static Rule pairs(String name, BinaryOperator<Column> broken, String allowed) {
    Column positions = sequence(lit(1), greatest(size(col(COLUMN)).minus(1), lit(1)));
    return Rules.broken(
        name,
        COLUMN,
        exists(
            positions,
            i -> {
              Column after = get(col(COLUMN), i);
              // The list of one milestone has no second: an absent one breaks nothing.
              return after.isNotNull().and(broken.apply(get(col(COLUMN), i.minus(1)), after));
            }),
        allowed);
  }
}
