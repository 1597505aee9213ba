package io.dealimpact.capacity;

import java.io.Serializable;
import java.util.Optional;

/**
 * What is known of one GPU model.
 *
 * @param gpuModel its name, {@code GB300}
 * @param vendor its maker
 * @param kwPerGpu all-in kilowatts per GPU at the site: the chip, its share of the rack, cooling
 *     and conversion
 * @param priceLowUsd lowest price of one GPU, USD; null if unknown
 * @param priceHighUsd highest price of one GPU, USD; null if unknown
 * @param h100PerGpu H100s that do the work of one, by dense 8-bit operations a second; null if
 *     unknown
 * @param source where the figures are from
 */
public record GpuModel(
    String gpuModel,
    String vendor,
    QuantityRange kwPerGpu,
    Double priceLowUsd,
    Double priceHighUsd,
    Double h100PerGpu,
    String source)
    implements Serializable {

  private static final double KW_PER_GW = 1e6;

  /**
   * @throws IllegalArgumentException if the power is not above zero, or the prices are out of order
   */
  public GpuModel {
    if (kwPerGpu.low() <= 0) {
      throw new IllegalArgumentException(
          "kW per GPU of " + gpuModel + " must be above 0, not " + kwPerGpu.low());
    }
    QuantityRange.ofNullable(priceLowUsd, priceHighUsd);
    if (h100PerGpu != null && !(h100PerGpu > 0)) {
      throw new IllegalArgumentException(
          "H100 equivalents of " + gpuModel + " must be above 0, not " + h100PerGpu);
    }
  }

  /** H100s that do the work of one; empty if unknown. */
  public Optional<Double> h100Equivalents() {
    return Optional.ofNullable(h100PerGpu);
  }

  /** The price of one GPU, USD; empty if unknown. */
  public Optional<QuantityRange> priceUsd() {
    return QuantityRange.ofNullable(priceLowUsd, priceHighUsd);
  }

  /** GW = GPUs × kW per GPU / 10⁶. */
  public QuantityRange powerGw(QuantityRange gpus) {
    return gpus.times(kwPerGpu).times(1 / KW_PER_GW);
  }

  /** GPUs = GW × 10⁶ / kW per GPU. */
  public QuantityRange gpus(QuantityRange powerGw) {
    return powerGw.times(KW_PER_GW).dividedBy(kwPerGpu).orElseThrow();
  }

  /** 10⁶ / kW per GPU. */
  public QuantityRange gpusPerGw() {
    return gpus(QuantityRange.exactly(1));
  }

  /** kW per GPU that a deal's own figures imply: GW × 10⁶ / GPUs; empty if GPUs may be zero. */
  public static Optional<QuantityRange> impliedKwPerGpu(
      Optional<QuantityRange> powerGw, Optional<QuantityRange> gpus) {
    return QuantityRange.quotient(powerGw.map(gw -> gw.times(KW_PER_GW)), gpus);
  }
}
