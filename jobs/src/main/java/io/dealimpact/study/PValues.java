package io.dealimpact.study;

import org.hipparchus.distribution.continuous.TDistribution;
import org.hipparchus.special.Erf;

/** Two-sided p-values and quantiles of Student's t and of the standard normal. */
final class PValues {
  private PValues() {}

  /** 2·P(T ≤ −|t|); NaN for a statistic of NaN. */
  static double student(double statistic, double df) {
    if (Double.isNaN(statistic)) {
      return Double.NaN;
    }
    return 2 * new TDistribution(df).cumulativeProbability(-Math.abs(statistic));
  }

  /** 2·Φ(−|z|), as erfc so that the tail keeps its digits. */
  static double normal(double statistic) {
    return Erf.erfc(Math.abs(statistic) / Math.sqrt(2.0));
  }

  /** The two-sided quantile t of the level: P(|T| ≤ t) = level. */
  static double studentQuantile(double level, double df) {
    return new TDistribution(df).inverseCumulativeProbability((1 + level) / 2);
  }
}
