package io.dealimpact.study.market;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TradingCalendarTest {
  private static final TradingCalendar CALENDAR = new TradingCalendar(new int[] {3, 4, 7, 8});

  @Test
  void daysOfTheCalendarHaveAnIndexAndOthersNone() {
    assertThat(CALENDAR.indicesOf(new int[] {2, 3, 5, 7, 8, 9}))
        .containsExactly(-1, 0, -1, 2, 3, -1);
    assertThat(CALENDAR.indicesOf(new int[] {7})).containsExactly(2);
    assertThat(CALENDAR.indicesOf(new int[0])).isEmpty();
    assertThat(new TradingCalendar(new int[0]).indicesOf(new int[] {1})).containsExactly(-1);
  }
}
