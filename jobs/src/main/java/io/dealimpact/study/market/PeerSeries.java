package io.dealimpact.study.market;

import java.io.Serializable;
import java.util.Locale;

/**
 * One peer of an instrument.
 *
 * @param returns its daily returns, aligned to the calendar; NaN where missing
 * @param marketCapUsd its value at each day's close, the weight of the next day's return; may be
 *     all NaN where no value-weighted model is asked for
 */
public record PeerSeries(double[] returns, double[] marketCapUsd) implements Serializable {

  /**
   * @throws IllegalArgumentException if the arrays differ in length
   */
  public PeerSeries {
    if (returns.length != marketCapUsd.length) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a peer has %d returns and %d market values",
              returns.length,
              marketCapUsd.length));
    }
  }
}
