package io.dealimpact.study.numeric;

import java.util.Arrays;

/**
 * Mid-ranks of one sample after another in the same memory: one sort gives the ranks, the median
 * and the sorted values. −0 ties with 0. Pinned by {@code RankerTest}.
 *
 * <p>Not safe for use by several threads.
 */
public final class Ranker {
  /** A row of so many is put in order by about a quarter of the square of exchanges. */
  private static final int MOST_TOGETHER = 24;

  private double[] keys = new double[0];
  private int[] places = new int[0];
  private long[] codes = new long[0];
  private int[] buckets = new int[0];
  private int[] starts = new int[0];
  private int[] doubled = new int[0];
  private int count;

  /**
   * Ranks a sample.
   *
   * @param values without NaN among the first {@code size}; stays as it is
   * @param size how many of them are the sample
   */
  public void rank(double[] values, int size) {
    count = size;
    if (keys.length < size) {
      keys = new double[size];
      places = new int[size];
      codes = new long[size];
      buckets = new int[size];
      starts = new int[size + 2];
      doubled = new int[size];
    }
    sort(values);
    int from = 0;
    while (from < size) {
      int to = from + 1;
      while (to < size && keys[to] == keys[from]) {
        to++;
      }
      for (int i = from; i < to; i++) {
        doubled[places[i]] = from + to + 1;
      }
      from = to;
    }
  }

  /** Twice the mid-rank of the sample's i-th value: the smallest of five has 2, the median 6. */
  public int doubled(int i) {
    return doubled[i];
  }

  /** The middle value, or the mean of the two in the middle; NaN of no values. */
  public double median() {
    if (count == 0) {
      return Double.NaN;
    }
    int half = count / 2;
    return count % 2 == 1 ? keys[half] : (keys[half - 1] + keys[half]) / 2;
  }

  /** The sample in ascending order. */
  public double[] sorted() {
    return Arrays.copyOf(keys, count);
  }

  /** Puts the values in order, with their places. */
  private void sort(double[] values) {
    if (!placeByBuckets(values)) {
      placeByCodes(values);
    }
    // What stands near its place is put there.
    for (int i = 1; i < count; i++) {
      double key = keys[i];
      int place = places[i];
      int j = i - 1;
      while (j >= 0 && keys[j] > key) {
        keys[j + 1] = keys[j];
        places[j + 1] = places[j];
        j--;
      }
      keys[j + 1] = key;
      places[j + 1] = place;
    }
  }

  /**
   * Places each value by how far it lies between the least and the largest, which takes a pass and
   * no comparisons where the values are spread as returns are.
   *
   * @return false, and nothing is placed, where many come to lie together
   */
  private boolean placeByBuckets(double[] values) {
    double least = Double.POSITIVE_INFINITY;
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      double value = values[i];
      least = value < least ? value : least;
      largest = value > largest ? value : largest;
    }
    double scale = count / (largest - least);
    if (!(scale > 0) || scale > Double.MAX_VALUE) {
      return false;
    }
    Arrays.fill(starts, 0, count + 2, 0);
    int most = 0;
    for (int i = 0; i < count; i++) {
      int bucket = (int) ((values[i] - least) * scale);
      buckets[i] = bucket;
      most = Math.max(most, ++starts[bucket + 1]);
    }
    if (most > MOST_TOGETHER) {
      return false;
    }
    for (int bucket = 0; bucket <= count; bucket++) {
      starts[bucket + 1] += starts[bucket];
    }
    for (int i = 0; i < count; i++) {
      int at = starts[buckets[i]]++;
      keys[at] = values[i];
      places[at] = i;
    }
    return true;
  }

  /**
   * Sorts whole numbers that carry the leading bits of a value and its place, which needs no second
   * array to be moved along.
   */
  private void placeByCodes(double[] values) {
    int placeBits = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(count - 1, 1));
    long placeMask = (1L << placeBits) - 1;
    for (int i = 0; i < count; i++) {
      long bits = Double.doubleToRawLongBits(values[i]);
      long ascending = bits ^ ((bits >> 63) & Long.MAX_VALUE);
      codes[i] = (ascending & ~placeMask) | i;
    }
    Arrays.sort(codes, 0, count);
    for (int i = 0; i < count; i++) {
      places[i] = (int) (codes[i] & placeMask);
      keys[i] = values[places[i]];
    }
  }
}
