package io.dealimpact.capacity.cost;

import io.dealimpact.capacity.QuantityRange;
import java.io.Serializable;

/**
 * What it is taken to cost to build capacity, where a deal does not state it.
 *
 * @param capexUsdPerGw all-in cost to build 1 GW, USD
 * @param gpuShareOfCapex share of it that buys GPUs, a fraction
 * @param source where the two are from
 */
public record CapexAssumptions(
    QuantityRange capexUsdPerGw, QuantityRange gpuShareOfCapex, String source)
    implements Serializable {

  /**
   * @throws IllegalArgumentException if the cost is not above 0, or the share not within 0 to 1
   */
  public CapexAssumptions {
    if (capexUsdPerGw.low() <= 0) {
      throw new IllegalArgumentException(
          "capex per GW must be above 0 USD, not " + capexUsdPerGw.low());
    }
    if (gpuShareOfCapex.low() < 0 || gpuShareOfCapex.high() > 1) {
      throw new IllegalArgumentException(
          "the GPU share of capex must be a fraction of 0 to 1, not " + gpuShareOfCapex);
    }
  }

  /** 40 to 50 billion USD a GW, 60 to 70 % of it GPUs: the figures of the OpenAI–AWS story. */
  public static CapexAssumptions defaults() {
    return new CapexAssumptions(
        QuantityRange.of(40e9, 50e9),
        QuantityRange.of(0.6, 0.7),
        "article on OpenAI and AWS, November 2025");
  }

  /** USD of GPUs in 1 GW: 24 to 35 billion by the defaults. */
  public QuantityRange gpuCapexUsdPerGw() {
    return capexUsdPerGw.times(gpuShareOfCapex);
  }
}
