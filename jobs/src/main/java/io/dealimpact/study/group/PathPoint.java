package io.dealimpact.study.group;

/**
 * Average and cumulative average abnormal return of one relative day, with intervals of the
 * cross-section.
 *
 * @param relativeDay trading days from day 0
 * @param aar Σ AR/n over the events with a return that day
 * @param caar mean of the sum to this day over the events with a return on every day from the first
 *     of the axis, so an event with a gap leaves it
 * @param valueWeighted the same mean as {@code caar}, each event weighed by its market value before
 *     the first day of the axis (see {@link WeightedMoments}); n counts the events that have one
 */
public record PathPoint(int relativeDay, Average aar, Average caar, Average valueWeighted) {

  /**
   * A mean over events.
   *
   * @param n events
   * @param mean NaN for n = 0
   * @param low mean − t·s/√n, t the two-sided quantile with n − 1; NaN for n &lt; 2
   * @param high mean + t·s/√n
   */
  public record Average(long n, double mean, double low, double high) {}
}
