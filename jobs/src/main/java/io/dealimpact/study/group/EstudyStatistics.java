package io.dealimpact.study.group;

import io.dealimpact.study.event.MarketDays;
import io.dealimpact.study.event.Residuals;
import io.dealimpact.study.market.EventWindow;
import io.dealimpact.study.numeric.Moments;
import io.dealimpact.study.numeric.Ranks;
import java.util.Arrays;
import java.util.List;

/**
 * The tests of Stata's {@code estudy} (Pacicco, Vena &amp; Venegoni 2018, 2021; version 2.1), after
 * its source.
 *
 * <p>Symbols: m_i residuals of event i, v_i their variance over m_i − 1, whatever the model
 * estimates; f the number of its indexes (1 for mean- and market-adjusted); C_i the variance of a
 * CAR over L days: v(L + L²/m + (Σ_d(R_m,d − R̄_m))²/((n/(n−1))·SS)) under a market model, with
 * R̄_m and SS of all n days of the estimation window, the firm's or not; vL(1 + L/m) mean-adjusted;
 * vL otherwise, without the error of the estimate. SCAR = CAR/√C; r̄ pair by pair over the
 * residuals.
 *
 * <table>
 * <caption>Statistics</caption>
 * <tr><th>test (its option)</th><th>statistic</th><th>null</th></tr>
 * <tr><td>brown-warner-1980 (Norm)</td><td>Σ_d ln(mean_i e^AR)/√(ΣC/N²) (MacKinlay 1997, eq. 18)
 *     </td><td>t(T − f − 1), T estimation days</td></tr>
 * <tr><td>patell, adjusted-patell (ADJPatell)</td><td>ΣSCAR/√Σ(m−f−1)/(m−f−3), over √(1+(N−1)r̄);
 *     f as 1 for all but multi-factor models</td><td>N(0,1)</td></tr>
 * <tr><td>bmp, adjusted-bmp (KP)</td><td>√N·mean/sd of SCAR, times √((1−r̄)/(1+(N−1)r̄))</td>
 *     <td>N(0,1)</td></tr>
 * <tr><td>grank-t (GRANK)</td><td>ranks of AR/√v and of SCAR/sd over T + 1; mean squares over T days
 *     with day 0; t = Z√((T−2)/(T−1−Z²))</td><td>t(T−2)</td></tr>
 * </table>
 *
 * <p>Not reproduced: its Wilcoxon, which ranks each CAR among its own firm's residuals; a window
 * with a day missing, which it shortens and we leave out; single precision, which its abnormal
 * returns have. Events without variance are left out. Pinned by {@code EstudyStataTest}, output of
 * Stata 18.
 */
final class EstudyStatistics {
  private static final TestVariant VARIANT = TestVariant.ESTUDY;
  private static final List<Statistic> TESTS =
      List.of(
          Statistic.BROWN_WARNER_1980,
          Statistic.PATELL,
          Statistic.ADJUSTED_PATELL,
          Statistic.BMP,
          Statistic.ADJUSTED_BMP,
          Statistic.GRANK_T);

  private final GroupSpec spec;
  private final RetainedEvents whole;
  private final List<Scaled> events;
  private final double correlation;

  EstudyStatistics(GroupSpec spec, RetainedEvents whole) {
    this.spec = spec;
    this.whole = whole;
    events = whole.sorted().stream().map(Scaled::of).filter(Scaled::isUsable).toList();
    correlation = PairwiseCorrelation.mean(events.stream().map(e -> e.event.residuals()).toList());
  }

  /** One event with what its windows share. */
  private record Scaled(RetainedEvents.Event event, Residuals residuals) {
    static Scaled of(RetainedEvents.Event event) {
      return new Scaled(event, Residuals.of(event.residuals()));
    }

    int indexes() {
      return Math.max(1, event.columns() - 1);
    }

    boolean isUsable() {
      return residuals.count() > indexes() + 3 && residuals.deviation() > Residuals.LEAST_SIGMA;
    }

    double patellScale() {
      double m = residuals.count();
      return (m - indexes() - 1) / (m - indexes() - 3);
    }

    double carVariance(int first, int length) {
      double m = residuals.count();
      double l = length;
      double v = residuals.deviation() * residuals.deviation();
      if (event.columns() == 1) {
        return v * l * (1 + l / m);
      }
      if (event.columns() != 2) {
        return v * l;
      }
      MarketDays market = event.market();
      double n = market.wholeDays();
      double distance = 0;
      for (int t = first; t < first + length; t++) {
        distance += market.returns()[t] - market.wholeMean();
      }
      return v * (l + l * l / m + distance * distance * (n - 1) / (n * market.wholeScatter()));
    }

