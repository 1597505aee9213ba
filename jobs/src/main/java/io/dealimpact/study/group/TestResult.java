package io.dealimpact.study.group;

import io.dealimpact.study.market.EventWindow;

/**
 * One test of one window over a group of events.
 *
 * @param test which statistic
 * @param variant in whose form
 * @param window days summed (or compounded), relative to day 0
 * @param n events used
 * @param value the statistic with its p-value; {@link Value#NONE} unless {@code status} is OK, or
 *     the events are enough to compute it and too few to rely on it
 * @param status OK, or why there is no number, or none to rely on
 * @param reason empty, or the status in figures: {@code n=1 need=2}
 */
public record TestResult(
    Statistic test,
    TestVariant variant,
    EventWindow window,
    long n,
    Value value,
    TestStatus status,
    String reason) {

  /**
   * A statistic with its p-value.
   *
   * @param statistic the statistic (a binomial p-value comes with the number of positive events)
   * @param df degrees of freedom of Student's t; NaN for the normal and for exact or simulated
   *     nulls
   * @param pValue two-sided
   */
  public record Value(double statistic, double df, double pValue) {

    /** There is no number. */
    static final Value NONE = new Value(Double.NaN, Double.NaN, Double.NaN);
  }

  /** The same test, not asked for. */
  TestResult notRequested() {
    return new TestResult(
        test, variant, window, n, Value.NONE, TestStatus.NOT_REQUESTED, "not among study.tests");
  }

  /**
   * The same test of fewer events than it holds its size with. Its figures stay, to be held against
   * those of other programs; no verdict rests on them.
   */
  TestResult tooFewEvents() {
    return new TestResult(
        test,
        variant,
        window,
        n,
        value,
        TestStatus.TOO_FEW_EVENTS,
        "n=" + n + " need=" + test.leastEvents() + ": with fewer it rejects too often");
  }

  /** {@code test/variant[start,end]}. */
  public String key() {
    return test.code() + "/" + variant.label() + window;
  }
}
