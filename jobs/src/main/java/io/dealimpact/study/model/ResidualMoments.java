package io.dealimpact.study.model;

/**
 * What an estimate leaves unexplained.
 *
 * @param n returns used
 * @param degreesOfFreedom n − k, or n − 1 where nothing is estimated
 * @param sigma residual standard deviation with those degrees of freedom
 * @param rSquared share of the variance explained; NaN where nothing is estimated (market-adjusted)
 */
public record ResidualMoments(int n, int degreesOfFreedom, double sigma, double rSquared) {

  /** Too few returns, or returns that no model fits: their number alone. */
  public static ResidualMoments unknown(int n) {
    return new ResidualMoments(n, 0, Double.NaN, Double.NaN);
  }
}
