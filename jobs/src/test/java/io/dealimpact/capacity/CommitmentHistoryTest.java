package io.dealimpact.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class CommitmentHistoryTest {

  private static final LocalDate SIGNED = LocalDate.of(2025, 11, 3);
  private static final LocalDate AMENDED = LocalDate.of(2026, 2, 27);
  private static final LocalDate CANCELLED = LocalDate.of(2026, 6, 1);

  private static Commitment amendment() {
    return new CommitmentDraft()
        .commitmentId("openai-aws")
        .dealId("openai-aws-2025-11-03")
        .provider("Amazon")
        .customer("OpenAI")
        .powerGw(2.0, 2.0)
        .status("amended")
        .knownDate(AMENDED)
        .source("deals")
        .build();
  }

  private static Commitment cancellation() {
    return new CommitmentDraft()
        .commitmentId("openai-aws")
        .dealId("openai-aws-2025-11-03")
        .provider("Amazon")
        .customer("OpenAI")
        .status("cancelled")
        .knownDate(CANCELLED)
        .build();
  }

  @Test
  void answersWhatWasKnownOnADay() {
    CommitmentHistory history =
        CommitmentHistory.of(
            List.of(cancellation(), Samples.aws().gpus(400_000.0, 500_000.0).build(), amendment()));
    assertThat(history.asOf(SIGNED.minusDays(1))).isEmpty();
    assertThat(history.asOf(SIGNED).flatMap(known -> known.size().powerGw()))
        .contains(QuantityRange.exactly(1));
    Commitment amended = history.asOf(AMENDED).orElseThrow();
    assertThat(amended.size().powerGw()).contains(QuantityRange.exactly(2));
    assertThat(amended.size().gpus()).as("would no longer fit the power").isEmpty();
    assertThat(amended.size().gpuModel()).isEqualTo("GB200");
    assertThat(amended.size().valueUsd()).contains(QuantityRange.exactly(38e9));
    assertThat(amended.status()).as("amended keeps the status").isEqualTo(CommitmentStatus.SIGNED);
    assertThat(amended.timing().ramp()).contains(Ramp.LINEAR);
    assertThat(history.asOf(CANCELLED.minusDays(1))).contains(amended);
    assertThat(history.asOf(CANCELLED).orElseThrow().isActive()).isFalse();
    assertThat(history.findings()).isEmpty();
  }

  @Test
  void countsOneCommitmentOfTwoFeedsOnce() {
    List<CommitmentHistory> histories =
        CommitmentHistory.group(
            List.of(
                Samples.aws().source("deals").build(),
                Samples.aws().source("press").gpuModel(null).powerGw(null, null).build()));
    assertThat(histories).hasSize(1);
    assertThat(histories.get(0).versions()).hasSize(1);
    assertThat(histories.get(0).findings()).isEmpty();
    assertThat(histories.get(0).asOf(SIGNED).flatMap(known -> known.size().powerGw()))
        .contains(QuantityRange.exactly(1));
  }

  @Test
  void reportsContradictionsAndKeepsTheCautiousReading() {
    CommitmentHistory history =
        CommitmentHistory.of(
            List.of(
                Samples.aws().source("a").build(),
                Samples.aws()
                    .source("b")
                    .valueUsd(40e9, 40e9)
                    .status("announced")
                    .fullPowerDate(LocalDate.of(2027, 6, 30))
                    .build()));
    assertThat(history.findings())
        .containsExactly(
            new Finding(
                "openai-aws",
                SIGNED,
                "contradictory-amendments",
                "'a' and 'b' differ in value_usd, full_power_date, status; the cautious reading is"
                    + " kept"));
    Commitment kept = history.versions().get(0);
    assertThat(kept.size().valueUsd()).contains(QuantityRange.of(38e9, 40e9));
    assertThat(kept.status()).isEqualTo(CommitmentStatus.ANNOUNCED);
    assertThat(kept.timing().fullPowerDate()).contains(LocalDate.of(2027, 6, 30));
  }

  @Test
  void reportsAChangedIdentityAndALifeAfterCancelling() {
    CommitmentHistory history =
        CommitmentHistory.of(
            List.of(
                Samples.aws().build(),
                cancellation(),
                Samples.aws().customer("Anthropic").knownDate(CANCELLED.plusDays(1)).build()));
    assertThat(history.findings())
        .extracting(Finding::rule)
        .containsExactly("identity-changed", "amended-after-cancelled");
    assertThat(history.asOf(CANCELLED.plusDays(1)).orElseThrow().isActive()).isTrue();
  }

  /** The amendment of 2026-02-27 came with a deal of its own. */
  @Test
  void anAmendmentBringsItsOwnDealAndIsNothingOdd() {
    CommitmentHistory history =
        CommitmentHistory.of(
            List.of(
                Samples.aws().build(),
                Samples.aws().dealId("another").status("amended").knownDate(AMENDED).build()));
    assertThat(history.findings()).isEmpty();
    assertThat(history.asOf(AMENDED).orElseThrow().status()).isEqualTo(CommitmentStatus.SIGNED);
  }

  @Test
  void reportsAStepDownTheLadder() {
    CommitmentHistory history =
        CommitmentHistory.of(
            List.of(
                Samples.aws().build(), Samples.aws().status("planned").knownDate(AMENDED).build()));
    assertThat(history.findings())
        .containsExactly(
            new Finding("openai-aws", AMENDED, "status-went-back", "was signed and is planned"));
    assertThat(history.asOf(AMENDED).map(Commitment::status)).contains(CommitmentStatus.PLANNED);
  }

  @Test
  void anAmendmentThatTurnsTheDatesRoundIsReported() {
    Commitment late =
        Samples.aws()
            .firstPowerDate(LocalDate.of(2027, 6, 1))
            .fullPowerDate(null)
            .knownDate(AMENDED)
            .build();
    CommitmentHistory history = CommitmentHistory.of(List.of(Samples.aws().build(), late));
    assertThat(history.findings())
        .extracting(Finding::rule)
        .containsExactly("full-before-first-power");
    assertThat(history.asOf(AMENDED).flatMap(known -> known.timing().fullPowerDate()))
        .contains(LocalDate.of(2027, 6, 1));
  }

  @Test
  void isOfOneCommitment() {
    assertThatThrownBy(
            () -> CommitmentHistory.of(List.of(Samples.aws().build(), Samples.azure().build())))
        .hasMessageStartingWith("a history is of one commitment, not of 2: ");
    assertThatThrownBy(() -> CommitmentHistory.of(List.of()))
        .hasMessage("a history is of one commitment, not of 0: []");
  }

  @Property(tries = 50)
  void doesNotDependOnTheOrderOfRows(@ForAll long seed) {
    List<Commitment> rows = new ArrayList<>();
    rows.add(Samples.aws().source("a").build());
    rows.add(Samples.aws().source("b").valueUsd(35e9, 40e9).build());
    rows.add(Samples.aws().source("c").gpuModel("GB300").ramp("step").build());
    rows.add(amendment());
    rows.add(cancellation());
    CommitmentHistory expected = CommitmentHistory.of(rows);
    Collections.shuffle(rows, new Random(seed));
    assertThat(CommitmentHistory.of(rows)).isEqualTo(expected);
  }

  @Test
  void aFirstRowThatIsAmendedIsOfASignedContract() {
    assertThat(CommitmentHistory.of(List.of(amendment())).versions().get(0).status())
        .isEqualTo(CommitmentStatus.SIGNED);
  }

  @Test
  void sizesFollowFromTheModel() {
    SizedCommitment fromPower =
        SizedCommitment.of(Samples.aws().build(), Samples.catalogue(), ScheduleDefaults.defaults());
    assertThat(fromPower.gpus().basis()).isEqualTo(SizedCommitment.Basis.DERIVED);
    // 10⁶ kW / 2.4 and / 1.6 kW.
    assertThat(fromPower.gpus().range().orElseThrow().low()).isEqualTo(1e6 / 2.4);
    assertThat(fromPower.gpus().range().orElseThrow().high()).isEqualTo(1e6 / 1.6);
    SizedCommitment fromGpus =
        SizedCommitment.of(
            Samples.aws().powerGw(null, null).gpus(400_000.0, 500_000.0).build(),
            Samples.catalogue(),
            ScheduleDefaults.defaults());
    // 400 000 × 1.6 kW and 500 000 × 2.4 kW.
    assertThat(fromGpus.powerGw().range().orElseThrow().low()).isEqualTo(0.64);
    assertThat(fromGpus.powerGw().range().orElseThrow().high()).isEqualTo(1.2);
    SizedCommitment unknown =
        SizedCommitment.of(
            Samples.azure().build(), Samples.catalogue(), ScheduleDefaults.defaults());
    assertThat(unknown.powerGw().range()).isEqualTo(Optional.empty());
    assertThat(unknown.powerGw().basis()).isEqualTo(SizedCommitment.Basis.MISSING);
    assertThat(unknown.isUndated()).isTrue();
  }

  @Test
  void aCancelledVersionIsKnownAndDoesNotCount() {
    LocalDate day = LocalDate.of(2025, 11, 3);
    CommitmentHistory history =
        CommitmentHistory.of(
            List.of(
                Samples.aws().build(),
                Samples.aws().status("cancelled").knownDate(day.plusDays(10)).build()));
    assertThat(history.activeOn(day.minusDays(1))).isEmpty();
    assertThat(history.activeOn(day.plusDays(9))).isEqualTo(history.asOf(day)).isPresent();
    assertThat(history.activeOn(day.plusDays(10))).isEmpty();
  }
}
