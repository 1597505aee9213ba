package io.dealimpact.study.numeric;

import java.util.Arrays;

/** The rank of each value among itself and those before it. */
public final class RankSoFar {
  private RankSoFar() {}

  /**
   * Rank by size, 1 the largest; equal values share the best rank of them.
   *
   * @param values in order of time; NaN is not ranked and not counted
   * @return one rank for each value, 0 for NaN
   */
  public static long[] largestFirst(double[] values) {
    double[] sorted = Arrays.stream(values).filter(v -> !Double.isNaN(v)).sorted().toArray();
    long[] counts = new long[sorted.length + 1];
    long[] ranks = new long[values.length];
    long seen = 0;
    for (int i = 0; i < values.length; i++) {
      if (Double.isNaN(values[i])) {
        continue;
      }
      int place = lastIndexOf(sorted, values[i]);
      ranks[i] = 1 + seen - countUpTo(counts, place);
      add(counts, place);
      seen++;
    }
    return ranks;
  }

  /** Fenwick's tree: values seen at places up to and including {@code place}. */
  private static long countUpTo(long[] counts, int place) {
    long sum = 0;
    for (int i = place + 1; i > 0; i -= i & -i) {
      sum += counts[i];
    }
    return sum;
  }

  private static void add(long[] counts, int place) {
    for (int i = place + 1; i < counts.length; i += i & -i) {
      counts[i]++;
    }
  }

  private static int lastIndexOf(double[] sorted, double value) {
    int low = 0;
    int high = sorted.length - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (Double.compare(sorted[middle], value) <= 0) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }
}
