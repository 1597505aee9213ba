package io.dealimpact.study.market;

import java.io.Serializable;
import java.util.Locale;

/**
 * The returns of an instrument's sector, aligned to the calendar; NaN where missing.
 *
 * @param name instrument_id of the fund that stands for the sector, or {@code peers:SECTOR} for a
 *     portfolio of peers
 * @param returns daily returns of the study's kind, fractions
 * @param overnight from the close of the day before to the open, simple, fractions
 */
public record SectorSeries(String name, double[] returns, double[] overnight)
    implements Serializable {

  /**
   * @throws IllegalArgumentException if the arrays differ in length
   */
  public SectorSeries {
    if (returns.length != overnight.length) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the sector %s has %d returns and %d returns overnight",
              name,
              returns.length,
              overnight.length));
    }
  }
}
