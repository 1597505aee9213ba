package io.dealimpact.stage.conform;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.format_string;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.when;

import io.dealimpact.quality.Parse;
import io.dealimpact.quality.Rule;
import io.dealimpact.quality.Rules;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What an event or a deal may settle for itself in place of the study: its benchmark, its
 * estimation window ({@code estimation_start} and {@code estimation_end}, both days or both trading
 * days from day 0), and a window of its own beside those of the study ({@code window_start} and
 * {@code window_end}, trading days from day 0).
 */
final class OwnTerms {
  private static final String UNIT = "estimation_unit";

  /** The typed columns. */
  static final List<String> COLUMNS =
      List.of(
          "benchmark", "estimation_first", "estimation_last", UNIT, "window_first", "window_last");

  /** Days of a window: more than of an estimation window are a slip. */
  private static final int LONGEST_WINDOW = 1000;

  private OwnTerms() {}

  /** The rows with {@link #COLUMNS}; NULL where nothing was delivered or it is no window. */
  static Dataset<Row> typed(Dataset<Row> rows) {
    Column isWindow =
        relative("window_start")
            .leq(relative("window_end"))
            .and(relative("window_end").minus(relative("window_start")).lt(LONGEST_WINDOW));
    return rows.withColumn("benchmark", Parse.value("benchmark"))
        .withColumn(UNIT, unit())
        .withColumn("estimation_first", when(col(UNIT).isNotNull(), estimation("estimation_start")))
        .withColumn("estimation_last", when(col(UNIT).isNotNull(), estimation("estimation_end")))
        .withColumn("window_first", when(isWindow, relative("window_start")))
        .withColumn("window_last", when(isWindow, relative("window_end")));
  }

  /**
   * {@code own-estimation-window}: one end is missing, of another unit, or not before the other.
   */
  static Rule badEstimation() {
    return new Rule(
        "own-estimation-window",
        coalesce(Parse.value("estimation_start"), Parse.value("estimation_end"))
            .isNotNull()
            .and(col(UNIT).isNull()),
        format_string(
            "the event's own estimation window is '%s' to '%s'; both must be days, as 2024-01-02, or"
                + " both trading days before day 0, as -250 and -21, the first before the last",
            Rules.shown("estimation_start"), Rules.shown("estimation_end")));
  }

  /** {@code own-window}: one end is missing, is no trading day from day 0, or they are turned. */
  static Rule badWindow() {
    return new Rule(
        "own-window",
        coalesce(Parse.value("window_start"), Parse.value("window_end"))
            .isNotNull()
            .and(col("window_first").isNull()),
        format_string(
            "the event's own window is '%s' to '%s'; both must be trading days from day 0, as -2 and"
                + " 5, the first not after the last, and at most "
                + LONGEST_WINDOW
                + " days",
            Rules.shown("window_start"),
            Rules.shown("window_end")));
  }

  /** A day since 1970-01-01, or a number of trading days as it is. */
  private static Column estimation(String column) {
    return coalesce(before(column), unix_date(Parse.date(column)));
  }

  /** Trading days from day 0, no more than of a century. */
  private static Column relative(String column) {
    return when(
        Parse.value(column).rlike("^[-+]?[0-9]{1,5}(\\.0+)?$"), Parse.number(column).cast("int"));
  }

  private static Column before(String column) {
    return when(relative(column).lt(0), relative(column));
  }

  private static Column unit() {
    Column inOrder = estimation("estimation_start").lt(estimation("estimation_end"));
    return when(
            inOrder
                .and(before("estimation_start").isNotNull())
                .and(before("estimation_end").isNotNull()),
            lit("RELATIVE"))
        .when(
            inOrder
                .and(Parse.date("estimation_start").isNotNull())
                .and(Parse.date("estimation_end").isNotNull()),
            lit("DATES"));
  }
}
