package io.dealimpact.capacity.cost;

import io.dealimpact.capacity.Figures;
import io.dealimpact.capacity.GpuModel;
import io.dealimpact.capacity.QuantityRange;
import io.dealimpact.capacity.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a deal's figures imply of each other. Interval arithmetic ({@link QuantityRange}); a figure
 * is empty where one that it needs is not known or a divisor may be zero.
 *
 * <p>Power and GPUs are as stated, or each from the other by the model's kW per GPU; with neither,
 * nothing per GW or GPU follows.
 *
 * @param dealId the deal
 * @param size power and GPUs, and what each implies of the other
 * @param capex what it would cost to build
 * @param price what compute costs by the contract
 * @param gain what the market gave for it
 * @param flags where the deal's own figures contradict each other or the model
 */
public record Economics(
    String dealId, Size size, Capex capex, Price price, Gain gain, List<Violation> flags) {

  /**
   * Power and GPUs.
   *
   * @param powerGw power, GW
   * @param gpus GPUs
   * @param impliedKwPerGpu stated GW × 10⁶ ÷ stated GPUs, kW; empty unless both are stated
   * @param gpusPerGw stated GPUs ÷ stated GW, else 10⁶ ÷ the model's kW per GPU; empty where the
   *     deal states neither, because it would say nothing about the deal
   */
  public record Size(
      Optional<QuantityRange> powerGw,
      Optional<QuantityRange> gpus,
      Optional<QuantityRange> impliedKwPerGpu,
      Optional<QuantityRange> gpusPerGw) {}

  /**
   * What it would cost to build.
   *
   * @param usd capex per GW (assumed) × GW, USD
   * @param gpuUsdPerGw capex per GW × GPU share, both assumed, USD per GW
   * @param impliedUsdPerGpu that ÷ GPUs per GW: what a GPU would have to cost, USD
   */
  public record Capex(
      Optional<QuantityRange> usd,
      QuantityRange gpuUsdPerGw,
      Optional<QuantityRange> impliedUsdPerGpu) {}

  /**
   * What compute costs by the contract.
   *
   * @param usdPerGwYear value ÷ term ÷ GW, USD per GW and year
   * @param usdPerGpuHour value ÷ (term × 8766 h) ÷ GPUs, USD; a year is 365.25 days, all GPUs for
   *     all of the term
   */
  public record Price(
      Optional<QuantityRange> usdPerGwYear, Optional<QuantityRange> usdPerGpuHour) {}

  /**
   * Market value gained.
   *
   * @param usdPerGw by GW, USD
   * @param usdPerGpu by GPU, USD
   * @param usdPerDealUsd by dollar of the contract's value
   */
  public record Gain(
      Optional<QuantityRange> usdPerGw,
      Optional<QuantityRange> usdPerGpu,
      Optional<QuantityRange> usdPerDealUsd) {}

  private static final double HOURS_PER_YEAR = 365.25 * 24;

  /** The economics of a deal under assumptions. */
  public static Economics of(DealFacts deal, CapexAssumptions assumptions) {
    Optional<QuantityRange> powerGw =
        deal.powerGw().or(() -> deal.model().flatMap(m -> deal.gpus().map(m::powerGw)));
    Optional<QuantityRange> gpus =
        deal.gpus().or(() -> deal.model().flatMap(m -> deal.powerGw().map(m::gpus)));
    Optional<QuantityRange> gpusPerGw =
        QuantityRange.quotient(deal.gpus(), deal.powerGw())
            .or(() -> powerGw.flatMap(gw -> deal.model().map(GpuModel::gpusPerGw)));
    QuantityRange gpuCapexUsdPerGw = assumptions.gpuCapexUsdPerGw();
    Optional<QuantityRange> impliedUsdPerGpu =
        QuantityRange.quotient(Optional.of(gpuCapexUsdPerGw), gpusPerGw);
    Optional<QuantityRange> usdPerYear = QuantityRange.quotient(deal.valueUsd(), deal.termYears());
    Optional<QuantityRange> impliedKwPerGpu = GpuModel.impliedKwPerGpu(deal.powerGw(), deal.gpus());
    return new Economics(
        deal.dealId(),
        new Size(powerGw, gpus, impliedKwPerGpu, gpusPerGw),
        new Capex(
            powerGw.map(assumptions.capexUsdPerGw()::times), gpuCapexUsdPerGw, impliedUsdPerGpu),
        new Price(
            QuantityRange.quotient(usdPerYear, powerGw),
            QuantityRange.quotient(usdPerYear.map(usd -> usd.times(1 / HOURS_PER_YEAR)), gpus)),
        new Gain(
            QuantityRange.quotient(deal.gainedUsd(), powerGw),
            QuantityRange.quotient(deal.gainedUsd(), gpus),
            QuantityRange.quotient(deal.gainedUsd(), deal.valueUsd())),
        flags(deal, impliedKwPerGpu, impliedUsdPerGpu));
  }

  /** Flags are for figures that no values within the ranges can reconcile. */
  private static List<Violation> flags(
      DealFacts deal,
      Optional<QuantityRange> impliedKwPerGpu,
      Optional<QuantityRange> impliedUsdPerGpu) {
    List<Violation> flags = new ArrayList<>();
    Optional<QuantityRange> modelKw = deal.model().map(GpuModel::kwPerGpu);
    if (impliedKwPerGpu.isPresent()
        && modelKw.isPresent()
        && !impliedKwPerGpu.get().overlaps(modelKw.get())) {
      flags.add(
          flag(
              "kw-per-gpu-contradicts-model",
              "power and GPUs imply %s kW per GPU, but a %s takes %s",
              impliedKwPerGpu.get(),
              deal.model().get().gpuModel(),
              modelKw.get()));
    }
    Optional<QuantityRange> price = deal.model().flatMap(GpuModel::priceUsd);
    if (impliedUsdPerGpu.isPresent()
        && price.isPresent()
        && !impliedUsdPerGpu.get().overlaps(price.get())) {
      flags.add(
          flag(
              "usd-per-gpu-contradicts-model",
              "the assumed capex implies %s USD per GPU, but a %s costs %s",
              impliedUsdPerGpu.get(),
              deal.model().get().gpuModel(),
              price.get()));
    }
    return List.copyOf(flags);
  }

  private static Violation flag(
      String rule, String format, QuantityRange implied, String model, QuantityRange known) {
    return new Violation(
        rule, String.format(Locale.ROOT, format, text(implied), model, text(known)));
  }

  private static String text(QuantityRange range) {
    return range.isExact()
        ? Figures.plain(range.low())
        : Figures.plain(range.low()) + " to " + Figures.plain(range.high());
  }
}
