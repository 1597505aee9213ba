package io.dealimpact.claim;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * A day's prices beside the highest before it, for the readings of a record.
 *
 * @param close the day's close
 * @param highestCloseBefore highest close of all earlier days known
 * @param high the day's highest price
 * @param highestHighBefore highest price of all earlier days known
 * @param since the first of those days; empty if not known
 */
public record PriceRecord(
    double close,
    double highestCloseBefore,
    double high,
    double highestHighBefore,
    Optional<LocalDate> since) {

  /**
   * The readings of a record, plainest first: {@code closing} and {@code intraday}, each the price
   * over the earlier record, above 1 if it is a new one. A price that is not above zero is missing.
   */
  public List<Reading> readings() {
    return List.of(
        reading("closing", close, highestCloseBefore),
        reading("intraday", high, highestHighBefore));
  }

  private Reading reading(String name, double price, double before) {
    return price > 0 && before > 0 && Double.isFinite(price / before)
        ? Reading.value(name, price / before)
            .noted(since.map(day -> "since " + day).orElse("since prices are known"))
        : Reading.missing(name, "a price or its history is missing");
  }
}
