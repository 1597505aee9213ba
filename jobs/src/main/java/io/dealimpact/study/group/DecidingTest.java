package io.dealimpact.study.group;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The one test that decides a group in a window, and why. The rules rest on the calibration: of the
 * settings there (events on one day, event-induced variance, thin trading, fat tails, real returns)
 *
 * <ul>
 *   <li>over one day {@code adjusted-bmp} rejects 3.2 to 6.8 % in every one;
 *   <li>over several days {@code calendar-time} does, as far as the lake's dates can tell, and
 *       {@code adjusted-bmp} does not: up to 8.9 % on real dates that overlap.
 * </ul>
 *
 * <p>Below {@value #LEAST} company-days no test decides; from there on both hold their size. Where
 * the one that would decide has no figure, none decides.
 *
 * @param test the test; empty where none decides
 * @param reason why
 */
public record DecidingTest(Optional<Statistic> test, String reason) {
  /** Company-days below which a group has no verdict. */
  static final int LEAST = 5;

  /**
   * The test of a window.
   *
   * @param results textbook's tests of the window
   * @param length of the window, days
   * @param meanCorrelation r̄ of the group; NaN where it is not defined
   */
  static DecidingTest of(List<TestResult> results, int length, double meanCorrelation) {
    Optional<TestResult> adjusted = find(results, Statistic.ADJUSTED_BMP);
    Optional<TestResult> calendar = find(results, Statistic.CALENDAR_TIME);
    long n = adjusted.map(TestResult::n).orElse(0L);
    if (n < LEAST) {
      return new DecidingTest(
          Optional.empty(),
          String.format(
              Locale.ROOT, "no test decides: %d company-days, at least %d are needed", n, LEAST));
    }
    if (length > 1) {
      return status(calendar) == TestStatus.OK
          ? new DecidingTest(
              Optional.of(Statistic.CALENDAR_TIME),
              String.format(
                  Locale.ROOT,
                  "calendar-time decides: N=%d, %d days; windows of several days overlap",
                  n,
                  length))
          : none(Statistic.CALENDAR_TIME, status(calendar));
    }
    if (status(adjusted) != TestStatus.OK) {
      return none(Statistic.ADJUSTED_BMP, status(adjusted));
    }
    return new DecidingTest(
        Optional.of(Statistic.ADJUSTED_BMP),
        String.format(
            Locale.ROOT,
            "adjusted-bmp decides: N=%d, r=%.3f; it holds on shared days, with event-induced variance"
                + " and thin trading",
            n,
            meanCorrelation));
  }

  private static TestStatus status(Optional<TestResult> result) {
    return result.map(TestResult::status).orElse(TestStatus.NOT_REQUESTED);
  }

  private static DecidingTest none(Statistic test, TestStatus status) {
    return new DecidingTest(
        Optional.empty(),
        String.format(Locale.ROOT, "no test decides: %s is %s", test.code(), status));
  }

  private static Optional<TestResult> find(List<TestResult> results, Statistic test) {
    return results.stream().filter(result -> result.test() == test).findFirst();
  }
}
