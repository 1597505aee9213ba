package io.dealimpact.study.group;

import io.dealimpact.study.event.MarketDays;
import io.dealimpact.study.event.Residuals;
import io.dealimpact.study.market.EventWindow;
import io.dealimpact.study.numeric.Moments;
import io.dealimpact.study.numeric.Ranks;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * The tests of Stata's {@code eventstudy2} (T. Kaspereit, versions 3.0 to 3.2), formula by formula
 * after its Mata source. A window of one day is a row of its file of AARs, ranked over the
 * estimation and the whole event axis; a longer one is a row of its file of CARs, ranked over the
 * estimation axis and the window.
 *
 * <p>Symbols: f factors besides the market; T_i residuals of event i, M days of the estimation
 * axis; s_i² = Σe²/(T_i − 2 − f) about zero; F_it Stata's {@code stdf}, s_i√(1 + h_t)
 * (market-adjusted: √(Σe²/T_i)); V_it = AR_it/√(s_i·F_it), which is AR/(s·C^¼) where Patell has
 * C^½; W_i = Σ_{d=1..L} V_id/√d, where Patell has ΣV/√L; r̄ pair by pair over V of the estimation
 * days; A = √((1 − r̄)/(1 + (N−1)r̄)).
 *
 * <table>
 * <caption>Statistics</caption>
 * <tr><th>test (its column)</th><th>one day</th><th>window</th><th>null</th></tr>
 * <tr><td>brown-warner-1980 (t_test)</td><td>ΣAR/√ΣF²</td><td>ΣCAR/√Σs_i²(L + L/N + (Σ_d(R_m,d −
 *     dR̄_m))²/SS); without a market L alone</td><td>t(M−2−f)</td></tr>
 * <tr><td>cda-t (CDA)</td><td>AAR/√v, v = Σ(AAR_t − mean)²/(M−2−f)</td><td>CAAR/√(Lv)</td>
 *     <td>t(M−2−f)</td></tr>
 * <tr><td>patell, adjusted-patell</td><td>ΣV/√Σ(T_i−2−f)/(T_i−4−f), times A</td><td>W for V</td>
 *     <td>N(0,1)</td></tr>
 * <tr><td>bmp, adjusted-bmp (Boehmer, Kolari)</td><td>√N·mean(V)/sd(V), times A</td><td>W for V</td>
 *     <td>t(M−2−f)</td></tr>
 * <tr><td>corrado-rank</td><td>K̄_t/√(Σ K̄²/T)</td><td>√L times the mean</td><td>N(0,1)</td></tr>
 * <tr><td>corrado-zivney-rank</td><td>the same of ranks/(T_i + 1) − ½, √N_t times the mean, event
 *     days divided by the deviation of AR/s over events</td><td>the mean itself</td>
 *     <td>N(0,1)</td></tr>
 * <tr><td>generalized-sign</td><td>w counts AR ≥ 0, p̂ over all residuals</td><td>CAR ≥ 0</td>
 *     <td>N(0,1)</td></tr>
 * <tr><td>wilcoxon</td><td>Σ of the ranks of |AR| where AR ≥ 0, no correction for ties</td>
 *     <td>of all L·N ARs</td><td>N(0,1)</td></tr>
 * <tr><td>grank-t</td><td>–</td><td>W·A/(sd(W)/√N) ranked among e/s; S without day 0</td>
 *     <td>t(T−2)</td></tr>
 * </table>
 *
 * <p>Not reproduced: GARCH and BHAR; the order its sort gives to ties (ours have mid-ranks). Events
 * without variance or with T_i ≤ 4 + f are left out; those with a day missing are left out of the
 * window. R_m is that of {@link MarketDays}. Pinned by {@code RaggedTest}.
 */
final class EventStudy2Statistics {
  private static final TestVariant VARIANT = TestVariant.EVENTSTUDY2;

