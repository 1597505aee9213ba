package io.dealimpact.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Commitments with milestones, and with one date alone: what is online when, by hand. */
class MilestoneTest {
  private static final Quarter END_2026 = new Quarter(2026, 4);

  private static Milestone by(String day, double gw, Milestone.Kind kind) {
    return new Milestone(Optional.of(LocalDate.parse(day)), gw, kind);
  }

  private static Milestone firm(String day, double gw) {
    return by(day, gw, Milestone.Kind.FIRM);
  }

  private static Milestone undated(double gw, Milestone.Kind kind) {
    return new Milestone(Optional.empty(), gw, kind);
  }

  private static CommitmentDraft draft(String known) {
    return new CommitmentDraft()
        .commitmentId("c")
        .dealId("d")
        .provider("P")
        .customer("C")
        .status("signed")
        .knownDate(LocalDate.parse(known));
  }

  private static CapacityRow at(Commitment commitment, Quarter quarter) {
    RollupConfig config = new RollupConfig(new Quarter(2025, 1), 32, 0, 1);
    SizedCommitment sized =
        SizedCommitment.of(commitment, Samples.catalogue(), ScheduleDefaults.defaults());
    RollupState state = RollupState.empty(config);
    state.add(sized);
    return state.rows(sized.key()).get(config.firstQuarter().until(quarter));
  }

  private static QuantityRange online(Commitment commitment, Quarter quarter) {
    return at(commitment, quarter).power().online().toRange(ExactRangeSum.WATTS_PER_GW);
  }

  private static QuantityRange assumed(Commitment commitment, Quarter quarter) {
    return at(commitment, quarter).power().assumed().toRange(ExactRangeSum.WATTS_PER_GW);
  }

  /** OpenAI-AMD: 1 GW in the second half of 2026, up to 6 GW: an option of 5 without a day. */
  @Test
  void optionsCountForNothingUntilTheyAreExercised() {
    Commitment amd =
        draft("2025-10-06")
            .powerGw(6.0, 6.0)
            .firstPowerDate(LocalDate.of(2026, 7, 1))
            .ramp("linear")
            .milestones(List.of(firm("2026-12-31", 1), undated(6, Milestone.Kind.OPTION)))
            .build();
    assertThat(online(amd, new Quarter(2026, 2))).isEqualTo(QuantityRange.exactly(0));
    assertThat(online(amd, new Quarter(2026, 3))).isEqualTo(QuantityRange.exactly(0.5));
    assertThat(online(amd, END_2026)).isEqualTo(QuantityRange.exactly(1));
    assertThat(online(amd, new Quarter(2032, 4))).isEqualTo(QuantityRange.exactly(1));
    assertThat(assumed(amd, new Quarter(2032, 4))).isEqualTo(QuantityRange.exactly(0));
    CapacityRow row = at(amd, END_2026);
    assertThat(row.power().committed().toRange(ExactRangeSum.WATTS_PER_GW))
        .isEqualTo(QuantityRange.exactly(6));
    assertThat(row.power().option().toRange(ExactRangeSum.WATTS_PER_GW))
        .isEqualTo(QuantityRange.exactly(5));
  }

  /** Amazon-Cipher: 300 MW by the end of 2026, from July; it was nothing until mid 2028. */
  @Test
  void betweenMilestonesTheRampIsKept() {
    CommitmentDraft cipher =
        draft("2025-11-03")
            .powerGw(0.3, 0.3)
            .firstPowerDate(LocalDate.of(2026, 7, 1))
            .milestones(List.of(firm("2026-12-31", 0.3)));
    assertThat(online(cipher.ramp("step").build(), new Quarter(2026, 3)))
        .isEqualTo(QuantityRange.exactly(0));
    assertThat(online(cipher.ramp("step").build(), END_2026)).isEqualTo(QuantityRange.exactly(0.3));
    assertThat(online(cipher.ramp("linear").build(), new Quarter(2026, 3)))
        .isEqualTo(QuantityRange.exactly(0.15));
    Commitment without = cipher.milestones(List.of()).ramp("linear").build();
    assertThat(online(without, END_2026))
        .as("full power is assumed")
        .isEqualTo(QuantityRange.exactly(0));
    assertThat(assumed(without, END_2026).mid()).isCloseTo(0.3 * 184 / 731, within(1e-9));
    assertThat(assumed(without, new Quarter(2028, 2)).mid())
        .as("assumed for 730 days after first power, 2028-06-30")
        .isCloseTo(0.3, within(1e-9));
  }

