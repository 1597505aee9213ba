package io.dealimpact.capacity.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dealimpact.capacity.QuantityRange;
import io.dealimpact.capacity.Samples;
import io.dealimpact.capacity.Violation;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The OpenAI–AWS deal by hand. */
class EconomicsTest {

  private static final CapexAssumptions ASSUMPTIONS = CapexAssumptions.defaults();

  private static DealFacts aws(Optional<QuantityRange> gpus) {
    return new DealFacts(
        "openai-aws-2025-11-03",
        Charge.COMPUTE,
        Optional.of(QuantityRange.exactly(38e9)),
        new DealFacts.Term(Optional.of(QuantityRange.exactly(7)), Optional.empty()),
        Optional.of(QuantityRange.exactly(1)),
        gpus,
        Optional.of(Samples.gb200()),
        Optional.of(QuantityRange.of(60e9, 99.6e9, 140e9)));
  }

  @Test
  void byHand() {
    Economics economics = Economics.of(aws(Optional.empty()), ASSUMPTIONS, ASSUMPTIONS);
    // 38 / 7 / 1 = 5.43 billion a GW-year.
    assertThat(economics.price().usdPerGwYear().orElseThrow().mid())
        .isCloseTo(5.43e9, within(0.005e9));
    // 40 × 0.6 and 50 × 0.7 billion of GPUs a GW.
    assertThat(economics.capex().gpuUsdPerGw().low()).isCloseTo(24e9, within(1.0));
    assertThat(economics.capex().gpuUsdPerGw().high()).isCloseTo(35e9, within(1.0));
    // 10⁶ kW at 2.4 and 1.6 kW a GPU.
    assertThat(economics.size().gpusPerGw().orElseThrow().low()).isCloseTo(416_667, within(1.0));
    assertThat(economics.size().gpusPerGw().orElseThrow().high()).isCloseTo(625_000, within(1.0));
    // 24e9 / 625 000 and 35e9 / 416 667.
    assertThat(economics.capex().impliedUsdPerGpu().orElseThrow().low())
        .isCloseTo(38_400, within(1.0));
    assertThat(economics.capex().impliedUsdPerGpu().orElseThrow().high())
        .isCloseTo(84_000, within(1.0));
    // 38e9 / (7 × 8766 h) / 625 000 and / 416 667.
    assertThat(economics.price().usdPerGpuHour().orElseThrow().low())
        .isCloseTo(0.9908, within(1e-4));
    assertThat(economics.price().usdPerGpuHour().orElseThrow().high())
        .isCloseTo(1.4863, within(1e-4));
    assertThat(economics.capex().usd()).contains(QuantityRange.of(40e9, 50e9));
    assertThat(economics.gain().usdPerGw()).contains(QuantityRange.of(60e9, 99.6e9, 140e9));
    assertThat(economics.gain().usdPerDealUsd().orElseThrow().mid()).isCloseTo(2.621, within(1e-3));
    assertThat(economics.size().impliedKwPerGpu()).isEmpty();
    assertThat(economics.flags()).isEmpty();
  }

  /** 38 billion over 7 years, 0.9 to 1.1 GW; 40 to 50 billion a GW to build. */
  @Test
  void valueBesideTheCostToBuild() {
    Economics economics =
        Economics.of(
            new DealFacts(
                "openai-aws-2025-11-03",
                Charge.COMPUTE,
                Optional.of(QuantityRange.exactly(38e9)),
                new DealFacts.Term(
                    Optional.of(QuantityRange.exactly(7)),
                    Optional.of(QuantityRange.exactly(2345.5 / 2557))),
                Optional.of(QuantityRange.of(0.9, 1.1)),
                Optional.of(QuantityRange.of(200_000, 999_999)),
                Optional.of(Samples.gb200()),
                Optional.empty()),
            new CapexAssumptions(
                QuantityRange.of(27.4e9, 60e9), QuantityRange.of(0.58, 0.7), "published"),
            ASSUMPTIONS);
    assertThat(economics.capex().valuePerArticleUsd().orElseThrow().low())
        .isCloseTo(0.69, within(0.005));
    assertThat(economics.capex().valuePerArticleUsd().orElseThrow().high())
        .isCloseTo(1.06, within(0.005));
    assertThat(economics.capex().valuePerUsd().orElseThrow().high())
        .isCloseTo(38 / (0.9 * 27.4), within(1e-9));
    assertThat(economics.price().usdPerRampedGwYear().orElseThrow().mid())
        .isCloseTo(5.92e9, within(0.005e9));
    assertThat(economics.size().gpus().orElseThrow().high()).isCloseTo(1.1e6 / 1.6, within(1e-3));
  }