  private static final List<Statistic> DAY =
      List.of(
          Statistic.BROWN_WARNER_1980,
          Statistic.CDA_T,
          Statistic.PATELL,
          Statistic.ADJUSTED_PATELL,
          Statistic.BMP,
          Statistic.ADJUSTED_BMP,
          Statistic.CORRADO_RANK,
          Statistic.CORRADO_ZIVNEY_RANK,
          Statistic.GENERALIZED_SIGN,
          Statistic.WILCOXON);

  private final GroupSpec spec;
  private final RetainedEvents whole;
  private final List<Scaled> events;
  private final int estimationDays;
  private final double factor;
  private final int factors;

  EventStudy2Statistics(GroupSpec spec, RetainedEvents whole) {
    this.spec = spec;
    this.whole = whole;
    estimationDays = spec.estimationAxis().length();
    events = whole.sorted().stream().map(Scaled::of).filter(Scaled::isUsable).toList();
    factors = events.isEmpty() ? 0 : events.get(0).factors;
    double r = PairwiseCorrelation.mean(events.stream().map(Scaled::weightedResiduals).toList());
    factor = Math.sqrt((1 - r) / (1 + (events.size() - 1) * r));
  }

  /** One event with what its day statistics share. */
  private record Scaled(RetainedEvents.Event event, int count, int factors, double s) {
    static Scaled of(RetainedEvents.Event event) {
      int count = 0;
      double squares = 0;
      for (double e : event.residuals()) {
        if (!Double.isNaN(e)) {
          count++;
          squares += e * e;
        }
      }
      int factors = Math.max(0, event.columns() - 2);
      return new Scaled(event, count, factors, Math.sqrt(squares / (count - 2 - factors)));
    }

    boolean isUsable() {
      return count > 4 + factors && s > Residuals.LEAST_SIGMA;
    }

    /** (T−2−f)/(T−4−f). */
    double patellScale() {
      return (count - 2.0 - factors) / (count - 4.0 - factors);
    }

    private double unestimated() {
      return s * Math.sqrt((count - 2.0 - factors) / count);
    }

    /** F of an event day. */
    double error(int t) {
      return event.columns() == 0 ? unestimated() : event.errors()[t];
    }

    /** V of an event day. */
    double v(int t) {
      return event.abnormal()[t] / Math.sqrt(s * error(t));
    }

    /** V of the estimation days. */
    double[] weightedResiduals() {
      double[] v = event.residuals().clone();
      for (int t = 0; t < v.length; t++) {
        double error =
            event.columns() == 0
                ? unestimated()
                : event.sigma() * Math.sqrt(1 + event.residualLeverages()[t]);
        v[t] /= Math.sqrt(s * error);
      }
      return v;
    }
  }

  void addTo(List<TestResult> results, EventWindow window) {
    Inference inference = new Inference(window);
    int first = window.start() - spec.eventAxis().start();
    int length = window.length();
    if (whole.isFull()) {
      for (Statistic test : tests(length)) {
        results.add(whole.tooMany(test, VARIANT, inference));
      }
      return;
    }
    List<Scaled> in = events.stream().filter(event -> event.event.covers(first, length)).toList();
    if (in.size() < 2) {
      for (Statistic test : tests(length)) {
        results.add(inference.tooFew(test, VARIANT, in.size(), 2));
      }
      return;
    }
    parametric(results, inference, in, first, length);
    results.add(corrado(inference, in, first, length));
    results.add(zivney(inference, in, first, length));
    results.add(sign(inference, in, first, length));
    results.add(wilcoxon(inference, in, first, length));
    if (length > 1) {
      results.add(grank(inference, in, first, length));
    }
  }

  private static List<Statistic> tests(int length) {
    return length == 1 ? DAY : Stream.concat(DAY.stream(), Stream.of(Statistic.GRANK_T)).toList();
  }

  /** W, which for one day is V. */
  private static double w(Scaled event, int first, int length) {
    double w = 0;
    for (int d = 1; d <= length; d++) {
      w += event.v(first + d - 1) / Math.sqrt(d);
    }
    return w;
  }

