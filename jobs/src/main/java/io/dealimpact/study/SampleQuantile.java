package io.dealimpact.study;

/**
 * The sample-quantile test of one event: the rank of its CAR among the sums of L successive
 * residuals of its estimation window, overlapping (for L = 1 the residuals themselves).
 *
 * <p>p = min(1, 2·min(1 + #{≤ CAR}, 1 + #{≥ CAR}) / (1 + m)) over m such sums (Gelbach, Helland
 * &amp; Klick 2013, section 3, there for L = 1 and one-sided; the event itself is counted, so that
 * p cannot be 0). It needs no normality, but the sums of L &gt; 1 overlap, so that m overstates
 * what is known. Sums with a missing residual are left out; with m = 0, p = 1.
 */
final class SampleQuantile {
  private SampleQuantile() {}

  /**
   * @param residuals of successive days, NaN where missing
   * @param length L
   * @param car the event's
   */
  static double p(double[] residuals, int length, double car) {
    int below = 1;
    int above = 1;
    int sums = 0;
    for (int from = 0; from + length <= residuals.length; from++) {
      double sum = 0;
      for (int t = from; t < from + length; t++) {
        sum += residuals[t];
      }
      if (!Double.isNaN(sum)) {
        sums++;
        below += sum <= car ? 1 : 0;
        above += sum >= car ? 1 : 0;
      }
    }
    return Math.min(1, 2.0 * Math.min(below, above) / (1 + sums));
  }
}
