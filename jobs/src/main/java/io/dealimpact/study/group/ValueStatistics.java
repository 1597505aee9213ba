package io.dealimpact.study.group;

import io.dealimpact.study.numeric.ExactSum;
import io.dealimpact.study.numeric.Moments;
import io.dealimpact.study.numeric.PValues;
import io.dealimpact.study.numeric.Ranks;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The tests that need every CAR by itself.
 *
 * <p><b>wilcoxon</b>: W⁺ the sum of the mid-ranks of |CAR| over the positive ones, zeros left out;
 * z = (W⁺ − n(n+1)/4)/√(Σ rank²/4), which is the tie correction. The p-value is exact to n = 50,
 * ties or not, from the 2ⁿ signs of the ranks at hand, and normal beyond (Wilcoxon 1945; Lehmann
 * 1975). {@code rank-sum} gives W⁺ with the same p.
 *
 * <p><b>jackknife</b>: pseudo-values J_i = Nθ − (N−1)θ₍₋ᵢ₎ of θ = x̄/s; √N·mean(J)/sd(J), t(N−1); N
 * ≥ 3 (Giaccotto &amp; Sfiridis 1996; the ratio's bias under event-induced variance is what it
 * removes). The jackknife of x̄ alone would be cross-sectional-t.
 *
 * <p><b>two-way-clustered</b>: x̄/√V, V = N⁻²·(c_D Σ_D u_D² + c_I Σ_I u_I² − c_DI Σ_DI u_DI²), u
 * the sums of CAR − x̄ over clusters by event date, by instrument and by both, c = G/(G − 1);
 * t(min(G_D, G_I) − 1); two dates and two instruments at least, V &gt; 0 (Cameron, Gelbach &amp;
 * Miller 2011).
 *
 * <p>Pinned by {@code AgainstRTest} (R's {@code psignrank}), {@code ValueStatisticsTest} and {@code
 * RequestedOraclesTest}.
 */
public final class ValueStatistics {
  private static final int EXACT_TO = 50;

  private final GroupSpec spec;
  private final int index;
  private final WindowMoments sums;
  private final EventValues values;

  public ValueStatistics(GroupSpec spec, int index, WindowMoments sums, EventValues values) {
    this.spec = spec;
    this.index = index;
    this.sums = sums;
    this.values = values;
  }

  public void addTo(List<TestResult> results, Inference inference) {
    if (values.isFull()) {
      for (Statistic test :
          List.of(Statistic.WILCOXON, Statistic.JACKKNIFE, Statistic.TWO_WAY_CLUSTERED)) {
        results.add(
            inference.none(
                test,
                TestVariant.TEXTBOOK,
                sums.car().count(),
                TestStatus.TOO_MANY_EVENTS,
                "events=" + values.count() + " limit=" + spec.keepAtMost()));
      }
      return;
    }
    double[] cars = values.sorted(index);
    wilcoxon(results, cars, inference);
    results.add(jackknife(cars, inference));
    results.add(clustered(inference));
  }

  private void wilcoxon(List<TestResult> results, double[] cars, Inference inference) {
    Statistic test = Statistic.WILCOXON;
    double[] nonZero = Arrays.stream(cars).filter(car -> car != 0).toArray();
    int n = nonZero.length;
    if (n < 1) {
      results.add(inference.tooFew(test, TestVariant.TEXTBOOK, n, 1));
      return;
    }
    long[] doubled = Ranks.doubled(Arrays.stream(nonZero).map(Math::abs).toArray());
    long positive = 0;
    double squares = 0;
    for (int i = 0; i < n; i++) {
      positive += nonZero[i] > 0 ? doubled[i] : 0;
      squares += (doubled[i] / 2.0) * (doubled[i] / 2.0);
    }
    double z = (positive / 2.0 - n * (n + 1.0) / 4) / Math.sqrt(squares / 4);
    double normal = PValues.normal(z);
    double p = n <= EXACT_TO ? exactP(doubled, positive) : normal;
    results.add(inference.row(test, TestVariant.TEXTBOOK, n, z, Double.NaN, p));
    if (spec.wants(TestVariant.NORMAL)) {
      results.add(inference.row(test, TestVariant.NORMAL, n, z, Double.NaN, normal));
    }
    for (TestVariant variant : List.of(TestVariant.RANK_SUM, TestVariant.ESTUDY2)) {
      if (spec.wants(variant)) {
        results.add(inference.row(test, variant, n, positive / 2.0, Double.NaN, p));
      }
    }
  }