    double scar(int first, int length) {
      return event.car(first, length) / Math.sqrt(carVariance(first, length));
    }
  }

  void addTo(List<TestResult> results, EventWindow window) {
    Inference inference = new Inference(window);
    int first = window.start() - spec.eventAxis().start();
    int length = window.length();
    List<Scaled> in = events.stream().filter(e -> e.event.covers(first, length)).toList();
    if (whole.isFull() || in.size() < 2) {
      for (Statistic test : TESTS) {
        results.add(
            whole.isFull()
                ? whole.tooMany(test, VARIANT, inference)
                : inference.tooFew(test, VARIANT, in.size(), 2));
      }
      return;
    }
    int n = in.size();
    Moments scars = new Moments();
    double variance = 0;
    double scale = 0;
    for (Scaled event : in) {
      scars.add(event.scar(first, length));
      variance += event.carVariance(first, length);
      scale += event.patellScale();
    }
    results.add(
        inference.student(
            Statistic.BROWN_WARNER_1980,
            VARIANT,
            n,
            logAverage(in, first, length) / (Math.sqrt(variance) / n),
            estimationDays(in) - in.get(0).indexes() - 1.0));
    double patell = n * scars.mean() / Math.sqrt(scale);
    double inflation = 1 + (n - 1) * correlation;
    results.add(inference.normal(Statistic.PATELL, VARIANT, n, patell));
    results.add(
        inflation > 0
            ? inference.normal(Statistic.ADJUSTED_PATELL, VARIANT, n, patell / Math.sqrt(inflation))
            : inference.noCorrelation(Statistic.ADJUSTED_PATELL, VARIANT, n));
    double deviation = scars.standardDeviation();
    if (!(deviation > 0)) {
      for (Statistic test : List.of(Statistic.BMP, Statistic.ADJUSTED_BMP, Statistic.GRANK_T)) {
        results.add(inference.noVariance(test, VARIANT, n));
      }
      return;
    }
    double bmp = Math.sqrt((double) n) * scars.mean() / deviation;
    results.add(inference.normal(Statistic.BMP, VARIANT, n, bmp));
    results.add(
        inflation > 0
            ? inference.normal(
                Statistic.ADJUSTED_BMP, VARIANT, n, bmp * Math.sqrt((1 - correlation) / inflation))
            : inference.noCorrelation(Statistic.ADJUSTED_BMP, VARIANT, n));
    results.add(grank(in, first, length, deviation, inference));
  }

  /** Σ_d ln(mean_i e^AR): the average of returns in logarithms, and Jensen's for others. */
  private static double logAverage(List<Scaled> in, int first, int length) {
    double total = 0;
    for (int t = first; t < first + length; t++) {
      double sum = 0;
      for (Scaled event : in) {
        sum += Math.exp(event.event.abnormal()[t]);
      }
      total += Math.log(sum / in.size());
    }
    return total;
  }

  private static int estimationDays(List<Scaled> in) {
    int days = 0;
    for (int t = 0; t < in.get(0).event.residuals().length; t++) {
      int day = t;
      days += in.stream().anyMatch(e -> !Double.isNaN(e.event.residuals()[day])) ? 1 : 0;
    }
    return days;
  }

  private static TestResult grank(
      List<Scaled> in, int first, int length, double deviation, Inference inference) {
    int days = in.get(0).event.residuals().length;
    double[] sums = new double[days + 1];
    int[] counts = new int[days + 1];
    for (Scaled event : in) {
      double[] values = Arrays.copyOf(event.event.residuals(), days + 1);
      for (int t = 0; t < days; t++) {
        values[t] /= event.residuals.deviation();
      }
      values[days] = event.scar(first, length) / deviation;
      long[] ranks = Ranks.doubled(Arrays.stream(values).filter(x -> !Double.isNaN(x)).toArray());
      int next = 0;
      for (int t = 0; t <= days; t++) {
        if (!Double.isNaN(values[t])) {
          sums[t] += ranks[next++] / 2.0 / (days + 1) - 0.5;
          counts[t]++;
        }
      }
    }
    double squares = 0;
    for (int t = 0; t <= days; t++) {
      if (counts[t] > 0) {
        squares += sums[t] * sums[t] / counts[t] / in.size();
      }
    }
    double z = sums[days] / counts[days] / Math.sqrt(squares / days);
    double left = days - 1 - z * z;
    return left > 0
        ? inference.student(
            Statistic.GRANK_T, VARIANT, in.size(), z * Math.sqrt((days - 2) / left), days - 2.0)
        : inference.none(
            Statistic.GRANK_T,
            VARIANT,
            in.size(),
            TestStatus.NOT_DEFINED,
            "days=" + days + " z=" + z);
  }
}
