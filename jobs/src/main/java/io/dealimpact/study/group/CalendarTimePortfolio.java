package io.dealimpact.study.group;

import io.dealimpact.study.numeric.Moments;
import io.dealimpact.study.numeric.NeweyWest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;

/**
 * Calendar-time portfolios (Jaffe 1974; Mandelker 1974): on each trading day the portfolio of the
 * events whose window holds that day, its abnormal return their mean (variant {@code standardized}:
 * Σ SAR/√n). Statistic: mean over the T days over its standard error; t(T − 1); T ≥ 2. Events on
 * one date overlap in one portfolio, so their dependence does no harm. {@code n} counts events.
 *
 * <p>The error is s/√T below {@value #LEAST_DAYS_FOR_LAGS} days and Newey and West's from there
 * ({@link NeweyWest}): with lags a short series seems more certain than it is, and at T = 11 the
 * test rejects twice as often as it should (Kiefer &amp; Vogelsang 2005). {@code CalendarTimeTest}
 * measures the size; {@code RaggedTest} has the figures of R.
 */
final class CalendarTimePortfolio {
  private static final Statistic TEST = Statistic.CALENDAR_TIME;

  /** Days from which the error has lags: Bartlett's lags keep a size of 5 % below 6 % from here. */
  static final int LEAST_DAYS_FOR_LAGS = 200;

  private final GroupSpec spec;
  private final CalendarTimeState calendar;
  private final NavigableMap<Integer, CalendarTimeState.Cell> portfolio;

  CalendarTimePortfolio(GroupSpec spec, int index, CalendarTimeState calendar) {
    this.spec = spec;
    this.calendar = calendar;
    portfolio = calendar.portfolio(index);
  }

  void addTo(List<TestResult> results, Inference inference) {
    results.add(result(TestVariant.TEXTBOOK, inference));
    if (spec.wants(TestVariant.STANDARDIZED)) {
      results.add(result(TestVariant.STANDARDIZED, inference));
    }
  }

  private TestResult result(TestVariant variant, Inference inference) {
    long n = calendar.events();
    if (spec.tradingDays().length == 0) {
      return inference.none(TEST, variant, n, TestStatus.NOT_REQUESTED, "no trading days given");
    }
    int[] days = new int[portfolio.size()];
    double[] values = new double[portfolio.size()];
    int used = 0;
    for (Map.Entry<Integer, CalendarTimeState.Cell> entry : portfolio.entrySet()) {
      CalendarTimeState.Cell cell = entry.getValue();
      boolean standardized = variant == TestVariant.STANDARDIZED;
      if (standardized && cell.standardizedCount() == 0) {
        continue;
      }
      days[used] = entry.getKey();
      values[used++] = standardized ? cell.standardized() : cell.mean();
    }
    if (used < 2) {
      return inference.tooFewDays(TEST, variant, n, used, 2);
    }
    values = Arrays.copyOf(values, used);
    Moments moments = new Moments();
    for (double value : values) {
      moments.add(value);
    }
    double error = NeweyWest.standardError(Arrays.copyOf(days, used), values, lag(used));
    if (!(error > 0)) {
      return inference.noVariance(TEST, variant, n);
    }
    return inference.student(TEST, variant, n, moments.mean() / error, used - 1.0);
  }

  /** Lags in the error of a mean over a number of days. */
  static int lag(int days) {
    return days < LEAST_DAYS_FOR_LAGS ? 0 : NeweyWest.lag(days);
  }
}
