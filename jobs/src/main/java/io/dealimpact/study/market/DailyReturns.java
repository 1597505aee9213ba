package io.dealimpact.study.market;

import io.dealimpact.study.numeric.Vectors;
import java.io.Serializable;

/**
 * Simple returns that a feed gives for single days, aligned to a {@link TradingCalendar}; NaN where
 * it gives none. Each stands for its own day: a day without one takes no other with it.
 *
 * @param total with dividends
 * @param withoutDividends without
 * @param level what one unit of the first day became, without dividends where those returns are
 *     given; NaN on days that the feed does not have. A day whose return is missing leaves it
 */
public record DailyReturns(double[] total, double[] withoutDividends, double[] level)
    implements Serializable {
  /** Nothing is given. */
  public static final DailyReturns NONE =
      new DailyReturns(new double[0], new double[0], new double[0]);

  /**
   * Returns of a feed.
   *
   * @param total with dividends, NaN where missing
   * @param withoutDividends without, NaN where missing
   * @param days indexes of the days that the feed has, ascending; a return may be missing on them
   */
  public static DailyReturns of(double[] total, double[] withoutDividends, int[] days) {
    double[] level = Vectors.missing(total.length);
    double reached = 1;
    for (int day : days) {
      double grown = reached * growth(total, withoutDividends, day);
      reached = grown > 0 ? grown : reached;
      level[day] = reached;
    }
    return new DailyReturns(total, withoutDividends, level);
  }

  private static double growth(double[] total, double[] withoutDividends, int day) {
    return 1 + (Double.isNaN(withoutDividends[day]) ? total[day] : withoutDividends[day]);
  }

  /** Whether no day has one. */
  public boolean isEmpty() {
    return level.length == 0;
  }

  /** Whether the feed has the day, with a return or without. */
  public boolean has(int day) {
    return !isEmpty() && !Double.isNaN(level[day]);
  }

  /** The return of a day; NaN where there is none. */
  public double of(PriceKind kind, int day) {
    return isEmpty() ? Double.NaN : of(kind)[day];
  }

  /** The returns that prices of a kind would give. */
  public double[] of(PriceKind kind) {
    return switch (kind) {
      case CLOSE -> withoutDividends;
      case ADJUSTED_CLOSE -> total;
    };
  }

  /** Whether every day after {@code from} up to {@code to} that the feed has changes the level. */
  boolean isLinked(int from, int to) {
    for (int day = from + 1; day <= to; day++) {
      if (has(day) && !(growth(total, withoutDividends, day) > 0)) {
        return false;
      }
    }
    return true;
  }
}
