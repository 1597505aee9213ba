package io.dealimpact.study.group;

import io.dealimpact.study.numeric.ExactSum;
import io.dealimpact.study.numeric.FixedSums;
import io.dealimpact.study.numeric.Hash;
import io.dealimpact.study.numeric.StateReader;
import io.dealimpact.study.numeric.StateWriter;
import java.util.Arrays;
import org.hipparchus.util.FastMath;

/**
 * The weighted sums of every bootstrap replicate and window. A weight is a function of (seed,
 * event, replicate) alone, so the replicates are the same on any partitioning (Chamandy,
 * Muralidharan, Najmi &amp; Naidu 2012); the Poisson(1) bootstrap stands for drawing N of N with
 * replacement, the Poisson(¼) for N/4 of N (Lyon, Barber &amp; Tsai 1999), and signs of ±1 for the
 * wild bootstrap. A permutation draws, for the date of an event, days of the estimation window in
 * the place of the event's: events on one date draw the same, so that their dependence stays.
 */
final class ReplicateSums {
  private static final int FIELDS = 6;
  private static final double[] POISSON_ONE = poisson(1);
  private static final double[] POISSON_QUARTER = poisson(0.25);

  private final int replicates;
  private final int windows;
  private final long seed;
  private FixedSums sums;
  private long[] weights;
  private FixedSums permuted;
  private final ExactSum[] standardized;
  private final long[] counted;

  ReplicateSums(int replicates, int windows, long seed) {
    this.replicates = replicates;
    this.windows = windows;
    this.seed = seed;
    sums = new FixedSums(replicates * windows * FIELDS);
    weights = new long[replicates * windows * 2];
    permuted = new FixedSums(replicates * windows);
    standardized = new ExactSum[windows];
    Arrays.setAll(standardized, w -> new ExactSum());
    counted = new long[windows];
  }

  void add(long event, double[] car, double[] bhar) {
    FixedSums.Term[] x = new FixedSums.Term[windows];
    FixedSums.Term[] x2 = new FixedSums.Term[windows];
    FixedSums.Term[][] y = new FixedSums.Term[3][windows];
    for (int w = 0; w < windows; w++) {
      if (Double.isFinite(car[w])) {
        x[w] = sums.term().set(car[w]);
        x2[w] = sums.term().set(car[w] * car[w]);
      }
      if (Double.isFinite(bhar[w])) {
        y[0][w] = sums.term().set(bhar[w]);
        y[1][w] = sums.term().set(bhar[w] * bhar[w]);
        y[2][w] = sums.term().set(bhar[w] * bhar[w] * bhar[w]);
      }
    }
    for (int b = 0; b < replicates; b++) {
      int one = draw(POISSON_ONE, Hash.uniform(Hash.draw(seed, event, b, 0)));
      int quarter = draw(POISSON_QUARTER, Hash.uniform(Hash.draw(seed, event, b, 1)));
      boolean plus = Hash.draw(seed, event, b, 2) < 0;
      for (int w = 0; w < windows; w++) {
        int i = b * windows + w;
        if (x[w] != null) {
          weights[2 * i] += one;
          x[w].addTo(i * FIELDS, one);
          x2[w].addTo(i * FIELDS + 1, one);
          if (plus) {
            x[w].addTo(i * FIELDS + 2, 1);
          } else {
            x[w].subtractFrom(i * FIELDS + 2);
          }
        }
        if (y[0][w] != null && quarter > 0) {
          weights[2 * i + 1] += quarter;
          for (int power = 0; power < 3; power++) {
            y[power][w].addTo(i * FIELDS + 3 + power, quarter);
          }
        }
      }
    }
  }

  /**
   * Adds an event to the permutations.
   *
   * @param date day 0
   * @param scar standardised CAR of each window; NaN where missing
   * @param placebo by window and start: standardised sums of as many successive residuals; NaN
   *     where one is missing
   */
  void permute(int date, double[] scar, double[][] placebo) {
    long drawn = Hash.mix(date);
    for (int w = 0; w < windows; w++) {
      double[] sample = placebo[w];
      if (!Double.isFinite(scar[w]) || Arrays.stream(sample).noneMatch(Double::isFinite)) {
        continue;
      }
      counted[w]++;
      standardized[w].add(scar[w]);
      for (int b = 0; b < replicates; b++) {
        int start = (int) (Hash.uniform(Hash.draw(seed, drawn, b, 3)) * sample.length);
        while (!Double.isFinite(sample[start])) {
          start = (start + 1) % sample.length;
        }
        permuted.term().set(sample[start]).addTo(b * windows + w, 1);
      }
    }
  }

  void merge(ReplicateSums other) {
    permuted.merge(other.permuted);
    for (int w = 0; w < windows; w++) {
      standardized[w].merge(other.standardized[w]);
      counted[w] += other.counted[w];
    }
    sums.merge(other.sums);
    for (int i = 0; i < weights.length; i++) {
      weights[i] += other.weights[i];
    }
  }

  int replicates() {
    return replicates;
  }

  boolean isOutOfRange() {
    return sums.isOutOfRange() || permuted.isOutOfRange();
  }

  /** Events in the permutations of a window. */
  long permutedEvents(int window) {
    return counted[window];
  }

  /** Σ SCAR of those events. */
  double standardized(int window) {
    return standardized[window].value();
  }

  /** Σ of standardised residuals of drawn days over those events. */
  double permuted(int replicate, int window) {
    return permuted.value(replicate * windows + window);
  }

  /** Σw, the size of the Poisson(1) resample. */
  long size(int replicate, int window) {
    return weights[2 * (replicate * windows + window)];
  }

  /** Σwx. */
  double sum(int replicate, int window) {
    return sums.value(field(replicate, window));
  }

  /** Σwx². */
  double squares(int replicate, int window) {
    return sums.value(field(replicate, window) + 1);
  }

  /** Σ±x. */
  double signed(int replicate, int window) {
    return sums.value(field(replicate, window) + 2);
  }

  /** Σw of the Poisson(¼) resample of BHARs. */
  long quarterSize(int replicate, int window) {
    return weights[2 * (replicate * windows + window) + 1];
  }

  /** Σwy, Σwy² or Σwy³ of the Poisson(¼) resample of BHARs. */
  double quarterPower(int replicate, int window, int power) {
    return sums.value(field(replicate, window) + 2 + power);
  }

  void write(StateWriter out) {
    sums.write(out);
    out.putLongs(weights);
    permuted.write(out);
    for (ExactSum sum : standardized) {
      sum.write(out);
    }
    out.putLongs(counted);
  }

  void read(StateReader in) {
    sums = FixedSums.read(in);
    weights = in.readLongs();
    permuted = FixedSums.read(in);
    for (int w = 0; w < windows; w++) {
      standardized[w] = ExactSum.read(in);
    }
    System.arraycopy(in.readLongs(), 0, counted, 0, windows);
  }

  private int field(int replicate, int window) {
    return (replicate * windows + window) * FIELDS;
  }

  private static int draw(double[] cumulative, double uniform) {
    int k = 0;
    while (k < cumulative.length && uniform >= cumulative[k]) {
      k++;
    }
    return k;
  }

  private static double[] poisson(double mean) {
    double[] cumulative = new double[20];
    double term = FastMath.exp(-mean);
    double sum = 0;
    for (int k = 0; k < cumulative.length; k++) {
      sum += term;
      cumulative[k] = sum;
      term *= mean / (k + 1);
    }
    return cumulative;
  }
}
