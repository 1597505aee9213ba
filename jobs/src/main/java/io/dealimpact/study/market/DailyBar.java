package io.dealimpact.study.market;

import java.util.function.DoubleUnaryOperator;

/**
 * One day of an instrument as a feed delivers it. What the feed does not have is NaN.
 *
 * @param day days since 1970-01-01
 * @param prices in the currency and the unit of the feed
 * @param volume shares
 * @param splitRatio new shares for an old one, effective on the day; 1, 0 or NaN without a split
 * @param dividend per share with its ex-day on this day, in the unit of the prices
 * @param closeIs what the close is
 * @param market close of the benchmark on the day
 */
public record DailyBar(
    int day,
    Prices prices,
    double volume,
    double splitRatio,
    double dividend,
    Close closeIs,
    double market) {

  /** What a feed calls a close. */
  public enum Close {
    /** The price that was paid. */
    PAID,
    /** The price that was paid, less the later dividends. */
    LESS_DIVIDENDS
  }

  /**
   * The prices of a day; the close is always there.
   *
   * @param adjustedClose the close brought to today's shares, and in most feeds less dividends
   */
  public record Prices(double open, double high, double low, double close, double adjustedClose) {
    Prices each(DoubleUnaryOperator change, DoubleUnaryOperator adjustedChange) {
      return new Prices(
          change.applyAsDouble(open),
          change.applyAsDouble(high),
          change.applyAsDouble(low),
          change.applyAsDouble(close),
          adjustedChange.applyAsDouble(adjustedClose));
    }

    /** Whether all are one price. */
    boolean areEqual() {
      return high == low && high == close;
    }
  }

  DailyBar at(Prices changed, double changedVolume) {
    return new DailyBar(day, changed, changedVolume, splitRatio, dividend, closeIs, market);
  }
}
