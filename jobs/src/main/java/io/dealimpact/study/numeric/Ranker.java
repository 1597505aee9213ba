package io.dealimpact.study.numeric;

import java.util.Arrays;

/**
 * Mid-ranks of one sample after another in the same memory: one sort gives the ranks, the median
 * and the sorted values. −0 ties with 0. Pinned by {@code RankerTest}.
 *
 * <p>Not safe for use by several threads.
 */
public final class Ranker {
  private double[] keys = new double[0];
  private int[] places = new int[0];
  private long[] codes = new long[0];
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

  /**
   * Sorts whole numbers that carry the leading bits of a value and its place, which needs no second
   * array to be moved along; an insertion pass puts right what the bits left out.
   */
  private void sort(double[] values) {
    int placeBits = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(count - 1, 1));
    long placeMask = (1L << placeBits) - 1;
    for (int i = 0; i < count; i++) {
      long bits = Double.doubleToRawLongBits(values[i]);
      long ascending = bits ^ ((bits >> 63) & Long.MAX_VALUE);
      codes[i] = (ascending & ~placeMask) | i;
    }
    Arrays.sort(codes, 0, count);
    for (int i = 0; i < count; i++) {
      int place = (int) (codes[i] & placeMask);
      double key = values[place];
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
}
