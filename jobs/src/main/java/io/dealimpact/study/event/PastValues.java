package io.dealimpact.study.event;

import io.dealimpact.study.numeric.Vectors;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/**
 * Values in a row, known or worked out when they are first asked for: how many of a stretch reach
 * one, and the k-th smallest. A few questions are answered by going through the stretch; for many
 * the values are sorted in blocks once ({@link SortedBlocks}). The answers are the same.
 */
final class PastValues {
  /** Questions up to which sorting costs more than it saves: the binary logarithm of a row. */
  private static final int FEW = 12;

  private final IntToDoubleFunction value;

  /** NaN until it is known, and where a value is NaN. */
  private final double[] known;

  private final boolean areMany;
  private SortedBlocks sorted;

  /**
   * Values that are known.
   *
   * @param values by place; not copied
   * @param questions about as many as will be asked
   */
  PastValues(double[] values, int questions) {
    value = place -> Double.NaN;
    known = values;
    areMany = questions > FEW;
  }

  /**
   * Values that are worked out.
   *
   * @param length of the row
   * @param value at a place
   * @param questions about as many as will be asked
   */
  PastValues(int length, IntToDoubleFunction value, int questions) {
    this.value = value;
    known = Vectors.missing(length);
    areMany = questions > FEW;
  }

  /** The value at a place. */
  double at(int place) {
    if (Double.isNaN(known[place])) {
      known[place] = value.applyAsDouble(place);
    }
    return known[place];
  }

  /** How many of those from a place to before another are at least a value. */
  int atLeast(double least, int from, int to) {
    if (areMany) {
      return sorted().first(to).atLeast(least) - sorted().first(from).atLeast(least);
    }
    int count = 0;
    for (int place = from; place < to; place++) {
      count += at(place) >= least ? 1 : 0;
    }
    return count;
  }

  /**
   * The k-th smallest of those from a place to before another.
   *
   * @param k from 1 to their number
   */
  double smallest(int k, int from, int to) {
    int above = to - from - k + 1;
    return above <= (to - from) / 8 ? lastOfLargest(above, from, to) : ascending(from, to)[k - 1];
  }

  private double[] ascending(int from, int to) {
    double[] values = new double[to - from];
    for (int i = 0; i < values.length; i++) {
      values[i] = at(from + i);
    }
    Arrays.sort(values);
    return values;
  }

  /** The last of the so many largest: all others are compared with it and no more. */
  private double lastOfLargest(int many, int from, int to) {
    double[] largest = new double[many];
    int held = 0;
    for (int place = from; place < to; place++) {
      double next = at(place);
      if (held == many && Double.compare(next, largest[0]) <= 0) {
        continue;
      }
      // Ascending; the first makes room where all places are taken.
      int low = held == many ? 1 : 0;
      int at = Arrays.binarySearch(largest, low, held, next);
      int insert = at >= 0 ? at : -1 - at;
      if (held == many) {
        System.arraycopy(largest, 1, largest, 0, insert - 1);
        largest[insert - 1] = next;
      } else {
        System.arraycopy(largest, insert, largest, insert + 1, held - insert);
        largest[insert] = next;
        held++;
      }
    }
    return largest[0];
  }

  private SortedBlocks sorted() {
    if (sorted == null) {
      double[] values = new double[known.length];
      for (int place = 0; place < values.length; place++) {
        values[place] = at(place);
      }
      sorted = new SortedBlocks(values);
    }
    return sorted;
  }
}
