package io.dealimpact.study.numeric;

import java.util.Arrays;

/** Mid-ranks. */
public final class Ranks {
  private Ranks() {}

  /**
   * Twice the mid-rank, so that ties stay integers: the smallest of five is 2, the median 6.
   *
   * @param values without NaN
   */
  public static long[] doubled(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    long[] ranks = new long[values.length];
    for (int i = 0; i < values.length; i++) {
      ranks[i] = doubledRank(sorted, values[i]);
    }
    return ranks;
  }

  /** Twice the mid-rank of a value that is one of the sorted ones. */
  public static long doubledRank(double[] sorted, double value) {
    return below(sorted, value) + (long) notAbove(sorted, value) + 1;
  }

  public static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    return n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
  }

  /** How many are smaller; −0 counts as 0. */
  public static int below(double[] sorted, double value) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** How many are not larger. */
  public static int notAbove(double[] sorted, double value) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] <= value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
