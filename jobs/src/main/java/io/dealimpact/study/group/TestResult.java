package io.dealimpact.study.group;

import io.dealimpact.study.market.EventWindow;

/**
 * One test of one window over a group of events.
 *
 * @param test lower-kebab-case name, {@code bmp}
 * @param variant {@code textbook}, or the label of another {@link TestVariant}
 * @param window days summed (or compounded), relative to day 0
 * @param n events used
 * @param statistic the statistic; NaN unless {@code status} is OK (a binomial p-value comes with
 *     the number of positive events)
 * @param df degrees of freedom of Student's t; NaN for the normal and for exact or simulated nulls
 * @param pValue two-sided; NaN unless {@code status} is OK
 * @param status OK, or why there is no number
 * @param reason empty, or the status in figures: {@code n=1 need=2}
 */
public record TestResult(
    String test,
    String variant,
    EventWindow window,
    long n,
    double statistic,
    double df,
    double pValue,
    TestStatus status,
    String reason) {

  /** {@code test/variant[start,end]}. */
  public String key() {
    return test + "/" + variant + window;
  }
}
