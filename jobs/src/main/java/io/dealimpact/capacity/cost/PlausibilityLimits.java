package io.dealimpact.capacity.cost;

import io.dealimpact.capacity.QuantityRange;
import java.io.Serializable;
import java.time.LocalDate;

/**
 * Outside of these a figure is taken for a slip of the pen. They are wide on purpose: the slip they
 * look for, MW written as GW, is a factor of a thousand.
 *
 * @param kwPerGpu all-in kW of one accelerator: some of what power and number imply must be within
 * @param maxPowerGw largest power of one commitment, GW
 * @param maxGpus largest number of GPUs of one commitment
 * @param usdPerGw least and most contract value per GW, USD
 * @param earliest first plausible date of power
 * @param latest last plausible date of power
 */
public record PlausibilityLimits(
    QuantityRange kwPerGpu,
    double maxPowerGw,
    double maxGpus,
    QuantityRange usdPerGw,
    LocalDate earliest,
    LocalDate latest)
    implements Serializable {

  /** 0.3 to 20 kW; 100 GW; 10⁹ GPUs; 0.1 to 2000 billion USD a GW; 2000 to 2100. */
  public static PlausibilityLimits defaults() {
    return new PlausibilityLimits(
        QuantityRange.of(0.3, 20),
        100,
        1e9,
        QuantityRange.of(1e8, 2e12),
        LocalDate.of(2000, 1, 1),
        LocalDate.of(2100, 1, 1));
  }
}
