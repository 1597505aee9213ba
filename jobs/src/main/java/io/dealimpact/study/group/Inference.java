package io.dealimpact.study.group;

import io.dealimpact.study.market.EventWindow;
import io.dealimpact.study.numeric.PValues;

/** From a statistic to a row: two-sided p-values, and statuses where there is no number. */
public final class Inference {
  private final EventWindow window;

  public Inference(EventWindow window) {
    this.window = window;
  }

  /** A row with Student's t as null; df below 1 gives TOO_FEW_EVENTS. */
  TestResult student(Statistic test, TestVariant variant, long n, double statistic, double df) {
    if (df < 1) {
      return none(test, variant, n, TestStatus.TOO_FEW_EVENTS, "df=" + df + " need=1");
    }
    return row(test, variant, n, statistic, df, PValues.student(statistic, df));
  }

  /** A row with the standard normal as null. */
  TestResult normal(Statistic test, TestVariant variant, long n, double statistic) {
    return row(test, variant, n, statistic, Double.NaN, PValues.normal(statistic));
  }

  /** A row with a p-value of its own; a statistic that is not finite becomes a status. */
  TestResult row(
      Statistic test, TestVariant variant, long n, double statistic, double df, double p) {
    if (!Double.isFinite(statistic) || Double.isNaN(p)) {
      return none(test, variant, n, TestStatus.OUT_OF_RANGE, "statistic=" + statistic);
    }
    return new TestResult(
        test, variant, window, n, new TestResult.Value(statistic, df, p), TestStatus.OK, "");
  }

  TestResult none(Statistic test, TestVariant variant, long n, TestStatus status, String reason) {
    return new TestResult(test, variant, window, n, TestResult.Value.NONE, status, reason);
  }

  TestResult tooFew(Statistic test, TestVariant variant, long n, int need) {
    return none(test, variant, n, TestStatus.TOO_FEW_EVENTS, "n=" + n + " need=" + need);
  }

  TestResult tooFewDays(Statistic test, TestVariant variant, long n, int days, int need) {
    return none(test, variant, n, TestStatus.TOO_FEW_DAYS, "days=" + days + " need=" + need);
  }

  /** For a test that is adjusted by a mean correlation, where there is none that fits. */
  TestResult noCorrelation(Statistic test, TestVariant variant, long n) {
    return none(
        test,
        variant,
        n,
        TestStatus.NOT_DEFINED,
        "n=" + n + ", no mean correlation r with 1+(n-1)r > 0");
  }

  TestResult noVariance(Statistic test, TestVariant variant, long n) {
    return none(test, variant, n, TestStatus.ZERO_VARIANCE, "n=" + n + ", all alike");
  }
}
