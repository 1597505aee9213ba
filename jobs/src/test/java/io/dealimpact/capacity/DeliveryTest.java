package io.dealimpact.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Rainier: what was promised in October 2025, beside Epoch AI's timeline, by hand. */
class DeliveryTest {
  private static final LocalDate OCTOBER = LocalDate.of(2025, 10, 29);
  private static final double MONTH = 365.2425 / 12;

  private static final List<Delivery.Observation> SEEN =
      List.of(
          seen("New Carlisle", "2025-06-23", 0.478),
          seen("New Carlisle", "2025-11-23", 0.751),
          seen("New Carlisle", "2026-01-09", 1.092),
          seen("New Carlisle", "2026-06-01", 1.092));

  private static Delivery.Observation seen(String site, String day, double gw) {
    return new Delivery.Observation(site, LocalDate.parse(day), gw);
  }

  private static Commitment promised(LocalDate known, double gw, String by) {
    return new CommitmentDraft()
        .commitmentId("rainier")
        .dealId("d")
        .provider("Amazon")
        .customer("Anthropic")
        .status("announced")
        .ramp("step")
        .firstPowerDate(LocalDate.of(2025, 6, 23))
        .milestones(
            List.of(
                new Milestone(Optional.of(LocalDate.of(2025, 6, 23)), 0.478, Milestone.Kind.FIRM),
                new Milestone(Optional.of(LocalDate.parse(by)), gw, Milestone.Kind.TARGET)))
        .knownDate(known)
        .build();
  }

  private static List<Delivery> delivered(Commitment... versions) {
    return Delivery.of(
        CommitmentHistory.group(List.of(versions)), SEEN, ScheduleDefaults.defaults());
  }

  @Test
  void aPromiseIsHeldAgainstTheTimeline() {
    List<Delivery> rows = delivered(promised(OCTOBER, 1.0, "2025-12-31"));
    assertThat(rows)
        .extracting(Delivery::quarter)
        .containsExactly(
            new Quarter(2025, 2), new Quarter(2025, 3), new Quarter(2025, 4), new Quarter(2026, 1));
    Delivery autumn = rows.get(1);
    assertThat(autumn.promisedGw()).isEqualTo(0.478);
    assertThat(autumn.builtGw()).isEqualTo(0.478);
    assertThat(autumn.slipMonths()).hasValue(0);
    Delivery yearEnd = rows.get(2);
    assertThat(yearEnd.asOf()).isEqualTo(OCTOBER);
    assertThat(yearEnd.promisedGw()).isCloseTo(1, within(1e-12));
    assertThat(yearEnd.builtGw()).isEqualTo(0.751);
    assertThat(yearEnd.slipMonths().orElseThrow())
        .as("2025-12-31 to 2026-01-09")
        .isCloseTo(9 / MONTH, within(1e-12));
    assertThat(yearEnd.openMonths()).isEmpty();
    assertThat(rows.get(3).builtGw()).isEqualTo(1.092);
  }

  @Test
  void whatHasNotComeIsOpen() {
    Delivery row = delivered(promised(OCTOBER, 2.2, "2025-12-31")).get(2);
    assertThat(row.slipMonths()).isEmpty();
    assertThat(row.openMonths().orElseThrow())
        .as("2025-12-31 to 2026-06-01")
        .isCloseTo(152 / MONTH, within(1e-12));
  }

  @Test
  void whatCameEarlyIsNegative() {
    Delivery row = delivered(promised(OCTOBER, 0.7, "2026-02-28")).get(3);
    assertThat(row.promisedGw()).isCloseTo(0.7, within(1e-12));
    assertThat(row.slipMonths().orElseThrow())
        .as("2026-02-28 to 2025-11-23")
        .isCloseTo(-97 / MONTH, within(1e-12));
  }

  /** Each vintage of an overlapping promise has rows of its own: none hides the other. */
  @Test
  void everyVintageIsHeldAgainstItsOwnDates() {
    List<Delivery> rows =
        delivered(
            promised(OCTOBER, 1.0, "2025-12-31"),
            promised(LocalDate.of(2025, 12, 15), 1.0, "2026-03-31"));
    assertThat(rows)
        .filteredOn(row -> row.quarter().equals(new Quarter(2026, 1)))
        .extracting(Delivery::asOf)
        .containsExactly(OCTOBER, LocalDate.of(2025, 12, 15));
    assertThat(rows)
        .filteredOn(row -> row.quarter().equals(new Quarter(2025, 4)))
        .extracting(Delivery::promisedGw)
        .containsExactly(1.0, 0.478);
    Delivery later = rows.get(rows.size() - 1);
    assertThat(later.slipMonths().orElseThrow())
        .as("2026-03-31 to 2026-01-09: early by the later promise")
        .isCloseTo(-81 / MONTH, within(1e-12));
  }

  @Test
  void withoutObservationsThereIsNothingToHoldAgainst() {
    assertThat(
            Delivery.of(
                CommitmentHistory.group(List.of(promised(OCTOBER, 1.0, "2025-12-31"))),
                List.of(),
                ScheduleDefaults.defaults()))
        .isEmpty();
  }
}
