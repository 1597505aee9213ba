package io.dealimpact.study.group;

import io.dealimpact.study.numeric.ExactSum;
import io.dealimpact.study.numeric.FixedPointSums;
import io.dealimpact.study.numeric.Hash;
import io.dealimpact.study.numeric.StateReader;
import io.dealimpact.study.numeric.StateWriter;
import java.util.Arrays;

/**
 * The sums of every permutation and window. A permutation draws, for the date of an event, days of
 * the estimation window in the place of the event's: events on one date draw the same, so that
 * their dependence stays. A draw is a function of (seed, date, replicate) alone, so the
 * permutations are the same on any partitioning.
 */
final class Permutations {
  private final int replicates;
  private final int windows;
  private final long seed;
  private FixedPointSums permuted;
  private final ExactSum[] standardized;
  private final long[] counted;
  private final double[] uniform;
  private long drawnFor;

  Permutations(int replicates, int windows, long seed) {
    this.replicates = replicates;
    this.windows = windows;
    this.seed = seed;
    permuted = new FixedPointSums(replicates * windows);
    standardized = new ExactSum[windows];
    Arrays.setAll(standardized, w -> new ExactSum());
    counted = new long[windows];
    uniform = new double[replicates];
    drawnFor = Long.MIN_VALUE;
  }

  /**
   * Adds an event.
   *
   * @param date day 0
   * @param scar standardised CAR of each window; NaN where missing
   * @param placebo by window and start: standardised sums of as many successive residuals; NaN
   *     where one is missing
   */
  void add(int date, double[] scar, double[][] placebo) {
    draw(date);
    for (int w = 0; w < windows; w++) {
      double[] sample = placebo[w];
      if (!Double.isFinite(scar[w]) || Arrays.stream(sample).noneMatch(Double::isFinite)) {
        continue;
      }
      counted[w]++;
      standardized[w].add(scar[w]);
      FixedPointSums.Terms terms = new FixedPointSums.Terms(sample);
      int[] present = present(sample);
      int first = w * replicates;
      for (int b = 0; b < replicates; b++) {
        permuted.add(first + b, terms, present[(int) (uniform[b] * sample.length)]);
      }
    }
  }

  /**
   * The next place that has a value, for each place: itself or a later one, and the first after the
   * last.
   *
   * @param sample NaN where missing; at least one is not
   */
  private static int[] present(double[] sample) {
    int[] present = new int[sample.length];
    int next = 0;
    while (!Double.isFinite(sample[next])) {
      next++;
    }
    for (int i = sample.length - 1; i >= 0; i--) {
      next = Double.isFinite(sample[i]) ? i : next;
      present[i] = next;
    }
    return present;
  }

  /** The draws of a date, kept for the next event on it. */
  private void draw(int date) {
    if (drawnFor != date) {
      long key = Hash.key(seed, Hash.mix(date));
      for (int b = 0; b < replicates; b++) {
        uniform[b] = Hash.uniform(Hash.draw(key, b, 3));
      }
      drawnFor = date;
    }
  }

  void merge(Permutations other) {
    permuted.merge(other.permuted);
    for (int w = 0; w < windows; w++) {
      standardized[w].merge(other.standardized[w]);
      counted[w] += other.counted[w];
    }
  }

  int replicates() {
    return replicates;
  }

  boolean isOutOfRange() {
    return permuted.isOutOfRange();
  }

  /** Events in the permutations of a window. */
  long events(int window) {
    return counted[window];
  }

  /** Σ SCAR of those events. */
  double standardized(int window) {
    return standardized[window].value();
  }

  /** Σ of standardised residuals of drawn days over those events. */
  double permuted(int replicate, int window) {
    return permuted.value(window * replicates + replicate);
  }

  void write(StateWriter out) {
    permuted.write(out);
    for (ExactSum sum : standardized) {
      sum.write(out);
    }
    out.putLongs(counted);
  }

  void read(StateReader in) {
    permuted = FixedPointSums.read(in);
    for (int w = 0; w < windows; w++) {
      standardized[w] = ExactSum.read(in);
    }
    System.arraycopy(in.readLongs(), 0, counted, 0, windows);
  }
}
