package io.dealimpact.study.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.dealimpact.study.market.EventWindow;
import java.util.List;
import org.junit.jupiter.api.Test;

class DecidingTestTest {
  private static final EventWindow WEEK = new EventWindow(-2, 2);

  @Test
  void adjustedBmpDecidesADayAndCalendarTimeAWindow() {
    List<TestResult> results = results(WEEK, 12);
    assertThat(DecidingTest.of(results, 1, 0.031).test()).contains(Statistic.ADJUSTED_BMP);
    assertThat(DecidingTest.of(results, 1, 0.031).reason())
        .isEqualTo(
            "adjusted-bmp decides: N=12, r=0.031; it holds on shared days, with event-induced"
                + " variance and thin trading");
    assertThat(DecidingTest.of(results, 5, 0.031).test()).contains(Statistic.CALENDAR_TIME);
  }

  @Test
  void fewerThanFiveCompanyDaysHaveNoVerdict() {
    DecidingTest none = DecidingTest.of(results(WEEK, 4), 1, 0.1);
    assertThat(none.test()).isEmpty();
    assertThat(none.reason()).isEqualTo("no test decides: 4 company-days, at least 5 are needed");
  }

  @Test
  void aWindowWithoutCalendarTimeIsNotDecided() {
    List<TestResult> results = List.of(results(WEEK, 12).get(0));
    assertThat(DecidingTest.of(results, 5, 0).test()).isEmpty();
    assertThat(DecidingTest.of(results, 5, 0).reason())
        .isEqualTo("no test decides: calendar-time is NOT_REQUESTED");
  }

  private static List<TestResult> results(EventWindow window, int n) {
    Inference inference = new Inference(window);
    return List.of(
        inference.student(Statistic.ADJUSTED_BMP, TestVariant.TEXTBOOK, n, 2.1, n - 1),
        inference.student(Statistic.CALENDAR_TIME, TestVariant.TEXTBOOK, n, 1.3, n - 1));
  }
}
