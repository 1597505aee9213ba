package io.dealimpact.study.numeric;

import org.hipparchus.util.FastMath;

/**
 * Standard error of a mean of serially correlated values, some days missing.
 *
 * <p>With u_t = x_t − x̄, zero on a missing day: se² = T⁻²·T/(T−1)·[Σu_t² + 2·Σ_{h≤H} (1 −
 * h/(H+1))·Σ_t u_t u_{t+h}], h in trading days; H = ⌊4(T/100)^{2/9}⌋ (Newey &amp; West 1987, 1994),
 * never below zero; gaps as in the amplitude-modulated estimator (Datta &amp; Du 2012). With H = 0
 * it is s²/T. Pinned by {@code AgainstRTest} against R.
 */
public final class NeweyWest {
  private NeweyWest() {}

  public static int lag(int count) {
    return (int) Math.floor(4 * FastMath.pow(count / 100.0, 2.0 / 9));
  }

  /**
   * The standard error of the mean.
   *
   * @param days ascending
   * @param values of those days, two at least
   */
  public static double standardError(int[] days, double[] values, int lag) {
    int n = values.length;
    Moments moments = new Moments();
    for (double value : values) {
      moments.add(value);
    }
    double mean = moments.mean();
    ExactSum total = new ExactSum();
    for (int i = 0; i < n; i++) {
      double u = values[i] - mean;
      total.add(u * u);
      for (int j = i + 1; j < n && days[j] - days[i] <= lag; j++) {
        double weight = 1 - (days[j] - days[i]) / (lag + 1.0);
        total.add(2 * weight * u * (values[j] - mean));
      }
    }
    return Math.sqrt(total.value() / ((double) n * (n - 1)));
  }
}
