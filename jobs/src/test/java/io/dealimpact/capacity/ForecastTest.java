package io.dealimpact.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is expected beside what is on schedule: by hand, and against the draws. */
class ForecastTest {
  private static final Quarter FIRST = new Quarter(2026, 1);

  private static SizedCommitment on(
      String id, CommitmentStatus status, Milestone.Kind kind, String day, Schedule.Basis basis) {
    LocalDate full = LocalDate.parse(day);
    Tranche all =
        new Tranche(
            Optional.of(QuantityRange.exactly(1)),
            1,
            kind,
            Optional.of(new Schedule(full, full, Ramp.STEP, basis)));
    return new SizedCommitment(
        id,
        new RollupKey("P", "C", "M", status),
        SizedCommitment.Amount.stated(Optional.of(QuantityRange.exactly(1))),
        SizedCommitment.Amount.of(Optional.empty(), Optional.empty()),
        Optional.empty(),
        List.of(all),
        SizedCommitment.Terms.UNSTATED);
  }

  private static List<CapacityRow> rows(
      List<SizedCommitment> commitments, Forecast forecast, int replicates) {
    RollupConfig config =
        new RollupConfig(FIRST, 8, replicates, 20251103, LocalDate.of(2026, 5, 1), forecast);
    RollupState state = RollupState.empty(config);
    commitments.forEach(state::add);
    return state.rows(commitments.get(0).key());
  }

  private static double[] expectedGw(SizedCommitment commitment, Forecast forecast) {
    return rows(List.of(commitment), forecast, 0).stream()
        .mapToDouble(row -> row.power().expectedWatts() / 1e9)
        .toArray();
  }

  /** Mean delay of one quarter: half of it on time, a quarter one late, an eighth two late. */
  private static Forecast oneQuarter() {
    return new Forecast(0.13, 0.13, 0.5, 0.8, 1, 0.25, 1);
  }

  @Test
  void delaysAreGeometricWithTheirMean() {
    for (double mean : new double[] {0, 0.5, 1, 2, 8}) {
      Forecast forecast = new Forecast(0, 0, 0, 1, mean, 0, 0);
      double[] slip = forecast.slip();
      double sum = 0;
      double average = 0;
      for (int k = 0; k < slip.length; k++) {
        sum += slip[k];
        average += k * slip[k];
      }
      assertThat(sum).isCloseTo(1, within(1e-12));
      // Delays above 80 quarters are put at 80: of a mean of 8, (8/9)^80 x 8 are cut off.
      assertThat(average).isCloseTo(mean, within(8 * Math.pow(8 / 9.0, 80) + 1e-9));
    }
    assertThat(Arrays.copyOf(oneQuarter().slip(), 3)).containsExactly(0.5, 0.25, 0.125);
  }

  @Test
  void whatIsToComeIsBuiltWithTheProbabilityOfItsRungAndLate() {
    SizedCommitment signed =
        on("a", CommitmentStatus.SIGNED, Milestone.Kind.FIRM, "2026-09-30", Schedule.Basis.STATED);
    assertThat(expectedGw(signed, oneQuarter()))
        .usingComparatorWithPrecision(1e-12)
        .containsExactly(
            0, 0, 0.8 * 0.5, 0.8 * 0.75, 0.8 * 0.875, 0.8 * 0.9375, 0.8 * 31 / 32, 0.8 * 63 / 64);
    SizedCommitment planned =
        on("a", CommitmentStatus.PLANNED, Milestone.Kind.FIRM, "2026-09-30", Schedule.Basis.STATED);
    assertThat(expectedGw(planned, oneQuarter())[2]).isCloseTo(0.13 * 0.5, within(1e-12));
  }

  @Test
  void whatWasToBeOnlineByTheDayIsTakenToBe() {
    SizedCommitment past =
        on("a", CommitmentStatus.PLANNED, Milestone.Kind.FIRM, "2026-03-31", Schedule.Basis.STATED);
    assertThat(expectedGw(past, oneQuarter())).containsOnly(1.0);
  }

  @Test
  void anOptionIsExpectedByTheProbabilityOfItsExercise() {
    SizedCommitment option =
        on(
            "a",
            CommitmentStatus.SIGNED,
            Milestone.Kind.OPTION,
            "2026-09-30",
            Schedule.Basis.STATED);
    assertThat(expectedGw(option, oneQuarter())[2]).isCloseTo(0.8 * 0.25 * 0.5, within(1e-12));
    assertThat(rows(List.of(option), oneQuarter(), 0).get(7).power().online())
        .isEqualTo(ExactRangeSum.ZERO);
  }

  /** By −1, 0 or +1 quarters: a third of it a quarter earlier, a third later. */
  @Test
  void anAssumedDateMovesBothWays() {
    SizedCommitment assumed =
        on(
            "a",
            CommitmentStatus.SIGNED,
            Milestone.Kind.FIRM,
            "2026-12-31",
            Schedule.Basis.ASSUMED_FULL_DATE);
    double[] expected = expectedGw(assumed, oneQuarter());
    assertThat(expected[2]).isCloseTo(0.8 / 3 * 0.5, within(1e-12));
    assertThat(expected[3]).isCloseTo(0.8 / 3 * (0.75 + 0.5), within(1e-12));
    CapacityRow last = rows(List.of(assumed), oneQuarter(), 0).get(7);
    assertThat(last.power().online()).isEqualTo(ExactRangeSum.ZERO);
    assertThat(last.power().assumed().mid()).isEqualTo(1_000_000_000);
  }

  /**
   * 400 commitments of 1 GW: the median of 400 draws of their sum is its mean but for its standard
   * error, 1.25 σ / √400, σ at most √(400 / 4) = 10 GW: 4 x 0.63 GW allowed.
   */
  @Test
  void theDrawsHaveTheExpectedValue() {
    for (Milestone.Kind kind : Milestone.Kind.values()) {
      for (Schedule.Basis basis : Schedule.Basis.values()) {
        List<SizedCommitment> many = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
          many.add(on("c" + i, CommitmentStatus.SIGNED, kind, "2026-12-31", basis));
        }
        for (CapacityRow row : rows(many, oneQuarter(), 400)) {
          Percentiles forecast = row.power().forecast().orElseThrow();
          assertThat(forecast.p50() / 1e9)
              .as("%s %s %s", kind, basis, row.quarter())
              .isCloseTo(row.power().expectedWatts() / 1e9, within(2.6));
          assertThat(forecast.p05()).isLessThanOrEqualTo(forecast.p50());
        }
      }
    }
  }

  @Test
  void refusesWhatIsNoProbability() {
    assertThatThrownBy(() -> new Forecast(0.13, 0.13, 0.5, 1.1, 2, 0.5, 4))
        .hasMessage("a probability must be from 0 to 1, not 1.1");
    assertThatThrownBy(() -> new Forecast(0.13, 0.13, 0.5, 0.9, -1, 0.5, 4))
        .hasMessageContaining("the mean delay must be from 0 to 20 quarters");
  }
}
