package io.dealimpact.capacity;

import java.util.List;

/**
 * A day's prices beside the highest before it, for the readings of a record.
 *
 * @param close the day's close
 * @param highestCloseBefore highest close of all earlier days known
 * @param high the day's highest price
 * @param highestHighBefore highest price of all earlier days known
 */
public record PriceRecord(
    double close, double highestCloseBefore, double high, double highestHighBefore) {

  /**
   * The readings of a record, plainest first: {@code closing} and {@code intraday}, each the price
   * over the earlier record, above 1 if it is a new one. A price that is not above zero is missing.
   */
  public List<Reading> readings() {
    return List.of(
        reading("closing", close, highestCloseBefore),
        reading("intraday", high, highestHighBefore));
  }

  private static Reading reading(String name, double price, double before) {
    return price > 0 && before > 0 && Double.isFinite(price / before)
        ? Reading.value(name, price / before)
        : Reading.missing(name, "a price or its history is missing");
  }
}
