package io.dealimpact.study.numeric;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.hipparchus.distribution.continuous.TDistribution;

/**
 * Student's t by its degrees of freedom: what depends on these alone is worked out once for all
 * instruments and events that share them. A quantile takes longer than the fit of a model.
 *
 * <p>Safe for use by several threads.
 */
public final class StudentT {
  private static final Map<Double, StudentT> KNOWN = new ConcurrentHashMap<>();

  private final Map<Integer, TDistribution> distributions = new ConcurrentHashMap<>();
  private final Map<Integer, Double> quantiles = new ConcurrentHashMap<>();
  private final double confidence;

  private StudentT(double confidence) {
    this.confidence = confidence;
  }

  /**
   * The same for all who ask for a confidence.
   *
   * @param confidence of two-sided intervals, in (0, 1)
   */
  public static StudentT of(double confidence) {
    return KNOWN.computeIfAbsent(confidence, StudentT::new);
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
