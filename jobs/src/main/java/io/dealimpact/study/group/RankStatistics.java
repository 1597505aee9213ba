package io.dealimpact.study.group;

import io.dealimpact.study.market.EventWindow;
import io.dealimpact.study.numeric.ExactSum;
import io.dealimpact.study.numeric.Moments;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.hipparchus.distribution.discrete.BinomialDistribution;

/**
 * Rank and sign tests over estimation and event days together (T of them). n_t events have a return
 * on day t; K_it = rank_it/(T_i + 1) − ½ over the T_i days of event i, ties at mid-ranks.
 *
 * <table>
 * <caption>Statistics</caption>
 * <tr><th>test</th><th>statistic</th><th>null</th><th>reference</th></tr>
 * <tr><td>corrado-rank</td><td>√L·mean_t κ_t/S, κ_t = n_t^−½ Σ_i K_it, S² = T⁻¹ Σ κ_t²</td>
 *     <td>N(0,1)</td><td>Corrado 1989; Corrado &amp; Zivney 1992; Cowan 1992</td></tr>
 * <tr><td>corrado-zivney-sign</td><td>the same with sign(AR_it − median_i) for K_it</td>
 *     <td>N(0,1)</td><td>Corrado &amp; Zivney 1992</td></tr>
 * <tr><td>sign</td><td>(w − N/2)/√(N/4), w of N CARs positive, zeros left out</td>
 *     <td>N(0,1)</td><td>Brown &amp; Warner 1980</td></tr>
 * <tr><td>binomial-sign</td><td>w</td><td>exact binomial(N, ½), two-sided</td><td></td></tr>
 * <tr><td>generalized-sign</td><td>(w − Np̂)/√(Np̂(1−p̂)), p̂ the mean over events of their share of
 *     positive residuals</td><td>N(0,1)</td><td>Cowan 1992</td></tr>
 * </table>
 *
 * <p>No events, or no variance, give a status. Pinned by {@code RequestedOraclesTest} and {@code
 * LiteralsOracleTest}.
 */
final class RankStatistics {
  private static final TestVariant TEXTBOOK = TestVariant.TEXTBOOK;

  private final GroupSpec spec;
  private final EventWindow window;
  private final WindowMoments sums;
  private final RelativeDayState days;
  private final RelativeDayState windowRanks;

  /**
   * @param windowRanks of the estimation axis and the window alone; read for {@link
   *     TestVariant#ESTUDY2} only
   */
  RankStatistics(
      GroupSpec spec,
      EventWindow window,
      WindowMoments sums,
      RelativeDayState days,
      RelativeDayState windowRanks) {
    this.spec = spec;
    this.window = window;
    this.sums = sums;
    this.days = days;
    this.windowRanks = windowRanks;
  }

  void addTo(List<TestResult> results, Inference inference) {
    double[] ranks = byDay(day -> day.scaledRanks() / day.root());
    results.add(cowan(Statistic.CORRADO_RANK, TEXTBOOK, ranks, rootMeanSquare(ranks), inference));
    double[] signs = byDay(day -> day.signs() / day.root());
    results.add(
        cowan(Statistic.CORRADO_ZIVNEY_SIGN, TEXTBOOK, signs, rootMeanSquare(signs), inference));
    results.add(sign(inference));
    results.add(binomialSign(inference));
    results.add(generalizedSign(TEXTBOOK, days.meanPositiveShare(), inference));
    if (spec.wants(TestVariant.UNCORRECTED)) {
      double[] means = byDay(day -> day.scaledRanks() / day.rankCount());
      Moments moments = new Moments();
      for (double mean : means) {
        moments.add(mean);
      }
      results.add(
          cowan(
              Statistic.CORRADO_RANK,
              TestVariant.UNCORRECTED,
              means,
              moments.standardDeviation(),
              inference));
    }
    if (spec.wants(TestVariant.ESTUDY2)) {
      addEstudy2(results, inference);
    }
  }

  /** The statistic of every day of both axes, NaN on a day without returns. */
  private double[] byDay(ToDoubleFunction<RelativeDayState.Day> statistic) {
    return byDay(days, statistic);
  }

  private static double[] byDay(
      RelativeDayState days, ToDoubleFunction<RelativeDayState.Day> statistic) {
    double[] values = new double[days.length()];
    for (int t = 0; t < values.length; t++) {
      RelativeDayState.Day day = days.day(t);
      values[t] = day.rankCount() == 0 ? Double.NaN : statistic.applyAsDouble(day);
    }
    return values;
  }

  private static double rootMeanSquare(double[] values) {
    ExactSum squares = new ExactSum();
    int used = 0;
    for (double value : values) {
      if (!Double.isNaN(value)) {
        squares.add(value * value);
        used++;
      }
    }
    return Math.sqrt(squares.value() / used);
  }

