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
        Optional.of(QuantityRange.exactly(38e9)),
        Optional.of(QuantityRange.exactly(7)),
        Optional.of(QuantityRange.exactly(1)),
        gpus,
        Optional.of(Samples.gb200()),
        Optional.of(QuantityRange.of(60e9, 99.6e9, 140e9)));
  }

  @Test
  void byHand() {
    Economics economics = Economics.of(aws(Optional.empty()), ASSUMPTIONS);
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

  @Test
  void flagsFiguresThatContradictEachOther() {
    Economics economics =
        Economics.of(aws(Optional.of(QuantityRange.of(100_000, 200_000))), ASSUMPTIONS);
    assertThat(economics.size().impliedKwPerGpu())
        .contains(new QuantityRange(5, 1e6 / 150_000, 10));
    assertThat(economics.flags())
        .containsExactly(
            new Violation(
                "kw-per-gpu-contradicts-model",
                "power and GPUs imply 5 to 10 kW per GPU, but a GB200 takes 1.6 to 2.4"),
            new Violation(
                "usd-per-gpu-contradicts-model",
                "the assumed capex implies 120000 to 350000 USD per GPU, but a GB200 costs 40000 to"
                    + " 70000"));
  }

  @Test
  void whatIsNotKnownIsEmpty() {
    DealFacts nothing =
        new DealFacts(
            "x",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(QuantityRange.of(0, 10)),
            Optional.empty(),
            Optional.of(QuantityRange.of(-1, 1)));
    Economics economics = Economics.of(nothing, ASSUMPTIONS);
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