  /** 2·min(P(W ≤ w), P(W ≥ w)), at most 1, over all signs of these (doubled) ranks. */
  public static double exactP(long[] doubledRanks, long doubledSum) {
    int top = 0;
    for (long rank : doubledRanks) {
      top += (int) rank;
    }
    double[] ways = new double[top + 1];
    ways[0] = 1;
    for (long rank : doubledRanks) {
      for (int s = top; s >= rank; s--) {
        ways[s] += ways[s - (int) rank];
      }
    }
    double below = 0;
    double above = 0;
    for (int s = 0; s <= top; s++) {
      below += s <= doubledSum ? ways[s] : 0;
      above += s >= doubledSum ? ways[s] : 0;
    }
    return Math.min(1, 2 * Math.min(below, above) / Math.scalb(1.0, doubledRanks.length));
  }

  private TestResult jackknife(double[] cars, Inference inference) {
    Statistic test = Statistic.JACKKNIFE;
    int n = cars.length;
    if (n < 3) {
      return inference.tooFew(test, TestVariant.TEXTBOOK, n, 3);
    }
    double mean = sums.car().mean();
    double scatter = sums.car().variance() * (n - 1);
    double ratio = mean / Math.sqrt(scatter / (n - 1));
    Moments pseudo = new Moments();
    for (double car : cars) {
      double d = car - mean;
      double left = scatter - d * d * n / (n - 1.0);
      if (!(left > scatter * 1e-14)) {
        return inference.noVariance(test, TestVariant.TEXTBOOK, n);
      }
      double without = (mean - d / (n - 1)) / Math.sqrt(left / (n - 2));
      pseudo.add(n * ratio - (n - 1) * without);
    }
    double deviation = pseudo.standardDeviation();
    if (!(deviation > 0)) {
      return inference.noVariance(test, TestVariant.TEXTBOOK, n);
    }
    return inference.student(
        test, TestVariant.TEXTBOOK, n, Math.sqrt(n) * pseudo.mean() / deviation, n - 1.0);
  }

  private TestResult clustered(Inference inference) {
    Statistic test = Statistic.TWO_WAY_CLUSTERED;
    long n = sums.car().count();
    if (n < 2) {
      return inference.tooFew(test, TestVariant.TEXTBOOK, n, 2);
    }
    double mean = sums.car().mean();
    Map<Object, ExactSum> byDay = new HashMap<>();
    Map<Object, ExactSum> byInstrument = new HashMap<>();
    Map<Object, ExactSum> byBoth = new HashMap<>();
    for (int i = 0; i < values.count(); i++) {
      double car = values.car(i, index);
      if (Double.isFinite(car)) {
        long instrument = values.instrument(i);
        sum(byDay, values.day(i)).add(car - mean);
        sum(byInstrument, instrument).add(car - mean);
        sum(byBoth, List.of(values.day(i), instrument)).add(car - mean);
      }
    }
    int least = Math.min(byDay.size(), byInstrument.size());
    if (least < 2) {
      return inference.none(
          test,
          TestVariant.TEXTBOOK,
          n,
          TestStatus.NOT_DEFINED,
          "dates=" + byDay.size() + " instruments=" + byInstrument.size() + " need=2");
    }
    double variance = (squares(byDay) + squares(byInstrument) - squares(byBoth)) / ((double) n * n);
    if (!(sums.car().variance() > 0)) {
      return inference.noVariance(test, TestVariant.TEXTBOOK, n);
    }
    if (!(variance > 0)) {
      return inference.none(
          test,
          TestVariant.TEXTBOOK,
          n,
          TestStatus.NOT_DEFINED,
          "the clusters cancel: variance=" + variance);
    }
    return inference.student(
        test, TestVariant.TEXTBOOK, n, mean / Math.sqrt(variance), least - 1.0);
  }

  private static ExactSum sum(Map<Object, ExactSum> clusters, Object key) {
    return clusters.computeIfAbsent(key, k -> new ExactSum());
  }

  /** G/(G − 1)·Σ u². */
  private static double squares(Map<Object, ExactSum> clusters) {
    ExactSum squares = new ExactSum();
    for (ExactSum cluster : clusters.values()) {
      double u = cluster.value();
      squares.addProduct(u, u);
    }
    double g = clusters.size();
    return squares.value() * g / (g - 1);
  }
}