  /** √L times the mean of the window's days over {@code scale}. */
  private TestResult cowan(
      Statistic test, TestVariant variant, double[] values, double scale, Inference inference) {
    int first = days.estimationDays() + window.start() - spec.eventAxis().start();
    return cowan(test, variant, days, first, values, scale, inference);
  }

  private TestResult cowan(
      Statistic test,
      TestVariant variant,
      RelativeDayState days,
      int first,
      double[] values,
      double scale,
      Inference inference) {
    long n = Long.MAX_VALUE;
    double sum = 0;
    for (int i = first; i < first + window.length(); i++) {
      n = Math.min(n, days.day(i).rankCount());
      sum += values[i];
    }
    if (n < 1) {
      return inference.tooFew(test, variant, n, 1);
    }
    if (!(scale > 0)) {
      return inference.noVariance(test, variant, n);
    }
    return inference.normal(test, variant, n, sum / Math.sqrt(window.length()) / scale);
  }

  private TestResult sign(Inference inference) {
    long n = sums.positive() + sums.negative();
    if (n < 1) {
      return inference.tooFew(Statistic.SIGN, TEXTBOOK, n, 1);
    }
    return inference.normal(
        Statistic.SIGN, TEXTBOOK, n, (sums.positive() - n / 2.0) / Math.sqrt(n / 4.0));
  }

  private TestResult binomialSign(Inference inference) {
    Statistic test = Statistic.BINOMIAL_SIGN;
    long n = sums.positive() + sums.negative();
    if (n < 1 || n > Integer.MAX_VALUE) {
      return inference.tooFew(test, TEXTBOOK, n, 1);
    }
    int less = (int) Math.min(sums.positive(), sums.negative());
    double p = 2 * new BinomialDistribution((int) n, 0.5).cumulativeProbability(less);
    return inference.row(test, TEXTBOOK, n, (double) sums.positive(), Double.NaN, Math.min(1, p));
  }

  private TestResult generalizedSign(TestVariant variant, double share, Inference inference) {
    Statistic test = Statistic.GENERALIZED_SIGN;
    long n = sums.car().count();
    if (n < 1) {
      return inference.tooFew(test, variant, n, 1);
    }
    double variance = n * share * (1 - share);
    if (!(variance > 0)) {
      return inference.none(
          test, variant, n, TestStatus.ZERO_VARIANCE, "n=" + n + " share positive=" + share);
    }
    return inference.normal(test, variant, n, (sums.positive() - n * share) / Math.sqrt(variance));
  }

  /**
   * estudy2: S² = Σ_t(·)²/T̄ with T̄ the mean of the T_i, and on each day a mean times all N
   * columns for a sum; ranks unscaled ({@code corrado-rank}, and for windows its car_rank_test,
   * about the mean of the events' mean ranks, over the estimation days and the window's alone) or
   * scaled ({@code modified-rank}); p̂ pooled over all residuals.
   */
  private void addEstudy2(List<TestResult> results, Inference inference) {
    TestVariant variant = TestVariant.ESTUDY2;
    results.add(generalizedSign(variant, days.pooledPositiveShare(), inference));
    if (window.length() > 1) {
      double[] ranks =
          byDay(windowRanks, day -> day.ranks() / day.rankCount() - windowRanks.meanRank());
      results.add(
          cowan(
              Statistic.CORRADO_RANK,
              variant,
              windowRanks,
              windowRanks.estimationDays(),
              ranks,
              overMeanDays(windowRanks, ranks),
              inference));
      return;
    }
    double columns = days.rankedEvents();
    double[] ranks = byDay(day -> day.centredRanks() / day.rankCount() * columns / day.rankCount());
    results.add(cowan(Statistic.CORRADO_RANK, variant, ranks, overMeanDays(ranks), inference));
    double[] scaled = byDay(day -> day.scaledRanks() / day.rankCount() * columns / day.root());
    results.add(cowan(Statistic.MODIFIED_RANK, variant, scaled, overMeanDays(scaled), inference));
    double[] signs = byDay(day -> (double) day.signs() / day.rankCount() * columns / day.root());
    results.add(
        cowan(Statistic.CORRADO_ZIVNEY_SIGN, variant, signs, overMeanDays(signs), inference));
  }

  private double overMeanDays(double[] values) {
    return overMeanDays(days, values);
  }

  private static double overMeanDays(RelativeDayState days, double[] values) {
    double squares = 0;
    for (double value : values) {
      squares += Double.isNaN(value) ? 0 : value * value;
    }
    return Math.sqrt(squares / days.meanRankedDays());
  }
}