  /** Rainier by Epoch AI's timeline. */
  @Test
  void aTimelineIsFollowedToTheDay() {
    Commitment rainier =
        draft("2026-03-01")
            .powerGw(1.092, 1.092)
            .firstPowerDate(LocalDate.of(2025, 6, 23))
            .ramp("step")
            .milestones(
                List.of(
                    firm("2025-06-23", 0.478),
                    firm("2025-11-23", 0.751),
                    firm("2026-01-09", 1.092)))
            .build();
    assertThat(online(rainier, new Quarter(2025, 1))).isEqualTo(QuantityRange.exactly(0));
    assertThat(online(rainier, new Quarter(2025, 2))).isEqualTo(QuantityRange.exactly(0.478));
    assertThat(online(rainier, new Quarter(2025, 3))).isEqualTo(QuantityRange.exactly(0.478));
    assertThat(online(rainier, new Quarter(2025, 4))).isEqualTo(QuantityRange.exactly(0.751));
    assertThat(online(rainier, new Quarter(2026, 1))).isEqualTo(QuantityRange.exactly(1.092));
    assertThat(assumed(rainier, new Quarter(2026, 1))).isEqualTo(QuantityRange.exactly(0));
  }

  /** CoreWeave: 5 GW by 2030 on an s-curve; before, it rests on a beginning that nobody stated. */
  @Test
  void anSCurveToAStatedEndIsAssumedUntilThen() {
    Commitment coreweave =
        draft("2026-01-26")
            .powerGw(5.0, 5.0)
            .fullPowerDate(LocalDate.of(2030, 12, 31))
            .ramp("s-curve")
            .build();
    Quarter middle = new Quarter(2028, 2);
    double u = (1 + 886) / 1801.0; // 2026-01-26 to 2028-06-30, of 2026-01-26 to 2030-12-31
    assertThat(online(coreweave, middle)).isEqualTo(QuantityRange.exactly(0));
    assertThat(assumed(coreweave, middle).mid()).isCloseTo(5 * u * u * (3 - 2 * u), within(1e-9));
    assertThat(online(coreweave, new Quarter(2030, 4))).isEqualTo(QuantityRange.exactly(5));
    assertThat(assumed(coreweave, new Quarter(2030, 4))).isEqualTo(QuantityRange.exactly(0));
  }

  @Test
  void whatIsAboveTheLastMilestoneRestsOnAnAssumedDate() {
    Commitment rest =
        draft("2025-10-23")
            .powerGw(1.0, 1.2)
            .firstPowerDate(LocalDate.of(2026, 1, 1))
            .ramp("step")
            .milestones(List.of(firm("2026-12-31", 1)))
            .build();
    assertThat(online(rest, END_2026)).isEqualTo(QuantityRange.exactly(1));
    assertThat(assumed(rest, new Quarter(2028, 4))).isEqualTo(QuantityRange.of(0, 0.1, 0.2));
    Commitment dated =
        draft("2025-10-23")
            .powerGw(2.0, 2.0)
            .firstPowerDate(LocalDate.of(2026, 1, 1))
            .fullPowerDate(LocalDate.of(2027, 12, 31))
            .ramp("step")
            .milestones(List.of(firm("2026-12-31", 1)))
            .build();
    assertThat(online(dated, new Quarter(2027, 3))).isEqualTo(QuantityRange.exactly(1));
    assertThat(online(dated, new Quarter(2027, 4))).isEqualTo(QuantityRange.exactly(2));
  }

