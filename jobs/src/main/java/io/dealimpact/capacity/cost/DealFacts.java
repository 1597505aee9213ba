package io.dealimpact.capacity.cost;

import io.dealimpact.capacity.GpuModel;
import io.dealimpact.capacity.QuantityRange;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of one deal, for its economics. Whatever is not known is empty. Of a deal that
 * amends others' commitments it is what the deal adds.
 *
 * @param dealId the deal
 * @param charge what its dollars buy
 * @param valueUsd contract value, USD; for contracts only: equity, backlog and capex are no price
 *     of capacity
 * @param term how long, and how much of the power is there in that time
 * @param powerGw power promised, GW, as stated
 * @param gpus GPUs promised, as stated
 * @param model the GPU model
 * @param gainedUsd market value gained by a party, USD, with its confidence interval
 */
public record DealFacts(
    String dealId,
    Charge charge,
    Optional<QuantityRange> valueUsd,
    Term term,
    Optional<QuantityRange> powerGw,
    Optional<QuantityRange> gpus,
    Optional<GpuModel> model,
    Optional<QuantityRange> gainedUsd) {

  /**
   * Term of a deal.
   *
   * @param years its length
   * @param rampShare mean share of the power online over it, by stated dates, a fraction
   */
  public record Term(Optional<QuantityRange> years, Optional<QuantityRange> rampShare) {}

  /** What all of it says together; a statement that may be 0 or less says nothing. */
  FeasibleSet feasible() {
    Map<FeasibleSet.Quantity, QuantityRange> statements = new EnumMap<>(FeasibleSet.Quantity.class);
    put(statements, FeasibleSet.Quantity.VALUE_USD, valueUsd);
    put(statements, FeasibleSet.Quantity.YEARS, term.years());
    put(statements, FeasibleSet.Quantity.RAMP_SHARE, term.rampShare());
    put(statements, FeasibleSet.Quantity.POWER_GW, powerGw);
    put(statements, FeasibleSet.Quantity.GPUS, gpus);
    put(statements, FeasibleSet.Quantity.KW_PER_GPU, model.map(GpuModel::kwPerGpu));
    return FeasibleSet.of(statements);
  }

  private static void put(
      Map<FeasibleSet.Quantity, QuantityRange> statements,
      FeasibleSet.Quantity quantity,
      Optional<QuantityRange> stated) {
    stated.filter(range -> range.low() > 0).ifPresent(range -> statements.put(quantity, range));
  }
}
