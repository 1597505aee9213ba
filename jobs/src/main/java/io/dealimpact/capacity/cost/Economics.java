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
 * What a deal's figures imply of each other. A figure is empty where one that it needs is not known
 * or a divisor may be zero.
 *
 * <p>Where the statements fit each other, power, GPUs and prices are their {@link FeasibleSet};
 * else power and GPUs are as stated, prices follow by interval arithmetic ({@link QuantityRange}),
 * and the flags name what does not fit. With neither power nor GPUs nothing per GW or GPU follows.
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
   * @param gpusPerGw 10⁶ ÷ kW per GPU, of the model; without one, stated GPUs ÷ stated GW; empty
   *     where the deal states neither, because it would say nothing about the deal
   */
  public record Size(
      Optional<QuantityRange> powerGw,
      Optional<QuantityRange> gpus,
      Optional<QuantityRange> impliedKwPerGpu,
      Optional<QuantityRange> gpusPerGw) {}

  /**
   * What it would cost to build.
   *
   * @param usd published cost per GW × GW, USD
   * @param gpuUsdPerGw published cost per GW × share of the hardware, USD per GW
   * @param impliedUsdPerGpu that ÷ GPUs per GW: what a GPU would have to cost, USD
   * @param valuePerUsd value ÷ {@code usd}
   * @param valuePerArticleUsd value ÷ (the article's cost per GW × GW)
   */
  public record Capex(
      Optional<QuantityRange> usd,
      QuantityRange gpuUsdPerGw,
      Optional<QuantityRange> impliedUsdPerGpu,
      Optional<QuantityRange> valuePerUsd,
      Optional<QuantityRange> valuePerArticleUsd) {}

  /**
   * What compute costs by the contract.
   *
   * @param usdPerGwYear value ÷ term ÷ GW, USD per GW and year, as if all were there at once
   * @param usdPerRampedGwYear that ÷ the mean share online over the term: of power that is there
   * @param usdPerGpuHour value ÷ (term × 8766 h) ÷ GPUs, USD; a year is 365.25 days, all GPUs for
   *     all of the term; for compute alone
   */
  public record Price(
      Optional<QuantityRange> usdPerGwYear,
      Optional<QuantityRange> usdPerRampedGwYear,
      Optional<QuantityRange> usdPerGpuHour) {}

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
  private static final double KW_PER_GW = 1e6;

  /**
   * The economics of a deal.
   *
   * @param published cost to build, as others published
   * @param article cost to build by the article that is audited: a reading, no measurement
   */
  public static Economics of(DealFacts deal, CapexAssumptions published, CapexAssumptions article) {
    FeasibleSet set = deal.feasible();
    Optional<QuantityRange> powerGw =
        set.range(FeasibleSet.Quantity.POWER_GW)
            .or(deal::powerGw)
            .or(() -> deal.model().flatMap(m -> deal.gpus().map(m::powerGw)));
    Optional<QuantityRange> gpus =
        set.range(FeasibleSet.Quantity.GPUS)
            .or(deal::gpus)
            .or(() -> deal.model().flatMap(m -> deal.powerGw().map(m::gpus)));
    Optional<QuantityRange> gpusPerGw =
        powerGw.isEmpty() && gpus.isEmpty()
            ? Optional.empty()
            : set.range(FeasibleSet.Quantity.KW_PER_GPU)
                .or(() -> deal.model().map(GpuModel::kwPerGpu))
                .flatMap(kw -> QuantityRange.exactly(KW_PER_GW).dividedBy(kw))
                .or(() -> QuantityRange.quotient(deal.gpus(), deal.powerGw()));
    QuantityRange gpuCapexUsdPerGw = published.gpuCapexUsdPerGw();
    Optional<QuantityRange> impliedUsdPerGpu =
        QuantityRange.quotient(Optional.of(gpuCapexUsdPerGw), gpusPerGw);
    Optional<QuantityRange> capexUsd = powerGw.map(published.capexUsdPerGw()::times);
    return new Economics(
        deal.dealId(),
        new Size(powerGw, gpus, GpuModel.impliedKwPerGpu(deal.powerGw(), deal.gpus()), gpusPerGw),
        new Capex(
            capexUsd,
            gpuCapexUsdPerGw,
            impliedUsdPerGpu,
            QuantityRange.quotient(deal.valueUsd(), capexUsd),
            QuantityRange.quotient(deal.valueUsd(), powerGw.map(article.capexUsdPerGw()::times))),
        price(deal, set, powerGw, gpus),
        new Gain(
            QuantityRange.quotient(deal.gainedUsd(), powerGw),
            QuantityRange.quotient(deal.gainedUsd(), gpus),
            QuantityRange.quotient(deal.gainedUsd(), deal.valueUsd())),
        flags(deal, set, impliedUsdPerGpu));
  }

  private static Price price(
      DealFacts deal,
      FeasibleSet set,
      Optional<QuantityRange> powerGw,
      Optional<QuantityRange> gpus) {
    Optional<QuantityRange> usdPerYear =
        QuantityRange.quotient(deal.valueUsd(), deal.term().years());
    Optional<QuantityRange> usdPerGwYear = QuantityRange.quotient(usdPerYear, powerGw);
    Optional<QuantityRange> usdPerHour = usdPerYear.map(usd -> usd.times(1 / HOURS_PER_YEAR));
    return new Price(
        usdPerGwYear,
        deal.term().rampShare().isEmpty()
            ? Optional.empty()
            : set.range(FeasibleSet.Quantity.USD_PER_GW_YEAR)
                .or(() -> QuantityRange.quotient(usdPerGwYear, deal.term().rampShare())),
        deal.charge() == Charge.COMPUTE
            ? set.range(FeasibleSet.Quantity.USD_PER_GPU_HOUR)
                .or(() -> QuantityRange.quotient(usdPerHour, gpus))
            : Optional.empty());
  }

  /** Flags are for figures that no values within the ranges can reconcile. */
  private static List<Violation> flags(
      DealFacts deal, FeasibleSet set, Optional<QuantityRange> impliedUsdPerGpu) {
    List<Violation> flags = new ArrayList<>(set.misfits());
    Optional<QuantityRange> price = deal.model().flatMap(GpuModel::priceUsd);
    if (impliedUsdPerGpu.isPresent()
        && price.isPresent()
        && !impliedUsdPerGpu.get().overlaps(price.get())) {
      flags.add(
          flag(
              "usd-per-gpu-contradicts-model",
              "the published cost to build implies %s USD per GPU, but a %s costs %s",
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
