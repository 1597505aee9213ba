package io.dealimpact.study.numeric;

import java.util.Arrays;

/**
 * Sums over a window that moves on day by day, in three additions a day whatever its length, and
 * without subtraction: a sum has the precision of its own days and depends on no other. In which
 * order they are added, and so the last digit, follows from their place in the row. Days are cut
 * into blocks of the window's length, of which a window covers the end of one and the beginning of
 * the next (van Herk 1992; Gil &amp; Werman 1993, for maxima).
 */
public final class MovingSums {
  private MovingSums() {}

  /**
   * The sum of each stretch.
   *
   * @param values by day; NaN where missing
   * @param length of the window in days, 1 or more
   * @param days how many of the values count, from the first on
   * @return by the first day of the stretch: NaN where a day of it is missing, and where it reaches
   *     beyond the last that counts
   */
  public static double[] of(double[] values, int length, int days) {
    double[] sums = new double[days];
    for (int block = 0; block < days; block += length) {
      double toTheEnd = 0;
      for (int day = Math.min(block + length, days) - 1; day >= block; day--) {
        toTheEnd += values[day];
        sums[day] = toTheEnd;
      }
    }
    for (int block = length; block < days; block += length) {
      double fromTheStart = 0;
      int end = Math.min(block + length - 1, days);
      for (int last = block; last < end; last++) {
        fromTheStart += values[last];
        sums[last - length + 1] += fromTheStart;
      }
    }
    Arrays.fill(sums, Math.max(0, days - length + 1), days, Double.NaN);
    return sums;
  }
}
