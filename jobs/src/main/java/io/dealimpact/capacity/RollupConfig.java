package io.dealimpact.capacity;

import java.io.Serializable;
import java.time.LocalDate;

/**
 * The shape of a roll-up.
 *
 * @param firstQuarter first quarter reported; power that came online before counts in it
 * @param quarters number of quarters reported
 * @param replicates Monte Carlo draws of each commitment; 0 for none
 * @param seed of the draws
 * @param asOf day at whose end it is looked at: what was to be online by then is taken to be
 * @param forecast what becomes of the rest
 */
public record RollupConfig(
    Quarter firstQuarter,
    int quarters,
    int replicates,
    long seed,
    LocalDate asOf,
    Forecast forecast)
    implements Serializable {

  /**
   * @throws IllegalArgumentException if there is no quarter, or the replicates are negative
   */
  public RollupConfig {
    if (quarters < 1) {
      throw new IllegalArgumentException("quarters must be 1 or more, not " + quarters);
    }
    if (replicates < 0) {
      throw new IllegalArgumentException("replicates must be 0 or more, not " + replicates);
    }
  }

  /** A roll-up that looks ahead from before its first quarter, with the default forecast. */
  public RollupConfig(Quarter firstQuarter, int quarters, int replicates, long seed) {
    this(
        firstQuarter,
        quarters,
        replicates,
        seed,
        firstQuarter.firstDay().minusDays(1),
        Forecast.defaults());
  }

  /** Number of quarters that had ended by the day: nothing in them is a forecast. */
  int endedQuarters() {
    Quarter running = Quarter.of(asOf.plusDays(1));
    return Math.max(0, Math.min(quarters, firstQuarter.until(running)));
  }

  /** The last quarter reported. */
  public Quarter lastQuarter() {
    return firstQuarter.plus(quarters - 1);
  }
}
