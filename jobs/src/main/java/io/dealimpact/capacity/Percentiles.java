package io.dealimpact.capacity;

/**
 * Percentiles of a sum of uncertain commitments, in whole quanta as {@link ExactRangeSum}.
 *
 * <p>Nearest rank: of the R replicates in order, the ⌈p·R⌉-th, so each is a sum that was drawn and
 * no interpolation can differ. Percentiles do not add up: those of a total are narrower than the
 * total of those of its parts.
 *
 * @param p05 exceeded by 95 % of the replicates
 * @param p50 median
 * @param p95 exceeded by 5 % of them
 */
public record Percentiles(long p05, long p50, long p95) {

  /** Percentiles of the replicates, whose order is changed; R ≥ 1. */
  static Percentiles of(long[] replicates) {
    int last = replicates.length - 1;
    int lower = rank(5, replicates.length);
    int middle = rank(50, replicates.length);
    int upper = rank(95, replicates.length);
    select(replicates, 0, last, middle);
    select(replicates, 0, middle, lower);
    select(replicates, middle, last, upper);
    return new Percentiles(replicates[lower], replicates[middle], replicates[upper]);
  }

  private static int rank(int percent, int count) {
    return Math.toIntExact(((long) percent * count + 99) / 100 - 1);
  }

  /**
   * Puts the value of the rank in its place, none larger before it and none smaller after it,
   * within [from, to] (Hoare's selection; three of them are several times faster than sorting).
   */
  private static void select(long[] values, int from, int to, int rank) {
    int left = from;
    int right = to;
    while (left < right) {
      long pivot = values[(left + right) >>> 1];
      int i = left;
      int j = right;
      while (i <= j) {
        while (values[i] < pivot) {
          i++;
        }
        while (values[j] > pivot) {
          j--;
        }
        if (i <= j) {
          long swapped = values[i];
          values[i] = values[j];
          values[j] = swapped;
          i++;
          j--;
        }
      }
      if (rank <= j) {
        right = j;
      } else if (rank >= i) {
        left = i;
      } else {
        return;
      }
    }
  }
}
