package io.dealimpact.study.numeric;

import java.util.HashMap;
import java.util.Map;
import org.hipparchus.distribution.continuous.TDistribution;

/**
 * Student's t by its degrees of freedom: what depends on these alone is worked out once for all
 * events that share them.
 *
 * <p>Not safe for use by several threads.
 */
public final class StudentT {
  private final Map<Integer, TDistribution> distributions = new HashMap<>();
  private final Map<Integer, Double> quantiles = new HashMap<>();
  private final double confidence;

  /**
   * @param confidence of two-sided intervals, in (0, 1)
   */
  public StudentT(double confidence) {
    this.confidence = confidence;
  }

  /** Confidence of the two-sided intervals. */
  public double confidence() {
    return confidence;
  }

  /** P(|T| ≥ |t|). */
  public double twoSided(double t, int df) {
    return 2 * distribution(df).cumulativeProbability(-Math.abs(t));
  }

  /** t of the two-sided interval: P(|T| ≤ t) is the confidence. */
  public double quantile(int df) {
    return quantiles.computeIfAbsent(
        df, d -> distribution(d).inverseCumulativeProbability((1 + confidence) / 2));
  }

  private TDistribution distribution(int df) {
    return distributions.computeIfAbsent(df, TDistribution::new);
  }
}
