package io.dealimpact.study.event;

/**
 * A CAR held against the instrument's own CARs before the event, each over its standard error and
 * its {@link VolatilityScale}: u = CAR / (S_CAR·scale).
 *
 * @param days n, how many days: the last 600 at most
 * @param p (w + #{|u_t| ≥ |u_0|}) / (w + n), w of {@link #weight}; NaN without a day
 * @param quantile the ⌈c(w + n)⌉-th smallest |u_t|, c the confidence, times the event's scale: the
 *     calibrated interval is CAR ± quantile × S_CAR; NaN where n is too small for an end to the
 *     interval
 */
public record OwnHistory(int days, double p, double quantile) {
  static final OwnHistory NONE = new OwnHistory(0, Double.NaN, Double.NaN);

  private static final double CLUSTERING = 0.4;

  /**
   * How many of the days tell what one independent day would: 1 + {@value #CLUSTERING}(L − 1) for
   * windows of L days. Windows that overlap are large together: of sums of L independent normal
   * numbers the variance of how many exceed their 95 % bounds is this many times the binomial one,
   * Σ over lags k of the correlation of the exceedances of two normal numbers correlated 1 − |k|/L.
   * That is 1.65 for L = 3, 5.02 for L = 11, 9.39 for L = 21.
   *
   * @param length L, days of the window
   */
  public static double weight(int length) {
    return 1 + CLUSTERING * (length - 1);
  }
}
