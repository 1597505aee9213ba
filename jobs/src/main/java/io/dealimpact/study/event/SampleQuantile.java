package io.dealimpact.study.event;

import java.util.Arrays;

/**
 * The sample-quantile test of one event: the rank of its CAR among the sums of L successive
 * residuals of its estimation window, overlapping (for L = 1 the residuals themselves).
 *
 * <p>p = min(1, 2·min(w + #{≤ CAR}, w + #{≥ CAR}) / (w + m)) over m such sums, w = 1 + {@value
 * #CLUSTERING}(L − 1). For L = 1 it is that of Gelbach, Helland &amp; Klick 2013, section 3 (there
 * one-sided), the event itself counted, so that p cannot be 0. It needs no normality. Sums of L
 * &gt; 1 overlap and are large together, so that the event counts as w of them: with w = 1 it
 * rejects 6 % at L = 11 and 7 % at L = 21 in place of 5 %, with this w 3.4 to 4.7 % (simulated, 250
 * normal or t(5) residuals). Sums with a missing residual are left out; with m = 0, p = 1.
 *
 * <p>Residuals sum to zero, so that a sum of L of M has the variance σ²(L − L²/M), where the CAR,
 * forecast with the errors of the fit, has σ²(L + L²/M). For L &gt; 1 the CAR is held against the
 * sums by √((M − L)/(M + L)) of itself, so that both have one variance; with L ≥ M, p = 1.
 */
final class SampleQuantile {
  private static final double CLUSTERING = 0.2;

  private SampleQuantile() {}

  /**
   * @param residuals of successive days, NaN where missing
   * @param length L
   * @param car the event's
   */
  static double p(double[] residuals, int length, double car) {
    int count = residuals.length - length + 1;
    double comparable = length == 1 ? car : car * shrinkage(residuals, length);
    if (count < 1 || Double.isNaN(comparable)) {
      return 1;
    }
    // All sums grow together, a day at a time: the same additions in the same order for each.
    double[] sums = Arrays.copyOf(residuals, count);
    for (int ahead = 1; ahead < length; ahead++) {
      for (int from = 0; from < count; from++) {
        sums[from] += residuals[from + ahead];
      }
    }
    double weight = 1 + CLUSTERING * (length - 1);
    double below = weight;
    double above = weight;
    int complete = 0;
    for (double sum : sums) {
      complete += Double.isNaN(sum) ? 0 : 1;
      below += sum <= comparable ? 1 : 0;
      above += sum >= comparable ? 1 : 0;
    }
    return Math.min(1, 2 * Math.min(below, above) / (weight + complete));
  }

  /** √((M − L)/(M + L)) over M residuals; NaN where L ≥ M. */
  private static double shrinkage(double[] residuals, int length) {
    int present = 0;
    for (double residual : residuals) {
      present += Double.isNaN(residual) ? 0 : 1;
    }
    return length < present
        ? Math.sqrt((double) (present - length) / (present + length))
        : Double.NaN;
  }
}
