package io.dealimpact.study.numeric;

import org.hipparchus.distribution.continuous.TDistribution;
import org.hipparchus.special.Erf;

/** Two-sided p-values and quantiles of Student's t and of the standard normal. */
public final class PValues {
  private PValues() {}

  /** 2·P(T ≤ −|t|); NaN for a statistic of NaN. */
  public static double student(double statistic, double df) {
    if (Double.isNaN(statistic)) {
      return Double.NaN;
    }
    return 2 * new TDistribution(df).cumulativeProbability(-Math.abs(statistic));
  }

  /** 2·Φ(−|z|), as erfc so that the tail keeps its digits. */
  public static double normal(double statistic) {
    return Erf.erfc(Math.abs(statistic) / Math.sqrt(2.0));
  }

  /** The two-sided quantile t of the level: P(|T| ≤ t) = level. */
  public static double studentQuantile(double level, double df) {
    return new TDistribution(df).inverseCumulativeProbability((1 + level) / 2);
  }
}
