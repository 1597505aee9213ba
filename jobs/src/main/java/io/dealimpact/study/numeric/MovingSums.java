package io.dealimpact.study.numeric;

/**
 * Sums over a window that moves on day by day, in three additions a day whatever its length, and
 * without subtraction: a sum has the precision of its own days and depends on no other day. Days
 * are cut into blocks of the window's length, of which a window covers the end of one and the
 * beginning of the next (van Herk 1992; Gil &amp; Werman 1993, for maxima).
 */
public final class MovingSums {
  private MovingSums() {}

  /**
   * The sum of each stretch.
   *
   * @param values by day; NaN where missing
   * @param length of the window in days, 1 or more
   * @return by the first day of the stretch: NaN where a day of it is missing, and where it reaches
   *     beyond the last day
   */
  public static double[] of(double[] values, int length) {
    int days = values.length;
    // Of a day: the sum from it to the end of its block.
    double[] sums = new double[days];
    for (int day = days - 1; day >= 0; day--) {
      boolean isLastOfBlock = day == days - 1 || (day + 1) % length == 0;
      sums[day] = isLastOfBlock ? values[day] : values[day] + sums[day + 1];
    }
    double sinceBlock = 0;
    for (int last = 0; last < days; last++) {
      boolean isFirstOfBlock = last % length == 0;
      sinceBlock = isFirstOfBlock ? values[last] : sinceBlock + values[last];
      int first = last - length + 1;
      if (first >= 0) {
        sums[first] = first % length == 0 ? sinceBlock : sums[first] + sinceBlock;
      }
    }
    for (int first = Math.max(0, days - length + 1); first < days; first++) {
      sums[first] = Double.NaN;
    }
    return sums;
  }
}
