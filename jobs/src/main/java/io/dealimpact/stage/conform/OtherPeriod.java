package io.dealimpact.stage.conform;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.dayofmonth;
import static org.apache.spark.sql.functions.format_string;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.try_divide;
import static org.apache.spark.sql.functions.weekday;
import static org.apache.spark.sql.functions.when;

import io.dealimpact.quality.Rule;
import io.dealimpact.quality.Rules;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Column;

/**
 * Finds the instruments of a file whose rows are of weeks, months or quarters where days are due: a
 * bulk file of days may have one. Rows of weeks lie seven days apart and are of nearly one day of
 * the week; rows of months and quarters are of nearly one day of the month. A share that trades
 * seldom has neither.
 */
final class OtherPeriod {
  /** Why the rows of the instrument in the file are not of days; NULL if they are. */
  static final String COLUMN = "other_period";

  /** With fewer rows they may be a few corrections. */
  private static final int FEWEST_WEEKS = 8;

  private static final int FEWEST_MONTHS = 12;

  /** Variance of the day of the week; holidays move some by a day. Days of a week have 2. */
  private static final double WEEKDAYS_APART = 0.6;

  /** Variance of the day of the month: of a first or last session. Days of a month have 75. */
  private static final double DAYS_APART = 6;

  private OtherPeriod() {}

  /** {@code not-daily}. */
  static Rule rule() {
    return new Rule(
        "not-daily",
        col(COLUMN).isNotNull(),
        format_string("trade_date is '%s'; %s", Rules.shown("trade_date"), col(COLUMN)));
  }

  /**
   * The value of {@link #COLUMN} from aggregates over the rows of one file and instrument.
   *
   * @param over makes an aggregate one of a window, or leaves it to a group
   */
  static Column of(UnaryOperator<Column> over) {
    Column day = col("trade_date");
    Column rows = over.apply(count(day));
    Column first = over.apply(min(day));
    Column last = over.apply(max(day));
    Column gap =
        try_divide(datediff(last, first).cast("double"), rows.minus(lit(1)).cast("double"));
    Column isOfWeeks =
        rows.geq(FEWEST_WEEKS)
            .and(gap.between(6.5, 7.6))
            .and(variance(weekday(day), rows, over).lt(WEEKDAYS_APART));
    Column isOfMonths =
        rows.geq(FEWEST_MONTHS)
            .and(gap.between(28.5, 32).or(gap.between(88, 94)))
            .and(variance(dayofmonth(day), rows, over).lt(DAYS_APART));
    return when(
        isOfWeeks.or(isOfMonths),
        format_string(
            "the file's %d rows of the instrument from %s to %s lie %.0f days apart: they are weekly"
                + " or monthly, and daily ones are due",
            rows, first.cast("string"), last.cast("string"), gap));
  }

  /** Σx²/n − (Σx/n)² of whole numbers: exact sums, in whatever order. */
  private static Column variance(Column x, Column rows, UnaryOperator<Column> over) {
    Column n = rows.cast("double");
    Column mean = try_divide(over.apply(sum(x)).cast("double"), n);
    return try_divide(over.apply(sum(x.multiply(x))).cast("double"), n).minus(mean.multiply(mean));
  }
}
