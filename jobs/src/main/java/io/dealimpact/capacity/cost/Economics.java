package io.dealimpact.capacity.cost;

import io.dealimpact.capacity.Figures;
import io.dealimpact.capacity.GpuModel;
import io.dealimpact.capacity.Range;
import io.dealimpact.capacity.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a deal's figures imply of each other. Interval arithmetic ({@link Range}); a figure is empty
 * where one that it needs is not known or a divisor may be zero.
 *
 * <p>Power and GPUs are as stated, or each from the other by the model's kW per GPU; with neither,
 * nothing per GW or GPU follows.
 *
 * @param dealId the deal
 * @param powerGw power, GW
 * @param gpus GPUs
 * @param impliedKwPerGpu stated GW × 10⁶ ÷ stated GPUs, kW; empty unless both are stated
 * @param gpusPerGw stated GPUs ÷ stated GW, else 10⁶ ÷ the model's kW per GPU; empty where the deal
 *     states neither, because it would say nothing about the deal
 * @param capexUsd capex per GW (assumed) × GW, USD
 * @param gpuCapexUsdPerGw capex per GW × GPU share, both assumed, USD per GW
 * @param impliedUsdPerGpu that ÷ GPUs per GW: what a GPU would have to cost, USD
 * @param usdPerGwYear value ÷ term ÷ GW, USD per GW and year
 * @param usdPerGpuHour value ÷ (term × 8766 h) ÷ GPUs, USD; a year is 365.25 days, all GPUs for all
 *     of the term
 * @param gainedUsdPerGw market value gained ÷ GW, USD
 * @param gainedUsdPerGpu market value gained ÷ GPUs, USD
 * @param gainedUsdPerDealUsd market value gained ÷ contract value
 * @param flags where the deal's own figures contradict each other or the model
 */
public record Economics(
    String dealId,
    Optional<Range> powerGw,
    Optional<Range> gpus,
    Optional<Range> impliedKwPerGpu,
    Optional<Range> gpusPerGw,
    Optional<Range> capexUsd,
    Range gpuCapexUsdPerGw,
    Optional<Range> impliedUsdPerGpu,
    Optional<Range> usdPerGwYear,
    Optional<Range> usdPerGpuHour,
    Optional<Range> gainedUsdPerGw,
    Optional<Range> gainedUsdPerGpu,
    Optional<Range> gainedUsdPerDealUsd,
    List<Violation> flags) {

  private static final double HOURS_PER_YEAR = 365.25 * 24;

  /** The economics of a deal under assumptions. */
  public static Economics of(DealFacts deal, CapexAssumptions assumptions) {
    Optional<Range> powerGw =
        deal.powerGw().or(() -> deal.model().flatMap(m -> deal.gpus().map(m::powerGw)));
    Optional<Range> gpus =
        deal.gpus().or(() -> deal.model().flatMap(m -> deal.powerGw().map(m::gpus)));
    Optional<Range> gpusPerGw =
        Range.quotient(deal.gpus(), deal.powerGw())
            .or(() -> powerGw.flatMap(gw -> deal.model().map(GpuModel::gpusPerGw)));
    Range gpuCapexUsdPerGw = assumptions.gpuCapexUsdPerGw();
    Optional<Range> impliedUsdPerGpu = Range.quotient(Optional.of(gpuCapexUsdPerGw), gpusPerGw);
    Optional<Range> usdPerYear = Range.quotient(deal.valueUsd(), deal.termYears());
    Optional<Range> impliedKwPerGpu = GpuModel.impliedKwPerGpu(deal.powerGw(), deal.gpus());
    return new Economics(
        deal.dealId(),
        powerGw,
        gpus,
        impliedKwPerGpu,
        gpusPerGw,
        powerGw.map(assumptions.capexUsdPerGw()::times),
        gpuCapexUsdPerGw,
        impliedUsdPerGpu,
        Range.quotient(usdPerYear, powerGw),
        Range.quotient(usdPerYear.map(usd -> usd.times(1 / HOURS_PER_YEAR)), gpus),
        Range.quotient(deal.gainedUsd(), powerGw),
        Range.quotient(deal.gainedUsd(), gpus),
        Range.quotient(deal.gainedUsd(), deal.valueUsd()),
        flags(deal, impliedKwPerGpu, impliedUsdPerGpu));
  }

  /** Flags are for figures that no values within the ranges can reconcile. */
  private static List<Violation> flags(
      DealFacts deal, Optional<Range> impliedKwPerGpu, Optional<Range> impliedUsdPerGpu) {
    List<Violation> flags = new ArrayList<>();
    Optional<Range> modelKw = deal.model().map(GpuModel::kwPerGpu);
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
    Optional<Range> price = deal.model().flatMap(GpuModel::priceUsd);
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
      String rule, String format, Range implied, String model, Range known) {
    return new Violation(
        rule, String.format(Locale.ROOT, format, text(implied), model, text(known)));
  }

  private static String text(Range range) {
    return range.isExact()
        ? Figures.plain(range.low())
        : Figures.plain(range.low()) + " to " + Figures.plain(range.high());
  }
}
