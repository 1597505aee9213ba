package io.dealimpact.capacity.cost;

import static org.assertj.core.api.Assertions.assertThat;

import io.dealimpact.capacity.QuantityRange;
import io.dealimpact.capacity.cost.DealCost.Committed;
import io.dealimpact.capacity.cost.DealCost.Gain;
import io.dealimpact.capacity.cost.DealCost.StatedValue;
import io.dealimpact.capacity.cost.DealCost.Status;
import io.dealimpact.capacity.cost.DealCost.ValueBasis;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DealCostTest {
  private static final CapexAssumptions ASSUMPTIONS =
      new CapexAssumptions(QuantityRange.of(40e9, 60e9), QuantityRange.of(0.5, 0.7), "a source");
  private static final Optional<QuantityRange> ONE = Optional.of(QuantityRange.exactly(1));
  private static final Optional<QuantityRange> SEVEN_YEARS = Optional.of(QuantityRange.exactly(7));
  private static final List<Gain> GAIN =
      List.of(
          new Gain("A", QuantityRange.of(1e9, 2e9, 4e9)),
          new Gain("B", QuantityRange.exactly(3e9)));
  private static final Committed FULL =
      new Committed(
          2,
          Optional.of(QuantityRange.exactly(38e9)),
          ONE,
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
    assertThat(cost.usdPerGpuHour())
        .isEqualTo(cost.economics().price().usdPerGpuHour())
        .isPresent();
  }

  @Test
  void dollarsOfCommitmentsAreNoPriceWhereTheDealsValueIsNone() {
    DealCost cost = cost(new StatedValue("equity", false, Optional.empty()), FULL);
    assertThat(cost.basis()).isEmpty();
    assertThat(cost.valueUsd()).isEmpty();
    assertThat(cost.status()).isEqualTo(Status.PARTIAL);
    assertThat(cost.missing())
        .contains("not known, or nothing to relate it to: a contract value with its term");
  }

  @Test
  void withoutDollarsOfCommitmentsTheDealsOwnValueCounts() {
    Committed noDollars = new Committed(2, Optional.empty(), ONE, ONE, Optional.empty());
    DealCost cost = cost(stated("contract_value", 40e9), noDollars);
    assertThat(cost.basis()).contains(ValueBasis.DEAL);
    assertThat(cost.valueUsd()).contains(QuantityRange.exactly(40e9));
  }

  @Test
  void aLeaseHasNoPriceOfAGpuHourAndSaysWhy() {
    DealCost cost = cost(stated("lease_value", 40e9), FULL);
    assertThat(cost.usdPerGpuHour()).isEmpty();
    assertThat(cost.economics().price().usdPerGpuHour()).isPresent();
    assertThat(cost.flags()).singleElement().asString().startsWith("space-and-power-only: ");
  }

  @Test
  void whatIsMissingIsNamed() {
    Committed nothing =
        new Committed(1, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    DealCost cost =
        DealCost.of(
            "deal",
            new StatedValue(null, true, Optional.empty()),
            nothing,
            Optional.empty(),
            List.of(),
            ASSUMPTIONS);
    assertThat(cost.missing())
        .contains(
            "not known, or nothing to relate it to: power, GPUs, a contract value with its term,"
                + " a provider's measured gain");
    assertThat(cost.status()).isEqualTo(Status.PARTIAL);
  }

  @Test
  void aDealWithoutCommitmentsSaysSo() {
    Committed none =
        new Committed(0, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    DealCost cost = cost(stated("contract_value", 40e9), none);
    assertThat(cost.status()).isEqualTo(Status.NO_COMMITMENT);
    assertThat(cost.missing()).contains("the deal made no commitment of compute that still counts");
  }

  @Test
  void gainsAddUpEndByEnd() {
    DealCost cost = cost(stated("contract_value", 40e9), FULL);
    assertThat(cost.gainedUsd()).contains(QuantityRange.of(4e9, 5e9, 7e9));
    assertThat(cost.economics().gain().usdPerGw()).contains(QuantityRange.of(4e9, 5e9, 7e9));
  }

  private static StatedValue stated(String type, double usd) {
    return new StatedValue(type, true, Optional.of(QuantityRange.exactly(usd)));
  }

  private static DealCost cost(StatedValue stated, Committed committed) {
    return DealCost.of("deal", stated, committed, SEVEN_YEARS, GAIN, ASSUMPTIONS);
  }
}