  private void parametric(
      List<TestResult> results, Inference inference, List<Scaled> in, int first, int length) {
    int n = in.size();
    double df = estimationDays - 2.0 - factors;
    double sum = sum(in, event -> event.event.car(first, length));
    double variance = sum(in, event -> carVariance(event, n, first, length));
    results.add(
        inference.student(Statistic.BROWN_WARNER_1980, VARIANT, n, sum / Math.sqrt(variance), df));
    Moments averages = new Moments();
    for (int t = 0; t < estimationDays; t++) {
      averages.add(average(t));
    }
    double crude = averages.variance() * (averages.count() - 1) / (averages.count() - 2 - factors);
    results.add(
        crude > Residuals.LEAST_SIGMA * Residuals.LEAST_SIGMA
            ? inference.student(
                Statistic.CDA_T, VARIANT, n, sum / n / Math.sqrt(length * crude), df)
            : inference.noVariance(Statistic.CDA_T, VARIANT, n));
    double patell =
        sum(in, event -> w(event, first, length)) / Math.sqrt(sum(events, Scaled::patellScale));
    results.add(inference.normal(Statistic.PATELL, VARIANT, n, patell));
    Moments sample = new Moments();
    in.forEach(event -> sample.add(w(event, first, length)));
    double deviation = sample.standardDeviation();
    double bmp = Math.sqrt((double) n) * sample.mean() / deviation;
    boolean varies = deviation > 0;
    if (Double.isFinite(factor)) {
      results.add(inference.normal(Statistic.ADJUSTED_PATELL, VARIANT, n, patell * factor));
    } else {
      results.add(inference.noCorrelation(Statistic.ADJUSTED_PATELL, VARIANT, n));
    }
    results.add(
        varies
            ? inference.student(Statistic.BMP, VARIANT, n, bmp, df)
            : inference.noVariance(Statistic.BMP, VARIANT, n));
    if (!varies) {
      results.add(inference.noVariance(Statistic.ADJUSTED_BMP, VARIANT, n));
    } else if (Double.isFinite(factor)) {
      results.add(inference.student(Statistic.ADJUSTED_BMP, VARIANT, n, bmp * factor, df));
    } else {
      results.add(inference.noCorrelation(Statistic.ADJUSTED_BMP, VARIANT, n));
    }
  }

  /** The variance of one CAR in {@code t_test}. */
  private static double carVariance(Scaled event, int n, int first, int length) {
    if (length == 1) {
      return event.error(first) * event.error(first);
    }
    double variance = event.s * event.s;
    if (Double.isNaN(event.event.market().scatter())) {
      return variance * length;
    }
    double distance = 0;
    for (int d = 1; d <= length; d++) {
      distance += event.event.market().returns()[first + d - 1] - d * event.event.market().mean();
    }
    double l = length;
    double scatter = event.event.market().scatter();
    return variance * (l + l / n + (scatter > 0 ? distance * distance / scatter : 0));
  }

  /** AAR of an estimation day; NaN where no event has it. */
  private double average(int t) {
    double sum = 0;
    int count = 0;
    for (Scaled event : events) {
      double e = event.event.residuals()[t];
      if (!Double.isNaN(e)) {
        sum += e;
        count++;
      }
    }
    return count == 0 ? Double.NaN : sum / count;
  }

  /** Days that are ranked together with the estimation axis: the window, or all of one day's. */
  private int[] ranked(int first, int length) {
    int from = length == 1 ? 0 : first;
    int to = length == 1 ? spec.eventAxis().length() : first + length;
    int[] days = new int[to - from];
    Arrays.setAll(days, i -> from + i);
    return days;
  }

