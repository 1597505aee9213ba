package io.dealimpact.study.group;

import io.dealimpact.study.numeric.Moments;
import java.util.Arrays;
import java.util.List;

/**
 * Tests whose null is simulated, B replicates of {@link ReplicateSums}; p = (1 + #)/(1 + B'), B'
 * the replicates with a variance, of which there must be half.
 *
 * <p><b>bootstrap</b>: t = √N·x̄/s; t* = (x̄* − x̄)/(s*∕√n*) of Poisson resamples; p = share of
 * |t*| ≥ |t| (Efron &amp; Tibshirani 1993, ch. 16; Hall 1992).
 *
 * <p><b>wild-bootstrap</b>: t* of CARs with random signs, the null imposed (Cameron, Gelbach &amp;
 * Miller 2008).
 *
 * <p><b>permutation</b>: N^−½·Σ SCAR against the same of days drawn from the estimation windows, Σ
 * of L successive residuals over s√(L·df/M); events on one date draw the same days, so that their
 * dependence is in the null. p = share of |·*| ≥ |·|; N ≥ 1. Random dates as in Brown &amp; Warner
 * 1985; Good 2005.
 *
 * <p><b>abhar-skewness-bootstrap</b>: t_sa = √n·(S + γS²/3 + γ/6n) of the BHARs, S = mean/sd, γ =
 * Σ(x − x̄)³/(n·s³); t_sa* of resamples of n/4 about the sample mean; p = twice the smaller tail
 * (Lyon, Barber &amp; Tsai 1999, eq. 5). N ≥ 8, so that a quarter is a sample.
 *
 * <p>Pinned by {@code ResamplingTest}.
 */
final class BootstrapTests {
  private static final int LEAST_FOR_QUARTER = 8;

  private final GroupSpec spec;
  private final int index;
  private final WindowSums sums;
  private final ReplicateSums replicates;

  BootstrapTests(GroupSpec spec, int index, WindowSums sums, ReplicateSums replicates) {
    this.spec = spec;
    this.index = index;
    this.sums = sums;
    this.replicates = replicates;
  }

  void addTo(List<TestResult> results, Inference inference) {
    double t =
        Math.sqrt((double) sums.car().count()) * sums.car().mean() / sums.car().standardDeviation();
    results.add(absolute("bootstrap", sums.car(), t, this::resampled, inference));
    results.add(absolute("wild-bootstrap", sums.car(), t, this::signed, inference));
    results.add(permutation(inference));
    results.add(abhar(inference));
  }

  /** The percentile-t interval: x̄ less the quantiles of t* times s/√N. */
  MeanInterval interval() {
    Moments car = sums.car();
    double low = Double.NaN;
    double high = Double.NaN;
    double[] simulated = simulate(this::resampled);
    int used = simulated.length;
    int tail = (int) Math.floor((1 - spec.confidence()) / 2 * (used + 1));
    if (tail >= 1 && 2 * used >= replicates.replicates() && car.standardDeviation() > 0) {
      double error = car.standardDeviation() / Math.sqrt((double) car.count());
      low = car.mean() - simulated[used - tail] * error;
      high = car.mean() - simulated[tail - 1] * error;
    }
    return new MeanInterval(
        spec.windows().get(index),
        car.count(),
        "percentile-t",
        car.mean(),
        low,
        high,
        spec.confidence());
  }

  private TestResult absolute(
      String test, Moments sample, double statistic, Replicate replicate, Inference inference) {
    TestResult trouble = trouble(test, sample, 2, inference);
    if (trouble != null) {
      return trouble;
    }
    double[] simulated = simulate(replicate);
    int beyond = 0;
    for (double value : simulated) {
      beyond += Math.abs(value) >= Math.abs(statistic) ? 1 : 0;
    }
    return row(test, sample.count(), statistic, simulated.length, beyond, inference);
  }

  private TestResult permutation(Inference inference) {
    String test = "permutation";
    long n = replicates.permutedEvents(index);
    if (replicates.replicates() == 0) {
      return inference.none(
          test, TestVariant.TEXTBOOK, n, TestStatus.NOT_REQUESTED, "replicates=0");
    }
    if (n < 1) {
      return inference.tooFew(test, TestVariant.TEXTBOOK, n, 1);
    }
    if (replicates.isOutOfRange()) {
      return inference.none(
          test, TestVariant.TEXTBOOK, n, TestStatus.OUT_OF_RANGE, "a value is above 2^24");
    }
    double sum = replicates.standardized(index);
    int beyond = 0;
    for (int b = 0; b < replicates.replicates(); b++) {
      beyond += Math.abs(replicates.permuted(b, index)) >= Math.abs(sum) ? 1 : 0;
    }
    return inference.row(
        test,
        TestVariant.TEXTBOOK,
        n,
        sum / Math.sqrt((double) n),
        Double.NaN,
        (1.0 + beyond) / (1 + replicates.replicates()));
  }

