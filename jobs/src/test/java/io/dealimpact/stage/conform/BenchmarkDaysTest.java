package io.dealimpact.stage.conform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Trading days of the benchmark's market, and what of them changes with the bars that came. */
final class BenchmarkDaysTest {
  private static final LocalDate MONDAY = LocalDate.of(2025, 11, 3);

  private static MarketDay day(int after, double close, long traded) {
    return new MarketDay(
        new MarketDay.Market(MONDAY.plusDays(after), "USD", "America/New_York"),
        close,
        traded + (Double.isNaN(close) ? 0 : 1),
        traded);
  }

  @Test
  void aDayThatTheBenchmarkLacksIsOneOfItsMarketWhereHalfOfItTraded() {
    BenchmarkDays days =
        BenchmarkDays.of(
            List.of(
                day(0, 100, 10),
                day(1, Double.NaN, 5),
                day(2, 101, 10),
                day(3, Double.NaN, 4),
                day(4, 102, 10),
                day(5, Double.NaN, 9)));

    assertThat(days.closes())
        .containsOnlyKeys(MONDAY, MONDAY.plusDays(1), MONDAY.plusDays(2), MONDAY.plusDays(4))
        .containsEntry(MONDAY.plusDays(1), Double.NaN);
    assertThat(days.refuses(day(3, Double.NaN, 4).market())).isTrue();
    assertThat(days.refuses(day(1, Double.NaN, 5).market())).isFalse();
    assertThat(days.refuses(day(5, Double.NaN, 9).market())).as("after its last bar").isFalse();
    assertThat(days.refuses(new MarketDay.Market(MONDAY.plusDays(3), "EUR", "America/New_York")))
        .as("of another currency")
        .isFalse();
  }

  @Test
  void withoutABarOfTheBenchmarkNoDayIsRefused() {
    BenchmarkDays days = BenchmarkDays.of(List.of(day(0, Double.NaN, 3)));

    assertThat(days.closes()).isEmpty();
    assertThat(days.span()).isEmpty();
    assertThat(days.refuses(day(0, Double.NaN, 3).market())).isFalse();
  }

  @Test
  void barsThatComeAndGoAreCounted() {
    List<MarketDay> changed =
        MarketDay.changed(
            List.of(day(0, 100, 10), day(1, Double.NaN, 2)),
            List.of(day(0, Double.NaN, 3), day(2, 101, 7)),
            List.of(day(0, Double.NaN, 4), day(1, Double.NaN, 2)));

    assertThat(changed)
        .as("a day without any bar is gone")
        .containsExactly(day(0, 100, 9), day(2, 101, 7));
  }
}
