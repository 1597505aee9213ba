package io.dealimpact.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.Optional;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RampTest {

  /** Closed forms and daily sums differ by rounding of at most some thousand terms of order 1. */
  private static final double ROUNDING = 1e-12;

  private static Schedule schedule(String first, String full, Ramp ramp) {
    return new Schedule(LocalDate.parse(first), LocalDate.parse(full), ramp, Schedule.Basis.STATED);
  }

  @Test
  void linearIsTheShareOfDaysPassed() {
    Schedule ramp = schedule("2026-01-01", "2026-12-31", Ramp.LINEAR);
    assertThat(ramp.shareAt(LocalDate.of(2025, 12, 31))).isZero();
    assertThat(ramp.shareAt(LocalDate.of(2026, 1, 1))).isEqualTo(1 / 365.0);
    assertThat(ramp.shareAtEnd(new Quarter(2026, 1))).isEqualTo(90 / 365.0);
    assertThat(ramp.shareAtEnd(new Quarter(2026, 4))).isEqualTo(1);
    // (1 + … + 90) / 90 / 365 = 45.5 / 365.
    assertThat(ramp.averageShare(new Quarter(2026, 1))).isCloseTo(45.5 / 365, within(ROUNDING));
  }

  @Test
  void stepIsNothingUntilAllIsThere() {
    Schedule ramp = schedule("2026-01-01", "2026-12-31", Ramp.STEP);
    assertThat(ramp.shareAtEnd(new Quarter(2026, 3))).isZero();
    assertThat(ramp.shareAt(LocalDate.of(2026, 12, 30))).isZero();
    assertThat(ramp.shareAtEnd(new Quarter(2026, 4))).isEqualTo(1);
    assertThat(ramp.averageShare(new Quarter(2026, 4))).isEqualTo(1 / 92.0);
  }

  @Test
  void sCurveIsHalfAtHalfTime() {
    Schedule ramp = schedule("2026-01-01", "2026-01-10", Ramp.S_CURVE);
    assertThat(ramp.shareAt(LocalDate.of(2026, 1, 5))).isEqualTo(0.5);
    // u = 0.2: 3·0.04 − 2·0.008 = 0.104, and its mirror image.
    assertThat(ramp.shareAt(LocalDate.of(2026, 1, 2))).isCloseTo(0.104, within(ROUNDING));
    assertThat(ramp.shareAt(LocalDate.of(2026, 1, 8))).isCloseTo(0.896, within(ROUNDING));
  }

  @Test
  void oneDayRampIsFullThatDay() {
    for (Ramp ramp : Ramp.values()) {
      Schedule schedule = schedule("2026-05-05", "2026-05-05", ramp);
      assertThat(schedule.shareAt(LocalDate.of(2026, 5, 4))).isZero();
      assertThat(schedule.shareAt(LocalDate.of(2026, 5, 5))).isEqualTo(1);
    }
  }

  @Test
  void codesRoundTrip() {
    for (Ramp ramp : Ramp.values()) {
      assertThat(Ramp.parse(ramp.code())).contains(ramp);
    }
    assertThat(Ramp.S_CURVE.code()).isEqualTo("s-curve");
    assertThat(Ramp.parse("cliff")).isEmpty();
  }

  @Test
  void refusesFullBeforeFirst() {
    assertThatThrownBy(() -> schedule("2026-02-01", "2026-01-01", Ramp.LINEAR))
        .hasMessage("full power on 2026-01-01 is before first power on 2026-02-01");
  }

  @Test
  void scheduleSaysWhatItAssumed() {
    LocalDate promised = LocalDate.of(2025, 11, 3);
    Optional<LocalDate> day = Optional.of(LocalDate.of(2026, 1, 1));
    assertThat(Schedule.of(Optional.empty(), Optional.empty(), Ramp.LINEAR, 730, promised))
        .isEmpty();
    assertThat(Schedule.of(day, Optional.empty(), Ramp.LINEAR, 730, promised))
        .contains(
            new Schedule(
                LocalDate.of(2026, 1, 1),
                LocalDate.of(2028, 1, 1),
                Ramp.LINEAR,
                Schedule.Basis.ASSUMED_FULL_DATE));
    assertThat(Schedule.of(Optional.empty(), day, Ramp.S_CURVE, 730, promised))
        .contains(
            new Schedule(promised, day.get(), Ramp.S_CURVE, Schedule.Basis.ASSUMED_FIRST_DATE));
    assertThat(
            Schedule.of(Optional.empty(), day, Ramp.LINEAR, 730, promised.plusYears(1))
                .orElseThrow()
                .firstPowerDate())
        .as("never after full power")
        .isEqualTo(day.get());
  }

  /** The closed form of the average is the mean of the daily shares; shares never fall. */
  @Property(tries = 300)
  void averageIsTheMeanOfTheDays(
      @ForAll Ramp ramp,
      @ForAll @IntRange(min = -400, max = 400) int first,
      @ForAll @IntRange(min = 0, max = 3000) int length,
      @ForAll @IntRange(min = 0, max = 91) int days) {
    long full = (long) first + length;
    double mean =
        LongStream.rangeClosed(0, days)
            .mapToDouble(day -> ramp.shareAt(day, first, full))
            .average()
            .orElseThrow();
    assertThat(ramp.averageShare(0, days, first, full)).isCloseTo(mean, within(1e-9));
    assertThat(ramp.shareAt(days, first, full))
        .isGreaterThanOrEqualTo(ramp.shareAt((long) days - 1, first, full))
        .isBetween(0.0, 1.0);
  }
}