  private TestResult abhar(Inference inference) {
    String test = "abhar-skewness-bootstrap";
    Moments bhar = sums.bhar();
    TestResult trouble = trouble(test, bhar, LEAST_FOR_QUARTER, inference);
    if (trouble != null) {
      return trouble;
    }
    double statistic =
        skewnessAdjusted(
            (double) bhar.count(),
            bhar.mean() / bhar.standardDeviation(),
            bhar.skewnessOverSampleDeviation());
    double[] simulated = simulate(this::quarter);
    int below = 0;
    int above = 0;
    for (double value : simulated) {
      below += value <= statistic ? 1 : 0;
      above += value >= statistic ? 1 : 0;
    }
    int tail = Math.min(below, above);
    double p = Math.min(1, 2.0 * (1 + tail) / (1 + simulated.length));
    return 2 * simulated.length < replicates.replicates()
        ? unusable(test, bhar.count(), simulated.length, inference)
        : inference.row(test, TestVariant.TEXTBOOK, bhar.count(), statistic, Double.NaN, p);
  }

  private TestResult trouble(String test, Moments sample, int need, Inference inference) {
    long n = sample.count();
    if (replicates.replicates() == 0) {
      return inference.none(
          test, TestVariant.TEXTBOOK, n, TestStatus.NOT_REQUESTED, "replicates=0");
    }
    if (n < need) {
      return inference.tooFew(test, TestVariant.TEXTBOOK, n, need);
    }
    if (replicates.isOutOfRange()) {
      return inference.none(
          test,
          TestVariant.TEXTBOOK,
          n,
          TestStatus.OUT_OF_RANGE,
          "a return, its square or cube is above 2^24");
    }
    return sample.standardDeviation() > 0
        ? null
        : inference.noVariance(test, TestVariant.TEXTBOOK, n);
  }

  private TestResult row(
      String test, long n, double statistic, int used, int beyond, Inference inference) {
    return 2 * used < replicates.replicates()
        ? unusable(test, n, used, inference)
        : inference.row(
            test, TestVariant.TEXTBOOK, n, statistic, Double.NaN, (1.0 + beyond) / (1 + used));
  }

  private TestResult unusable(String test, long n, int used, Inference inference) {
    return inference.none(
        test,
        TestVariant.TEXTBOOK,
        n,
        TestStatus.TOO_FEW_EVENTS,
        "n=" + n + ": only " + used + " of " + replicates.replicates() + " replicates vary");
  }

  /** The replicates that have a variance, ascending. */
  private double[] simulate(Replicate replicate) {
    double[] values = new double[replicates.replicates()];
    int used = 0;
    for (int b = 0; b < values.length; b++) {
      double value = replicate.statistic(b);
      if (Double.isFinite(value)) {
        values[used++] = value;
      }
    }
    values = Arrays.copyOf(values, used);
    Arrays.sort(values);
    return values;
  }

  private double resampled(int b) {
    double n = replicates.size(b, index);
    double mean = replicates.sum(b, index) / n;
    double deviation = deviation(replicates.squares(b, index), mean, n);
    return Math.sqrt(n) * (mean - sums.car().mean()) / deviation;
  }

  private double signed(int b) {
    double n = sums.car().count();
    double mean = replicates.signed(b, index) / n;
    return Math.sqrt(n) * mean / deviation(sums.car().sumOfSquares(), mean, n);
  }

  private double quarter(int b) {
    double n = replicates.quarterSize(b, index);
    double mean = replicates.quarterPower(b, index, 1) / n;
    double squares = replicates.quarterPower(b, index, 2);
    double deviation = deviation(squares, mean, n);
    double third =
        replicates.quarterPower(b, index, 3) / n - 3 * mean * squares / n + 2 * mean * mean * mean;
    return skewnessAdjusted(
        n, (mean - sums.bhar().mean()) / deviation, third / (deviation * deviation * deviation));
  }

  private static double skewnessAdjusted(double n, double s, double skewness) {
    return Math.sqrt(n) * (s + skewness * s * s / 3 + skewness / (6 * n));
  }

  /** Deviation (n − 1); NaN where what is left of Σx² is rounding. */
  private static double deviation(double squares, double mean, double n) {
    double scatter = squares - n * mean * mean;
    return scatter > 1e-12 * squares ? Math.sqrt(scatter / (n - 1)) : Double.NaN;
  }

  /** The statistic of one replicate; NaN where it has no variance. */
  private interface Replicate {
    double statistic(int replicate);
  }
}
