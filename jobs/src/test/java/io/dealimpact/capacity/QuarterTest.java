package io.dealimpact.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class QuarterTest {

  @Test
  void parsesAndPrints() {
    assertThat(Quarter.parse("2025Q4")).isEqualTo(new Quarter(2025, 4)).hasToString("2025Q4");
    assertThat(Quarter.parse("2025-q1")).isEqualTo(new Quarter(2025, 1));
    assertThatThrownBy(() -> Quarter.parse("2025Q5"))
        .hasMessage("'2025Q5' is not a quarter such as 2025Q4");
    assertThatThrownBy(() -> new Quarter(2025, 0)).hasMessage("quarter 0 of 2025 is not 1 to 4");
  }

  @Test
  void knowsItsDays() {
    Quarter quarter = Quarter.of(LocalDate.of(2024, 2, 29));
    assertThat(quarter.firstDay()).isEqualTo(LocalDate.of(2024, 1, 1));
    assertThat(quarter.lastDay()).isEqualTo(LocalDate.of(2024, 3, 31));
    assertThat(quarter.days()).isEqualTo(91);
    assertThat(Quarter.of(LocalDate.of(2025, 12, 31))).isEqualTo(new Quarter(2025, 4));
  }

  @Test
  void counts() {
    Quarter last = new Quarter(2025, 4);
    assertThat(last.next()).isEqualTo(new Quarter(2026, 1));
    assertThat(last.plus(-4)).isEqualTo(new Quarter(2024, 4));
    assertThat(last.until(new Quarter(2027, 1))).isEqualTo(5);
    assertThat(last).isLessThan(last.next());
  }

  @Test
  void fractionIsOfDaysPassed() {
    Quarter quarter = new Quarter(2025, 4);
    assertThat(quarter.fraction(LocalDate.of(2025, 9, 30))).isZero();
    assertThat(quarter.fraction(LocalDate.of(2025, 10, 23))).isEqualTo(0.25);
    assertThat(quarter.fraction(LocalDate.of(2025, 12, 31))).isEqualTo(1);
    assertThat(quarter.fraction(LocalDate.of(2026, 2, 1))).isEqualTo(1);
  }
}
