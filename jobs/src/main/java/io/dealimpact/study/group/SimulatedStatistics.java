package io.dealimpact.study.group;

import io.dealimpact.study.numeric.Moments;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * Tests whose null is simulated, B replicates of {@link Replicates} and {@link Permutations}; p =
 * (1 + #)/(1 + B'), B' the replicates with a variance, of which there must be half. A replicate
 * that equals the statistic but for rounding counts as equal: within 10⁻¹² of the sum of
 * magnitudes.
 *
 * <p><b>bootstrap</b>: t = √N·x̄/s; t* = (x̄* − x̄)/(s*∕√n*) of Poisson resamples; p = share of
 * |t*| ≥ |t| (Efron &amp; Tibshirani 1993, ch. 16; Hall 1992).
 *
 * <p><b>wild-bootstrap</b>: t* of CARs with random signs, the null imposed (Cameron, Gelbach &amp;
 * Miller 2008). Signs leave Σx² as it is, so that |t*| ≥ |t| is |Σ±x| ≥ |Σx|, which is compared. To
 * N = 12 all 2ᴺ signs are taken, p = #/2ᴺ: no p is below 2/2ᴺ, because the signs as they are and
 * all turned are among them.
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
final class SimulatedStatistics {
  private static final int LEAST_FOR_QUARTER = 8;
  private static final int ALL_SIGNS_TO = 12;

  /** Relative rounding of a sum of a few thousand numbers. */
  private static final double TIE = 1e-12;

  private final GroupSpec spec;
  private final int index;
  private final WindowMoments sums;
  private final EventValues values;
  private final Supplier<Replicates> replicates;
  private final Permutations permutations;

  SimulatedStatistics(
      GroupSpec spec,
      int index,
      WindowMoments sums,
      EventValues values,
      Supplier<Replicates> replicates,
      Permutations permutations) {
    this.spec = spec;
    this.index = index;
    this.sums = sums;
    this.values = values;
    this.replicates = replicates;
    this.permutations = permutations;
  }

  void addTo(List<TestResult> results, Inference inference) {
    double t =
        Math.sqrt((double) sums.car().count()) * sums.car().mean() / sums.car().standardDeviation();
    results.add(bootstrap(t, inference));
    results.add(wild(t, inference));
    results.add(permutation(inference));
    results.add(abhar(inference));
  }

  /** The percentile-t interval: x̄ less the quantiles of t* times s/√N. */
  MeanInterval interval() {
    Moments car = sums.car();
    double low = Double.NaN;
    double high = Double.NaN;
    double[] simulated = values.isOutOfRange() ? new double[0] : simulate(this::resampled);
    int used = simulated.length;
    int tail = (int) Math.floor((1 - spec.confidence()) / 2 * (used + 1));
    if (tail >= 1 && 2 * used >= spec.replicates() && car.standardDeviation() > 0) {
      double error = car.standardDeviation() / Math.sqrt((double) car.count());
      low = car.mean() - simulated[used - tail] * error;
      high = car.mean() - simulated[tail - 1] * error;
    }
    return new MeanInterval(
        spec.windows().get(index),
        car.count(),
        MeanInterval.Method.PERCENTILE_T,
        car.mean(),
        low,
        high,
        spec.confidence());
  }

  private TestResult bootstrap(double statistic, Inference inference) {
    Statistic test = Statistic.BOOTSTRAP;
    TestResult trouble = trouble(test, sums.car(), 2, inference);
    if (trouble != null) {
      return trouble;
    }
    double[] simulated = simulate(this::resampled);
    double least = Math.abs(statistic) * (1 - TIE);
    int beyond = 0;
    for (double value : simulated) {
      beyond += Math.abs(value) >= least ? 1 : 0;
    }
    long n = sums.car().count();
    return 2 * simulated.length < spec.replicates()
        ? unusable(test, n, simulated.length, inference)
        : inference.row(
            test,
            TestVariant.TEXTBOOK,
            n,
            statistic,
            Double.NaN,
            (1.0 + beyond) / (1 + simulated.length));
  }

  private TestResult wild(double statistic, Inference inference) {
    Statistic test = Statistic.WILD_BOOTSTRAP;
    TestResult trouble = trouble(test, sums.car(), 2, inference);
    if (trouble != null) {
      return trouble;
    }
    long n = sums.car().count();
    double p = values.isFull() ? wildOfBuckets() : wildOf(values.sorted(index));
    return inference.row(test, TestVariant.TEXTBOOK, n, statistic, Double.NaN, p);
  }

  private double wildOf(double[] cars) {
    double sum = 0;
    double magnitudes = 0;
    for (double car : cars) {
      sum += car;
      magnitudes += Math.abs(car);
    }
    double least = Math.abs(sum) - TIE * magnitudes;
    return cars.length <= ALL_SIGNS_TO ? shareOfAllSigns(cars, least) : drawnSigns(least);
  }

  /** Σ|x| is √(N·Σx²) at most, which is what a tie is measured by here. */
  private double wildOfBuckets() {
    double n = sums.car().count();
    double mean = sums.car().mean();
    double squares = sums.car().variance() * (n - 1) + n * mean * mean;
    return drawnSigns(Math.abs(n * mean) - TIE * Math.sqrt(n * squares));
  }

  /** The share of the 2ᴺ signs whose |Σ±x| is not below {@code least}. */
  private static double shareOfAllSigns(double[] cars, double least) {
    int all = 1 << cars.length;
    int beyond = 0;
    for (int signs = 0; signs < all; signs++) {
      double sum = 0;
      for (int i = 0; i < cars.length; i++) {
        sum += (signs >> i & 1) == 0 ? cars[i] : -cars[i];
      }
      beyond += Math.abs(sum) >= least ? 1 : 0;
    }
    return (double) beyond / all;
  }

  private double drawnSigns(double least) {
    Replicates drawn = replicates.get();
    int beyond = 0;
    for (int b = 0; b < drawn.replicates(); b++) {
      beyond += Math.abs(drawn.signed(b, index)) >= least ? 1 : 0;
    }
    return (1.0 + beyond) / (1 + drawn.replicates());
  }

  private TestResult permutation(Inference inference) {
    Statistic test = Statistic.PERMUTATION;
    long n = permutations.events(index);
    if (spec.replicates() == 0) {
      return inference.none(
          test, TestVariant.TEXTBOOK, n, TestStatus.NOT_REQUESTED, "replicates=0");
    }
    if (n < 1) {
      return inference.tooFew(test, TestVariant.TEXTBOOK, n, 1);
    }
    if (permutations.isOutOfRange()) {
      return inference.none(
          test, TestVariant.TEXTBOOK, n, TestStatus.OUT_OF_RANGE, "a value is above 2^24");
    }
    double sum = permutations.standardized(index);
    double least = Math.abs(sum) * (1 - TIE);
    int beyond = 0;
    for (int b = 0; b < permutations.replicates(); b++) {
      beyond += Math.abs(permutations.permuted(b, index)) >= least ? 1 : 0;
    }
    return inference.row(
        test,
        TestVariant.TEXTBOOK,
        n,
        sum / Math.sqrt((double) n),
        Double.NaN,
        (1.0 + beyond) / (1 + permutations.replicates()));
  }

  private TestResult abhar(Inference inference) {
    Statistic test = Statistic.ABHAR_SKEWNESS_BOOTSTRAP;
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
    return 2 * simulated.length < spec.replicates()
        ? unusable(test, bhar.count(), simulated.length, inference)
        : inference.row(test, TestVariant.TEXTBOOK, bhar.count(), statistic, Double.NaN, p);
  }

  private TestResult trouble(Statistic test, Moments sample, int need, Inference inference) {
    long n = sample.count();
    if (spec.replicates() == 0) {
      return inference.none(
          test, TestVariant.TEXTBOOK, n, TestStatus.NOT_REQUESTED, "replicates=0");
    }
    if (n < need) {
      return inference.tooFew(test, TestVariant.TEXTBOOK, n, need);
    }
    if (values.isOutOfRange()) {
      return inference.none(
          test,
          TestVariant.TEXTBOOK,
          n,
          TestStatus.OUT_OF_RANGE,
          "the square of a CAR or the cube of a BHAR is above 2^24");
    }
    double deviation = sample.standardDeviation();
    if (!Double.isFinite(deviation)) {
      return inference.none(
          test,
          TestVariant.TEXTBOOK,
          n,
          TestStatus.OUT_OF_RANGE,
          "a return is too large to be squared");
    }
    return deviation > 0 ? null : inference.noVariance(test, TestVariant.TEXTBOOK, n);
  }

  private TestResult unusable(Statistic test, long n, int used, Inference inference) {
    return inference.none(
        test,
        TestVariant.TEXTBOOK,
        n,
        TestStatus.TOO_FEW_EVENTS,
        "n=" + n + ": only " + used + " of " + spec.replicates() + " replicates vary");
  }

  /** The replicates that have a variance, ascending. */
  private double[] simulate(Replicate replicate) {
    Replicates drawn = replicates.get();
    double[] statistics = new double[drawn.replicates()];
    int used = 0;
    for (int b = 0; b < statistics.length; b++) {
      double value = replicate.statistic(drawn, b);
      if (Double.isFinite(value)) {
        statistics[used++] = value;
      }
    }
    statistics = Arrays.copyOf(statistics, used);
    Arrays.sort(statistics);
    return statistics;
  }

  private double resampled(Replicates drawn, int b) {
    double n = drawn.size(b, index);
    double mean = drawn.sum(b, index) / n;
    double deviation = deviation(drawn.squares(b, index), mean, n);
    return Math.sqrt(n) * (mean - sums.car().mean()) / deviation;
  }

  private double quarter(Replicates drawn, int b) {
    double n = drawn.quarterSize(b, index);
    double mean = drawn.quarterPower(b, index, 1) / n;
    double squares = drawn.quarterPower(b, index, 2);
    double deviation = deviation(squares, mean, n);
    double third =
        drawn.quarterPower(b, index, 3) / n - 3 * mean * squares / n + 2 * mean * mean * mean;
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
    double statistic(Replicates drawn, int replicate);
  }
}