  /** Chips are bought, a building is let: neither has a price of a GPU-hour. */
  @Test
  void onlyComputeHasAPriceOfAGpuHour() {
    assertThat(Charge.of(Optional.of("chip-supply"), Optional.of("contract_value")))
        .isEqualTo(Charge.CHIPS);
    assertThat(Charge.of(Optional.of("data-center-lease"), Optional.of("contract_value")))
        .isEqualTo(Charge.SPACE_AND_POWER);
    assertThat(Charge.of(Optional.of("cloud-compute"), Optional.of("lease_value")))
        .isEqualTo(Charge.SPACE_AND_POWER);
    assertThat(Charge.of(Optional.of("cloud-compute"), Optional.empty())).isEqualTo(Charge.COMPUTE);
    DealFacts aws = aws(Optional.empty());
    DealFacts chips =
        new DealFacts(
            aws.dealId(),
            Charge.CHIPS,
            aws.valueUsd(),
            aws.term(),
            aws.powerGw(),
            aws.gpus(),
            aws.model(),
            aws.gainedUsd());
    assertThat(Economics.of(chips, ASSUMPTIONS, ASSUMPTIONS).price().usdPerGpuHour()).isEmpty();
  }

  @Test
  void flagsFiguresThatContradictEachOther() {
    Economics economics =
        Economics.of(
            aws(Optional.of(QuantityRange.of(100_000, 200_000))), ASSUMPTIONS, ASSUMPTIONS);
    assertThat(economics.size().impliedKwPerGpu())
        .contains(new QuantityRange(5, 1e6 / 150_000, 10));
    assertThat(economics.flags())
        .containsExactly(
            new Violation(
                "does-not-fit",
                "power_gw is stated as 1, but the other statements need 0.16 to 0.48"),
            new Violation(
                "does-not-fit",
                "kw_per_gpu is stated as 1.6 to 2.4, but the other statements need 5 to 10"),
            new Violation(
                "does-not-fit",
                "gpus is stated as 100000 to 200000, but the other statements need 416700 to"
                    + " 625000"));
  }

  @Test
  void whatIsNotKnownIsEmpty() {
    DealFacts nothing =
        new DealFacts(
            "x",
            Charge.COMPUTE,
            Optional.empty(),
            new DealFacts.Term(Optional.empty(), Optional.empty()),
            Optional.empty(),
            Optional.of(QuantityRange.of(0, 10)),
            Optional.empty(),
            Optional.of(QuantityRange.of(-1, 1)));
    Economics economics = Economics.of(nothing, ASSUMPTIONS, ASSUMPTIONS);
    assertThat(economics.price().usdPerGwYear()).isEmpty();
    assertThat(economics.gain().usdPerGpu()).as("GPUs may be zero").isEmpty();
    assertThat(economics.size().powerGw()).isEmpty();
    assertThat(economics.size().gpusPerGw()).isEmpty();
    assertThat(economics.flags()).isEmpty();
  }

  @Test
  void refusesAssumptionsThatCannotBe() {
    assertThatThrownBy(
            () -> new CapexAssumptions(QuantityRange.of(0, 1), QuantityRange.of(0.6, 0.7), "x"))
        .hasMessage("capex per GW must be above 0 USD, not 0.0");
    assertThatThrownBy(
            () -> new CapexAssumptions(QuantityRange.of(1, 2), QuantityRange.of(60, 70), "x"))
        .hasMessageStartingWith("the GPU share of capex must be a fraction of 0 to 1");
  }
}
