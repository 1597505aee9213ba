package io.dealimpact.study.event;

/**
 * Values in a row, kept in sorted blocks of 1, 2, 4, … of them (a merge sort that keeps its steps):
 * the first n are a few blocks. How many of them reach a value takes O(log²), for any n in any
 * order.
 */
final class SortedBlocks {
  /** [level][place]: blocks of 2^level values, each ascending. */
  private final double[][] sorted;

  SortedBlocks(double[] values) {
    int levels = 1;
    while (1 << (levels - 1) < values.length) {
      levels++;
    }
    sorted = new double[levels][];
    sorted[0] = values;
    for (int level = 1; level < levels; level++) {
      int half = 1 << (level - 1);
      double[] merged = new double[values.length];
      for (int from = 0; from < values.length; from += 2 * half) {
        int middle = Math.min(from + half, values.length);
        int end = Math.min(from + 2 * half, values.length);
        merge(sorted[level - 1], from, middle, end, merged);
      }
      sorted[level] = merged;
    }
  }

  private static void merge(double[] values, int from, int middle, int end, double[] merged) {
    int left = from;
    int right = middle;
    for (int at = from; at < end; at++) {
      boolean takeLeft = right == end || (left < middle && values[left] <= values[right]);
      merged[at] = takeLeft ? values[left++] : values[right++];
    }
  }

  /** The first n values. */
  Prefix first(int n) {
    return new Prefix(n);
  }

  /** The first values of the row. */
  final class Prefix {
    private final int n;

    private Prefix(int n) {
      this.n = n;
    }

    /** How many are at least a value. */
    int atLeast(double value) {
      int count = 0;
      int from = 0;
      for (int level = sorted.length - 1; level >= 0; level--) {
        int size = 1 << level;
        if ((n & size) != 0) {
          count += from + size - firstAtLeast(sorted[level], from, from + size, value);
          from += size;
        }
      }
      return count;
    }
  }

  private static int firstAtLeast(double[] values, int from, int to, double value) {
    int low = from;
    int high = to;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (values[middle] >= value) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
