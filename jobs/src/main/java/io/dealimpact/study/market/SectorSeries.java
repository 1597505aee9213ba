package io.dealimpact.study.market;

import io.dealimpact.study.numeric.Vectors;
import java.io.Serializable;
import java.util.Locale;

/**
 * The returns of a sector, aligned to the calendar; NaN where missing.
 *
 * @param name instrument_id of the fund that stands for the sector, or {@code peers:SECTOR} for a
 *     portfolio of peers
 * @param returns daily returns of the study's kind, fractions
 * @param overnight from the close of the day before to the open, simple, fractions
 * @param pool what the portfolio of peers is made of; null for a fund
 */
public record SectorSeries(String name, double[] returns, double[] overnight, Pool pool)
    implements Serializable {

  /**
   * A sector's instruments that count on each day.
   *
   * @param weighted Σ w R over them, w the market value of the day before, USD
   * @param weights Σ w
   * @param counts how many
   */
  public record Pool(double[] weighted, double[] weights, int[] counts) implements Serializable {}

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

  /** A fund. */
  public static SectorSeries ofFund(String name, double[] returns, double[] overnight) {
    return new SectorSeries(name, returns, overnight, null);
  }

  /** The value-weighted return of peers, rebalanced daily; NaN on a day without any. */
  public static SectorSeries ofPeers(String name, Pool pool) {
    int days = pool.weights().length;
    double[] returns = Vectors.missing(days);
    for (int t = 0; t < days; t++) {
      if (pool.counts()[t] > 0) {
        returns[t] = pool.weighted()[t] / pool.weights()[t];
      }
    }
    return new SectorSeries(name, returns, Vectors.missing(days), pool);
  }

  /** Whether it is a portfolio of peers. */
  public boolean isOfPeers() {
    return pool != null;
  }

  /**
   * The same for one instrument of the sector: a portfolio of peers leaves it out, a fund stays as
   * it is.
   *
   * @param own the instrument's returns; NaN on days on which it is not in the pool
   * @param ownWeights its market values of the day before
   */
  public SectorSeries without(double[] own, double[] ownWeights) {
    if (!isOfPeers()) {
      return this;
    }
    double[] weighted = pool.weighted().clone();
    double[] weights = pool.weights().clone();
    int[] counts = pool.counts().clone();
    for (int t = 0; t < weights.length; t++) {
      if (ownWeights[t] > 0 && !Double.isNaN(own[t])) {
        weighted[t] -= ownWeights[t] * own[t];
        weights[t] -= ownWeights[t];
        counts[t]--;
      }
    }
    return ofPeers(name, new Pool(weighted, weights, counts));
  }
}