  @Test
  void milestonesAloneStateThePower() {
    Commitment alone = draft("2025-11-03").milestones(List.of(firm("2026-12-31", 0.3))).build();
    CapacityRow row = at(alone, END_2026);
    assertThat(row.power().committed().toRange(ExactRangeSum.WATTS_PER_GW))
        .isEqualTo(QuantityRange.exactly(0.3));
    assertThat(row.counts().withoutPower()).isZero();
  }

  @Test
  void gpusFollowTheParts() {
    Commitment gpus =
        draft("2025-10-06")
            .gpuModel("GB200")
            .gpus(600_000.0, 600_000.0)
            .powerGw(1.2, 1.2)
            .ramp("step")
            .firstPowerDate(LocalDate.of(2026, 1, 1))
            .milestones(List.of(firm("2026-12-31", 0.4), undated(1.2, Milestone.Kind.OPTION)))
            .build();
    CapacityRow row = at(gpus, END_2026);
    assertThat(row.gpus().online().toRange(ExactRangeSum.MILLIS_PER_GPU).mid())
        .isCloseTo(200_000, within(0.001));
    assertThat(row.gpus().h100Online().toRange(ExactRangeSum.MILLIS_PER_GPU).mid())
        .as("2.5 H100s for a GB200")
        .isCloseTo(500_000, within(0.001));
  }

  /** 9.7 billion with 0.2 GW of computers, and 4.3 billion without a power. */
  @Test
  void dollarsWithoutPowerAndPowerOfComputersAloneAreCounted() {
    Commitment iren =
        draft("2025-11-03").powerGw(0.2, 0.2).valueUsd(9.7e9, 9.7e9).load("it").build();
    Commitment other = draft("2025-11-03").valueUsd(4e9, 4.6e9).build();
    RollupState state = RollupState.empty(new RollupConfig(END_2026, 1, 0, 1));
    for (Commitment commitment : List.of(iren, other)) {
      state.add(SizedCommitment.of(commitment, Samples.catalogue(), ScheduleDefaults.defaults()));
    }
    CapacityRow.Coverage coverage =
        state.rows(new RollupKey("P", "C", "M", CommitmentStatus.SIGNED)).get(0).coverage();
    assertThat(coverage.valueUsd())
        .isEqualTo(new ExactRangeSum(13_700_000_000L, 14_000_000_000L, 14_300_000_000L));
    assertThat(coverage.withoutPowerUsd())
        .isEqualTo(new ExactRangeSum(4_000_000_000L, 4_300_000_000L, 4_600_000_000L));
    assertThat(coverage.ofComputersAlone().toRange(ExactRangeSum.WATTS_PER_GW))
        .isEqualTo(QuantityRange.exactly(0.2));
  }

  @Test
  void refusesMilestonesThatShrink() {
    assertThatThrownBy(
            () ->
                draft("2025-11-03")
                    .milestones(List.of(firm("2026-12-31", 1), firm("2027-12-31", 0.5)))
                    .build())
        .hasMessage(
            "0.5 GW by 2027-12-31 (firm) is below 1 GW by 2026-12-31 (firm); milestones are"
                + " cumulative and never fall");
  }

  @Test
  void refusesAnOptionBeforeWhatIsFirm() {
    assertThat(
            Milestone.violations(
                List.of(by("2026-12-31", 1, Milestone.Kind.OPTION), firm("2027-12-31", 2)),
                Optional.empty()))
        .extracting(Violation::rule)
        .containsExactly("option-before-firm");
  }

  @Test
  void refusesMilestonesOutOfOrderAndAboveThePower() {
    assertThat(
            Milestone.violations(
                List.of(firm("2027-12-31", 1), firm("2026-12-31", 2)),
                Optional.of(QuantityRange.exactly(1.5))))
        .extracting(Violation::rule)
        .containsExactly("milestones-out-of-order", "milestones-above-power");
    assertThat(
            Milestone.violations(
                List.of(undated(1, Milestone.Kind.FIRM), firm("2026-12-31", 2)), Optional.empty()))
        .extracting(Violation::rule)
        .containsExactly("milestones-out-of-order");
    assertThatThrownBy(() -> firm("2026-12-31", -1))
        .hasMessage("power of a milestone must be 0 GW or more, not -1.0");
  }

