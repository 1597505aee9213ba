package io.dealimpact.capacity;

import java.io.Serializable;

/**
 * The shape of a roll-up.
 *
 * @param firstQuarter first quarter reported; power that came online before counts in it
 * @param quarters number of quarters reported
 * @param replicates Monte Carlo draws of each commitment; 0 for none
 * @param seed of the draws
 */
public record RollupConfig(Quarter firstQuarter, int quarters, int replicates, long seed)
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

  /** The last quarter reported. */
  public Quarter lastQuarter() {
    return firstQuarter.plus(quarters - 1);
  }
}