  /** Residuals and, where the event is in the window or a day is asked for, its event days. */
  private double[] joined(Scaled event, int[] days, boolean present, double[] divisors) {
    double[] values = Arrays.copyOf(event.event.residuals(), estimationDays + days.length);
    for (int i = 0; i < days.length; i++) {
      values[estimationDays + i] =
          present ? event.event.abnormal()[days[i]] / divisors[i] : Double.NaN;
    }
    return values;
  }

  /** Twice the mid-rank less twice the mean rank of each value, NaN where missing. */
  private static double[] centredRanks(double[] values) {
    double[] present = Arrays.stream(values).filter(x -> !Double.isNaN(x)).toArray();
    long[] ranks = Ranks.doubled(present);
    double[] centred = new double[values.length];
    int next = 0;
    for (int t = 0; t < values.length; t++) {
      centred[t] = Double.isNaN(values[t]) ? Double.NaN : ranks[next++] - (present.length + 1.0);
    }
    return centred;
  }

  private static int present(double[] values) {
    return (int) Arrays.stream(values).filter(x -> !Double.isNaN(x)).count();
  }

  private TestResult corrado(Inference inference, List<Scaled> in, int first, int length) {
    int[] days = ranked(first, length);
    double[] ones = new double[days.length];
    Arrays.fill(ones, 1);
    Means means = new Means(estimationDays + days.length);
    for (Scaled event : events) {
      boolean there = length == 1 || event.event.covers(first, length);
      means.add(centredRanks(joined(event, days, there, ones)), 0.5);
    }
    return ranked(Statistic.CORRADO_RANK, inference, in.size(), means, means::mean, first, length);
  }

  private TestResult zivney(Inference inference, List<Scaled> in, int first, int length) {
    int[] days = ranked(first, length);
    double[] spread = new double[days.length];
    for (int i = 0; i < days.length; i++) {
      Moments day = new Moments();
      for (Scaled event : events) {
        if (length == 1 || event.event.covers(first, length)) {
          day.add(event.event.abnormal()[days[i]] / timeSeriesDeviation(event));
        }
      }
      spread[i] = Math.sqrt(day.variance() * day.count() / (day.count() - 1));
    }
    Means means = new Means(estimationDays + days.length);
    for (Scaled event : events) {
      boolean there = length == 1 || event.event.covers(first, length);
      double own = timeSeriesDeviation(event);
      double[] values = joined(event, days, there, spread);
      for (int t = 0; t < values.length; t++) {
        values[t] /= own;
      }
      means.add(centredRanks(values), 0.5 / (present(values) + 1));
    }
    ToDoubleFunction<Integer> statistic =
        length == 1 ? t -> means.mean(t) * Math.sqrt(means.count(t)) : means::mean;
    return ranked(
        Statistic.CORRADO_ZIVNEY_RANK, inference, in.size(), means, statistic, first, length);
  }

  private static double timeSeriesDeviation(Scaled event) {
    Moments residuals = new Moments();
    for (double e : event.event.residuals()) {
      residuals.add(e);
    }
    double n = residuals.count();
    return Math.sqrt(residuals.variance() * n / (n - 1));
  }

  /** √L·mean over the root mean square of all days. */
  private TestResult ranked(
      Statistic test,
      Inference inference,
      int n,
      Means means,
      ToDoubleFunction<Integer> statistic,
      int first,
      int length) {
    double squares = 0;
    int used = 0;
    for (int t = 0; t < means.length(); t++) {
      if (means.count(t) > 0) {
        double value = statistic.applyAsDouble(t);
        squares += value * value;
        used++;
      }
    }
    int from = estimationDays + (length == 1 ? first : 0);
    double sum = 0;
    for (int t = from; t < from + length; t++) {
      sum += statistic.applyAsDouble(t);
    }
    double scale = Math.sqrt(squares / used);
    return scale > 0
        ? inference.normal(test, VARIANT, n, sum / Math.sqrt(length) / scale)
        : inference.noVariance(test, VARIANT, n);
  }

