package io.dealimpact.capacity;

import java.util.Arrays;

/**
 * Percentiles of a sum of uncertain commitments, in whole quanta as {@link Tally}.
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

  /** Of the replicates, which are sorted in place; R ≥ 1. */
  static Percentiles of(long[] replicates) {
    Arrays.sort(replicates);
    return new Percentiles(
        replicates[rank(5, replicates.length)],
        replicates[rank(50, replicates.length)],
        replicates[rank(95, replicates.length)]);
  }

  private static int rank(int percent, int count) {
    return Math.toIntExact(((long) percent * count + 99) / 100 - 1);
  }
}