  /** An amendment of the dollars keeps ramp and milestones; less power than stated drops them. */
  @Test
  void anAmendmentKeepsRampAndMilestonesUntilTheyNoLongerFit() {
    Commitment first =
        draft("2025-10-06")
            .powerGw(6.0, 6.0)
            .ramp("s-curve")
            .layer("chips")
            .region("US, Texas")
            .milestones(List.of(firm("2026-12-31", 1)))
            .build();
    Commitment dollars = draft("2025-12-01").status("amended").valueUsd(1e9, 1e9).build();
    Commitment less = draft("2026-01-01").status("amended").powerGw(0.5, 0.5).build();
    CommitmentHistory history = CommitmentHistory.of(List.of(first, dollars, less));
    Commitment kept = history.asOf(LocalDate.of(2025, 12, 31)).orElseThrow();
    assertThat(kept.timing().ramp()).contains(Ramp.S_CURVE);
    assertThat(kept.timing().milestones()).isEqualTo(first.timing().milestones());
    assertThat(kept.scope()).isEqualTo(new Commitment.Scope("chips", "US, Texas", "unstated"));
    assertThat(kept.publication().promisedOn()).isEqualTo(LocalDate.of(2025, 10, 6));
    assertThat(history.asOf(LocalDate.of(2026, 1, 1)).orElseThrow().timing().milestones())
        .isEmpty();
    assertThat(history.findings())
        .extracting(Finding::rule)
        .containsExactly("milestones-do-not-fit");
  }

  /** Two sources of one day, one vintage over the other: what is less certain is kept, and said. */
  @Test
  void overlappingVintagesKeepTheCautiousList() {
    Commitment press =
        draft("2025-10-06").source("press").milestones(List.of(firm("2026-12-31", 2))).build();
    Commitment filing =
        draft("2025-10-06").source("filing").milestones(List.of(firm("2026-12-31", 1))).build();
    for (List<Commitment> rows : List.of(List.of(press, filing), List.of(filing, press))) {
      CommitmentHistory history = CommitmentHistory.of(rows);
      assertThat(history.versions().get(0).timing().milestones())
          .isEqualTo(filing.timing().milestones());
      assertThat(history.findings())
          .extracting(Finding::message)
          .containsExactly(
              "'filing' and 'press' differ in milestones; the cautious reading is kept");
    }
  }

  /** What is online and assumed never exceeds what is stated for a day, and the parts are all. */
  @Property(tries = 200)
  void neverBeyondWhatIsStated(
      @ForAll @Size(min = 1, max = 4) List<@DoubleRange(min = 0, max = 2) Double> steps,
      @ForAll Ramp ramp,
      @ForAll @IntRange(min = 0, max = 300) int days) {
    double gw = 0;
    List<Milestone> milestones = new java.util.ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      gw += steps.get(i);
      milestones.add(firm(LocalDate.of(2026, 3, 1).plusDays(days * (i + 1L) + i).toString(), gw));
    }
    Commitment commitment =
        draft("2025-11-03")
            .firstPowerDate(LocalDate.of(2026, 1, 1))
            .ramp(ramp.code())
            .milestones(milestones)
            .build();
    double total = gw;
    for (Milestone milestone : milestones) {
      Quarter quarter = Quarter.of(milestone.date().orElseThrow());
      double stated =
          milestones.stream()
              .filter(m -> !m.date().orElseThrow().isAfter(quarter.lastDay()))
              .mapToDouble(Milestone::cumulativeGw)
              .max()
              .orElse(0);
      double next =
          milestones.stream()
              .filter(m -> m.date().orElseThrow().isAfter(quarter.lastDay()))
              .mapToDouble(Milestone::cumulativeGw)
              .min()
              .orElse(total);
      // Four parts, each rounded to a watt.
      assertThat(online(commitment, quarter).mid()).isBetween(stated - 4e-9, next + 4e-9);
    }
  }
}
