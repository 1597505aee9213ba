package io.dealimpact.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class CapacityRollupTest {

  private static final RollupConfig CONFIG =
      new RollupConfig(new Quarter(2025, 3), 8, 40, 20251103);

  private static SizedCommitment aws() {
    return SizedCommitment.of(
        Samples.aws().build(), Samples.catalogue(), ScheduleDefaults.defaults());
  }

  private static RollupState state(List<SizedCommitment> commitments) {
    RollupState state = RollupState.empty(CONFIG);
    commitments.forEach(state::add);
    return state;
  }

  /** Commitments with everything at random, some before, across and after the horizon. */
  static List<SizedCommitment> random(long seed, int count) {
    Random random = new Random(seed);
    List<SizedCommitment> commitments = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      LocalDate first = LocalDate.of(2024, 6, 1).plusDays(random.nextInt(1300));
      double low = random.nextDouble();
      Optional<QuantityRange> powerGw =
          random.nextInt(8) == 0
              ? Optional.empty()
              : Optional.of(QuantityRange.of(low, low * (1 + random.nextDouble())));
      commitments.add(
          new SizedCommitment(
              "c" + i,
              new RollupKey(
                  "p" + random.nextInt(3),
                  "c" + random.nextInt(4),
                  "m" + random.nextInt(2),
                  random.nextInt(3) == 0 ? CommitmentStatus.PLANNED : CommitmentStatus.SIGNED),
              SizedCommitment.Amount.stated(powerGw),
              SizedCommitment.Amount.stated(
                  random.nextInt(8) == 0
                      ? Optional.empty()
                      : Optional.of(QuantityRange.of(low * 4e5, low * 6e5))),
              Optional.of(1 + random.nextDouble()),
              tranches(random, powerGw, first),
              new SizedCommitment.Terms(
                  Optional.of(QuantityRange.of(1e9 * random.nextInt(9), 9e9)),
                  random.nextInt(2) == 0 ? "it" : "facility")));
    }
    return commitments;
  }

  /** One to three parts, each firm or an option, on stated or assumed dates or none. */
  private static List<Tranche> tranches(
      Random random, Optional<QuantityRange> powerGw, LocalDate first) {
    List<Tranche> tranches = new ArrayList<>();
    double[] shares = random.nextBoolean() ? new double[] {1} : new double[] {0.5, 0.25, 0.25};
    for (double share : shares) {
      Optional<Schedule> schedule =
          random.nextInt(8) == 0
              ? Optional.empty()
              : Optional.of(
                  new Schedule(
                      first,
                      first.plusDays(random.nextInt(700)),
                      List.of(Ramp.values()).get(random.nextInt(3)),
                      List.of(Schedule.Basis.values()).get(random.nextInt(3))));
      tranches.add(
          new Tranche(
              powerGw.map(gw -> gw.times(share)),
              share,
              List.of(Milestone.Kind.values()).get(random.nextInt(3)),
              schedule));
    }
    return tranches;
  }

  @Test
  void onlineIsWhatTheRampHasAtTheEndOfTheQuarter() {
    List<CapacityRow> rows = state(List.of(aws())).rows(aws().key());
    assertThat(rows).hasSize(8);
    assertThat(rows.get(0).power().online()).isEqualTo(ExactRangeSum.ZERO);
    // 2025-11-03 to 2025-12-31 is 59 of the 424 days to 2026-12-31.
    CapacityRow first = rows.get(1);
    assertThat(first.quarter()).isEqualTo(new Quarter(2025, 4));
    assertThat(first.power().online().mid()).isEqualTo(Math.round(1e9 * 59 / 424));
    // (1 + … + 59) / 424 / 92 days.
    assertThat(first.power().average().mid()).isEqualTo(Math.round(1e9 * 1770 / 424 / 92));
    CapacityRow full = rows.get(5);
    assertThat(full.quarter()).isEqualTo(new Quarter(2026, 4));
    assertThat(full.power().online().toRange(ExactRangeSum.WATTS_PER_GW))
        .isEqualTo(QuantityRange.exactly(1));
    assertThat(full.power().outstanding()).isEqualTo(ExactRangeSum.ZERO);
    assertThat(full.power().onSchedule())
        .contains(new Percentiles(1_000_000_000, 1_000_000_000, 1_000_000_000));
    assertThat(full.power().average().mid()).isLessThan(1_000_000_000);
    assertThat(rows.get(6).power().average().mid()).isEqualTo(1_000_000_000);
    QuantityRange gpus = full.gpus().online().toRange(ExactRangeSum.MILLIS_PER_GPU);
    assertThat(gpus.low()).isCloseTo(1e6 / 2.4, within(0.0005));
    assertThat(gpus.high()).isCloseTo(1e6 / 1.6, within(0.0005));
  }

  @Test
  void whatCameBeforeTheFirstQuarterCountsInIt() {
    RollupConfig late = new RollupConfig(new Quarter(2030, 1), 2, 10, 1);
    RollupState state = RollupState.empty(late);
    state.add(aws());
    CapacityRow row = state.rows(aws().key()).get(0);
    assertThat(row.power().online().mid()).isEqualTo(1_000_000_000);
    assertThat(row.power().average().mid()).isEqualTo(1_000_000_000);
    assertThat(row.power().onSchedule().orElseThrow().p50()).isEqualTo(1_000_000_000);
  }

  @Test
  void rungsAreNeverAdded() {
    List<SizedCommitment> commitments =
        CapacityRollup.sized(
            CommitmentHistory.group(
                List.of(
                    Samples.aws().build(),
                    Samples.azure().powerGw(5.0, 5.0).build(),
                    Samples.aws().commitmentId("gone").status("cancelled").build())),
            LocalDate.of(2026, 1, 1),
            Samples.catalogue(),
            ScheduleDefaults.defaults());
    assertThat(commitments).hasSize(2);
    List<CapacityRow> rows = CapacityRollup.cube(commitments, CONFIG);
    assertThat(rows).hasSize(2 * 8 * 8);
    assertThat(rows)
        .filteredOn(row -> row.key().provider().equals("ALL") && row.key().customer().equals("ALL"))
        .filteredOn(row -> row.key().gpuModel().equals("ALL"))
        .filteredOn(row -> row.quarter().equals(new Quarter(2026, 4)))
        .extracting(row -> row.key().status(), row -> row.power().committed().mid())
        .containsExactly(
            tuple(CommitmentStatus.PLANNED, 5_000_000_000L),
            tuple(CommitmentStatus.SIGNED, 1_000_000_000L));
  }

  @Test
  void saysWhatIsMissing() {
    SizedCommitment unknown =
        SizedCommitment.of(
            Samples.azure().build(), Samples.catalogue(), ScheduleDefaults.defaults());
    CapacityRow row = state(List.of(unknown, aws())).rows(aws().key()).get(7);
    assertThat(row.counts()).isEqualTo(new CapacityRow.Counts(2, 1, 1, 1, 1));
  }

  @Property(tries = 60)
  void partitioningAndOrderDoNotChangeABit(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 7) int parts) {
    List<SizedCommitment> commitments = random(seed, 30);
    RollupKey key = commitments.get(0).key();
    List<CapacityRow> expected = state(commitments).rows(key);
    List<SizedCommitment> shuffled = new ArrayList<>(commitments);
    Collections.shuffle(shuffled, new Random(~seed));
    RollupState merged = RollupState.empty(CONFIG);
    for (int part = 0; part < parts; part++) {
      RollupState state = RollupState.empty(CONFIG);
      for (int i = part; i < shuffled.size(); i += parts) {
        state.add(shuffled.get(i));
      }
      merged.merge(RollupState.fromBytes(CONFIG, state.toBytes()));
    }
    assertThat(merged.rows(key)).isEqualTo(expected);
  }

  @Property(tries = 30)
  void partsAddUpToTheWholeAtEveryLevel(@ForAll long seed) {
    List<CapacityRow> rows = CapacityRollup.cube(random(seed, 25), CONFIG);
    assertThat(CapacityRollup.conservation(rows)).isEmpty();
    List<CapacityRow> lacking = new ArrayList<>(rows);
    lacking.remove(lacking.size() - 1);
    assertThat(CapacityRollup.conservation(lacking))
        .isNotEmpty()
        .extracting(Violation::rule)
        .containsOnly("not-conserved");
  }

  @Property(tries = 30)
  void percentilesLieWithinTheSumsOfLowsAndHighs(@ForAll long seed) {
    for (CapacityRow row : CapacityRollup.cube(random(seed, 10), CONFIG)) {
      Percentiles power = row.power().onSchedule().orElseThrow();
      assertThat(power.p05()).isBetween(row.power().online().low(), power.p50());
      assertThat(power.p95()).isBetween(power.p50(), row.power().online().high());
      assertThat(row.power().outstanding().low()).isNotNegative();
    }
  }

  private static double[] draws(long seed, String commitmentId, QuantityRange range, int count) {
    Draws draws = new Draws(count, Forecast.defaults());
    draws.fill(seed, commitmentId);
    double[] watts = new double[count];
    draws.triangular(range, ExactRangeSum.WATTS_PER_GW, watts);
    return watts;
  }

  /** 10 000 draws: the standard error of a triangular mean is 0.408 / 100 of the half width. */
  @Test
  void drawsAreTriangular() {
    double[] watts = draws(7, "openai-aws", QuantityRange.of(1, 2, 3), 10_000);
    assertThat(Arrays.stream(watts).average().orElseThrow() / 1e9)
        .isCloseTo(2, within(4 * 0.00408));
    // P(x < 1.5) = ½ · ½² = 1/8, P(x < 2.5) = 7/8.
    assertThat(Arrays.stream(watts).filter(w -> w < 1.5e9).count() / 10_000.0)
        .isCloseTo(0.125, within(4 * 0.0033));
    assertThat(Arrays.stream(watts).filter(w -> w < 2.5e9).count() / 10_000.0)
        .isCloseTo(0.875, within(4 * 0.0033));
    // Mode at the low end: mean (1 + 1 + 4) / 3, P(x < 2) = 1 − (2/3)² = 5/9.
    double[] skewed = draws(7, "openai-aws", QuantityRange.of(1, 1, 4), 10_000);
    assertThat(Arrays.stream(skewed).average().orElseThrow() / 1e9)
        .isCloseTo(2, within(4 * 0.0071));
    assertThat(Arrays.stream(skewed).filter(w -> w < 2e9).count() / 10_000.0)
        .isCloseTo(5 / 9.0, within(4 * 0.005));
    assertThat(draws(7, "openai-aws", QuantityRange.exactly(1), 3)).containsOnly(1e9);
  }

  @Test
  void drawsAreNamedBySeedAndCommitment() {
    QuantityRange range = QuantityRange.of(1, 2);
    double[] draws = draws(1, "x", range, 3);
    assertThat(draws(1, "x", range, 3)).isEqualTo(draws);
    assertThat(draws(2, "x", range, 3)).doesNotContain(draws);
    assertThat(draws(1, "y", range, 3)).doesNotContain(draws);
    assertThat(draws(1, "x", range, 5)).as("more replicates keep the first").startsWith(draws);
  }

  @Test
  void percentilesAreNearestRanks() {
    long[] hundred = LongStream.rangeClosed(1, 100).map(i -> 101 - i).toArray();
    assertThat(Percentiles.of(hundred)).isEqualTo(new Percentiles(5, 50, 95));
    long[] ties = {2, 1, 2, 1, 2, 1, 2, 1, 2, 1};
    assertThat(Percentiles.of(ties)).isEqualTo(new Percentiles(1, 1, 2));
    assertThat(Percentiles.of(new long[] {3})).isEqualTo(new Percentiles(3, 3, 3));
  }

  @Property(tries = 100)
  void percentilesAreThoseOfTheSortedReplicates(
      @ForAll @Size(min = 1, max = 250) long[] replicates) {
    long[] sorted = replicates.clone();
    Arrays.sort(sorted);
    int count = sorted.length;
    assertThat(Percentiles.of(replicates))
        .isEqualTo(
            new Percentiles(
                sorted[(5 * count + 99) / 100 - 1],
                sorted[(50 * count + 99) / 100 - 1],
                sorted[(95 * count + 99) / 100 - 1]));
  }

  @Test
  void refusesWhatItCannotAdd() {
    SizedCommitment negative =
        new SizedCommitment(
            "n",
            aws().key(),
            SizedCommitment.Amount.stated(Optional.of(QuantityRange.of(-1, 1))),
            SizedCommitment.Amount.of(Optional.empty(), Optional.empty()),
            Optional.empty(),
            List.of(Tranche.whole(Optional.of(QuantityRange.of(-1, 1)), Optional.empty())),
            SizedCommitment.Terms.UNSTATED);
    assertThatThrownBy(() -> RollupState.empty(CONFIG).add(negative))
        .hasMessage("power of a commitment must be 0 or more, not -1.0");
    RollupState other =
        RollupState.empty(new RollupConfig(CONFIG.firstQuarter(), 8, 41, CONFIG.seed()));
    assertThatThrownBy(() -> RollupState.empty(CONFIG).merge(other))
        .hasMessageEndingWith("do not merge");
    assertThatThrownBy(() -> RollupState.fromBytes(CONFIG, new byte[8]))
        .hasMessageStartingWith("8 bytes are not a state of RollupConfig[");
    assertThatThrownBy(() -> new RollupConfig(CONFIG.firstQuarter(), 0, 1, 1))
        .hasMessage("quarters must be 1 or more, not 0");
  }

  @Test
  void anOverflowIsAnError() {
    SizedCommitment huge =
        new SizedCommitment(
            "h",
            aws().key(),
            SizedCommitment.Amount.stated(Optional.of(QuantityRange.exactly(6e6))),
            SizedCommitment.Amount.of(Optional.empty(), Optional.empty()),
            Optional.empty(),
            List.of(Tranche.whole(Optional.of(QuantityRange.exactly(6e6)), Optional.empty())),
            SizedCommitment.Terms.UNSTATED);
    RollupState state = RollupState.empty(CONFIG);
    state.add(huge);
    assertThatThrownBy(() -> state.add(huge))
        .isInstanceOf(ArithmeticException.class)
        .hasMessage("commitments of 12000000000000000 quanta are above the exact 9007199254740992");
  }
}
