package io.dealimpact.capacity.cost;

import static org.assertj.core.api.Assertions.assertThat;

import io.dealimpact.capacity.QuantityRange;
import io.dealimpact.capacity.Samples;
import io.dealimpact.capacity.cost.DealCost.Committed;
import io.dealimpact.capacity.cost.DealCost.StatedValue;
import io.dealimpact.capacity.cost.DealCost.Status;
import io.dealimpact.capacity.cost.DealCost.ValueBasis;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DealCostTest {
  private static final CapexAssumptions ASSUMPTIONS =
      new CapexAssumptions(QuantityRange.of(40e9, 60e9), QuantityRange.of(0.5, 0.7), "a source");
  private static final Optional<QuantityRange> ONE = Optional.of(QuantityRange.exactly(1));
  private static final DealCost.Costs COSTS = new DealCost.Costs(ASSUMPTIONS, ASSUMPTIONS);
  private static final DealFacts.Term SEVEN_YEARS =
      new DealFacts.Term(Optional.of(QuantityRange.exactly(7)), Optional.empty());
  private static final Gains.Event SURE =
      new Gains.Event(
          Optional.of(LocalDate.of(2025, 11, 3)),
          Optional.of(0.01),
          Optional.of(0.04),
          false,
          List.of());
  private static final Gains.Event DOUBTFUL =
      new Gains.Event(
          Optional.of(LocalDate.of(2025, 11, 4)),
          Optional.of(0.2),
          Optional.empty(),
          true,
          List.of("earnings", "deal other"));
  private static final List<Gains.Part> PARTS =
      List.of(
          new Gains.Part("A", QuantityRange.of(1e9, 2e9, 4e9), SURE),
          new Gains.Part("B", QuantityRange.exactly(3e9), DOUBTFUL));
  private static final Gains GAINS = new Gains(PARTS, Optional.empty());
  private static final Committed FULL =
      new Committed(
          2,
          Optional.of(QuantityRange.exactly(38e9)),
          ONE,
          Optional.empty(),
          Optional.of(QuantityRange.exactly(5e5)),
          Optional.empty());

  @Test
  void commitmentsComeBeforeTheDealsOwnValue() {
    DealCost cost = cost(stated("contract_value", 40e9), FULL);
    assertThat(cost.basis()).contains(ValueBasis.COMMITMENTS);
    assertThat(cost.valueUsd()).contains(QuantityRange.exactly(38e9));
    assertThat(cost.status()).isEqualTo(Status.OK);
    assertThat(cost.missing()).isEmpty();
    assertThat(cost.flags()).isEmpty();
    assertThat(cost.charge()).isEqualTo(Charge.COMPUTE);
    assertThat(cost.powerBy()).contains("the parties");
    assertThat(cost.economics().price().usdPerGpuHour()).isPresent();
  }

  @Test
  void dollarsOfCommitmentsAreNoPriceWhereTheDealsValueIsNone() {
    DealCost cost = cost(new StatedValue(null, "equity", false, Optional.empty()), FULL);
    assertThat(cost.basis()).isEmpty();
    assertThat(cost.valueUsd()).isEmpty();
    assertThat(cost.status()).isEqualTo(Status.PARTIAL);
    assertThat(cost.missing())
        .contains("not known, or nothing to relate it to: a contract value with its term");
  }

  @Test
  void withoutDollarsOfCommitmentsTheDealsOwnValueCounts() {
    Committed noDollars =
        new Committed(2, Optional.empty(), ONE, Optional.empty(), ONE, Optional.empty());
    DealCost cost = cost(stated("contract_value", 40e9), noDollars);
    assertThat(cost.basis()).contains(ValueBasis.DEAL);
    assertThat(cost.valueUsd()).contains(QuantityRange.exactly(40e9));
  }

  @Test
  void aLeaseHasNoPriceOfAGpuHourAndSaysWhy() {
    DealCost cost = cost(stated("lease_value", 40e9), FULL);
    assertThat(cost.economics().price().usdPerGpuHour()).isEmpty();
    assertThat(cost.flags()).singleElement().asString().startsWith("space-and-power-only: ");
  }

  @Test
  void boughtChipsHaveNoPriceOfAGpuHourAndSayWhy() {
    DealCost cost =
        cost(
            new StatedValue(
                "chip-supply", "contract_value", true, Optional.of(QuantityRange.exactly(40e9))),
            FULL);
    assertThat(cost.economics().price().usdPerGpuHour()).isEmpty();
    assertThat(cost.flags()).singleElement().asString().startsWith("chips-to-own: ");
  }

  @Test
  void powerThatFollowsFromGpusSaysSo() {
    Committed gpusAlone =
        new Committed(
            1,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(QuantityRange.exactly(5e5)),
            Optional.of(Samples.gb200()));
    assertThat(cost(stated("contract_value", 40e9), gpusAlone).powerBy())
        .contains("GPUs x kW per GPU");
  }

  @Test
  void whatIsMissingIsNamed() {
    Committed nothing =
        new Committed(
            1,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    DealCost cost =
        DealCost.of(
            "deal",
            new StatedValue(null, null, true, Optional.empty()),
            nothing,
            new DealFacts.Term(Optional.empty(), Optional.empty()),
            new Gains(List.of(), Optional.empty()),
            COSTS);
    assertThat(cost.missing())
        .contains(
            "not known, or nothing to relate it to: power, GPUs, a contract value with its term,"
                + " a provider's measured gain");
    assertThat(cost.status()).isEqualTo(Status.PARTIAL);
  }

  @Test
  void aDealWithoutCommitmentsSaysSo() {
    Committed none =
        new Committed(
            0,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    DealCost cost = cost(stated("contract_value", 40e9), none);
    assertThat(cost.status()).isEqualTo(Status.NO_COMMITMENT);
    assertThat(cost.missing()).contains("the deal made no commitment of compute that still counts");
  }

  @Test
  void gainsAddUpEndByEnd() {
    DealCost cost = cost(stated("contract_value", 40e9), FULL);
    assertThat(GAINS.together())
        .contains(
            new Gains.Together(
                QuantityRange.of(4e9, 5e9, 7e9),
                "sum of the events' intervals, end by end: too wide"));
    assertThat(cost.economics().gain().usdPerGw()).contains(QuantityRange.of(4e9, 5e9, 7e9));
  }

  /** The two sum to [4, 5, 7] end by end; their net is narrower because they move apart. */
  @Test
  void theDealsNetCountsWhereItsPartiesAreTheProviders() {
    QuantityRange net = QuantityRange.of(4.5e9, 5e9, 6e9);
    assertThat(new Gains(PARTS, Optional.of(new Gains.Net(2, net))).together())
        .contains(new Gains.Together(net, "the deal's net, with the covariance of its parties"));
    assertThat(new Gains(PARTS, Optional.of(new Gains.Net(3, net))).together())
        .as("a third party is no provider")
        .isEqualTo(GAINS.together());
    assertThat(new Gains(PARTS.subList(0, 1), Optional.empty()).together())
        .contains(new Gains.Together(QuantityRange.of(1e9, 2e9, 4e9), "the event's own"));
  }

  @Test
  void theLeastSureEventSpeaksForAll() {
    assertThat(GAINS.instruments()).isEqualTo("A, B");
    assertThat(GAINS.day()).contains(LocalDate.of(2025, 11, 3));
    assertThat(GAINS.p()).contains(0.2);
    assertThat(GAINS.q()).contains(0.04);
    assertThat(GAINS.isConfounded()).contains(true);
    assertThat(GAINS.confounders()).containsExactly("earnings", "deal other");
    Gains.Part again = new Gains.Part("C", QuantityRange.exactly(3e9), DOUBTFUL);
    assertThat(new Gains(List.of(PARTS.get(1), again), Optional.empty()).confounders())
        .isEqualTo(GAINS.confounders());
    assertThat(new Gains(List.of(), Optional.empty()).isConfounded()).isEmpty();
  }

  private static StatedValue stated(String type, double usd) {
    return new StatedValue(null, type, true, Optional.of(QuantityRange.exactly(usd)));
  }

  private static DealCost cost(StatedValue stated, Committed committed) {
    return DealCost.of("deal", stated, committed, SEVEN_YEARS, GAINS, COSTS);
  }
}