  private TestResult sign(Inference inference, List<Scaled> in, int first, int length) {
    double signs = 0;
    long residuals = 0;
    for (Scaled event : events) {
      for (double e : event.event.residuals()) {
        if (!Double.isNaN(e)) {
          signs += Math.signum(e);
          residuals++;
        }
      }
    }
    int n = in.size();
    double p = signs / (2.0 * residuals) + 0.5;
    double variance = n * p * (1 - p);
    long w = in.stream().filter(event -> event.event.car(first, length) >= 0).count();
    return variance > 0
        ? inference.normal(
            Statistic.GENERALIZED_SIGN, VARIANT, n, (w - n * p) / Math.sqrt(variance))
        : inference.noVariance(Statistic.GENERALIZED_SIGN, VARIANT, n);
  }

  private static TestResult wilcoxon(Inference inference, List<Scaled> in, int first, int length) {
    double[] values =
        in.stream()
            .flatMapToDouble(event -> Arrays.stream(event.event.abnormal(), first, first + length))
            .toArray();
    long[] doubled = Ranks.doubled(DoubleStream.of(values).map(Math::abs).toArray());
    double positive = 0;
    for (int i = 0; i < values.length; i++) {
      positive += values[i] >= 0 ? doubled[i] / 2.0 : 0;
    }
    double m = values.length;
    double z = (positive - m * (m + 1) / 4) / Math.sqrt(m * (m + 1) * (2 * m + 1) / 24);
    return inference.normal(Statistic.WILCOXON, VARIANT, in.size(), z);
  }

  private TestResult grank(Inference inference, List<Scaled> in, int first, int length) {
    Statistic test = Statistic.GRANK_T;
    int n = in.size();
    Moments sample = new Moments();
    in.forEach(event -> sample.add(w(event, first, length)));
    double error = sample.standardDeviation() / Math.sqrt((double) n);
    if (!(error > 0)) {
      return inference.noVariance(test, VARIANT, n);
    }
    if (!Double.isFinite(factor)) {
      return inference.noCorrelation(test, VARIANT, n);
    }
    Means means = new Means(estimationDays + 1);
    for (Scaled event : events) {
      double[] values = Arrays.copyOf(event.event.residuals(), estimationDays + 1);
      for (int t = 0; t < estimationDays; t++) {
        values[t] /= event.s;
      }
      values[estimationDays] =
          event.event.covers(first, length) ? w(event, first, length) * factor / error : Double.NaN;
      means.add(centredRanks(values), 0.5 / (present(values) + 1));
    }
    double squares = 0;
    int used = 0;
    for (int t = 0; t < estimationDays; t++) {
      if (means.count(t) > 0) {
        squares += (double) means.count(t) / n * means.mean(t) * means.mean(t);
        used++;
      }
    }
    double z = means.mean(estimationDays) / Math.sqrt(squares / used);
    double left = used - 1 - z * z;
    if (!(left > 0)) {
      return inference.none(test, VARIANT, n, TestStatus.NOT_DEFINED, "days=" + used + " z=" + z);
    }
    return inference.student(test, VARIANT, n, z * Math.sqrt((used - 2) / left), used - 2.0);
  }

  private static double sum(List<Scaled> events, ToDoubleFunction<Scaled> value) {
    double sum = 0;
    for (Scaled event : events) {
      sum += value.applyAsDouble(event);
    }
    return sum;
  }

  /** Means by day of values that may be missing. */
  private static final class Means {
    private final double[] sums;
    private final int[] counts;

    Means(int days) {
      sums = new double[days];
      counts = new int[days];
    }

    void add(double[] values, double weight) {
      for (int t = 0; t < values.length; t++) {
        if (!Double.isNaN(values[t])) {
          sums[t] += values[t] * weight;
          counts[t]++;
        }
      }
    }

    int length() {
      return sums.length;
    }

    int count(int t) {
      return counts[t];
    }

    double mean(int t) {
      return sums[t] / counts[t];
    }
  }
}
