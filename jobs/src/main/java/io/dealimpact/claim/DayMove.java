package io.dealimpact.claim;

import io.dealimpact.capacity.QuantityRange;
import java.util.List;

/**
 * A share's prices on the day of a claim, for the readings of a one-day gain.
 *
 * @param previousCloseUsd close of the trading day before, USD, on the split basis of the others
 * @param openUsd first price of the day
 * @param highUsd highest price of the day
 * @param lowUsd lowest price of the day
 * @param closeUsd last price of the day
 * @param shares shares outstanding known the day before, on the same split basis
 * @param netUsd abnormal change of market value with its confidence interval, USD
 */
public record DayMove(
    double previousCloseUsd,
    double openUsd,
    double highUsd,
    double lowUsd,
    double closeUsd,
    double shares,
    Net netUsd) {

  /**
   * The readings of a one-day gain, plainest first: {@code at-close}: (price − previous close) ×
   * shares; {@code intraday}: every such value from the day's low to its high, which the price
   * passed through on the way; {@code at-high}, {@code at-open}; {@code net-of-market}, {@code
   * net-of-market-and-sector}. A price that is not above zero is missing.
   */
  public List<Reading> readings() {
    return List.of(
        at("at-close", closeUsd),
        intraday(),
        at("at-high", highUsd),
        at("at-open", openUsd),
        netUsd.readingOfMarket(),
        netUsd.readingOfMarketAndSector());
  }

  private Reading at(String name, double price) {
    return isKnown(price)
        ? Reading.value(name, gain(price))
        : Reading.missing(name, "a price or the number of shares is missing");
  }

  private Reading intraday() {
    return isKnown(lowUsd) && isKnown(highUsd) && lowUsd <= highUsd
        ? Reading.attained("intraday", QuantityRange.of(gain(lowUsd), gain(highUsd)))
        : Reading.missing("intraday", "a price or the number of shares is missing");
  }

  private boolean isKnown(double price) {
    return isPositive(price) && isPositive(previousCloseUsd) && isPositive(shares);
  }

  private static boolean isPositive(double value) {
    return value > 0 && Double.isFinite(value);
  }

  private double gain(double price) {
    return (price - previousCloseUsd) * shares;
  }
}
