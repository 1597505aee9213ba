package io.dealimpact.claim;

import io.dealimpact.capacity.Range;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * A share on the day of a claim, in its own currency unless said otherwise; NaN where not known.
 *
 * @param previousClose close of the trading day before
 * @param open first price of the day
 * @param high highest price of the day
 * @param low lowest price of the day
 * @param close last price of the day
 * @param highestCloseBefore highest close of all earlier days known
 * @param highestHighBefore highest price of all earlier days known
 * @param firstDay the first of those days; empty if not known
 * @param capBeforeUsd market value at the close before, USD
 * @param netReturn abnormal return of the day with its interval, a fraction; empty without a model
 * @param netUsd abnormal change of market value with its interval, USD; empty without a model
 */
public record DayPrices(
    double previousClose,
    double open,
    double high,
    double low,
    double close,
    double highestCloseBefore,
    double highestHighBefore,
    Optional<LocalDate> firstDay,
    double capBeforeUsd,
    Optional<Range> netReturn,
    Optional<Range> netUsd) {

  private static final String NO_PRICE = "a price is missing";

  /** Readings of a one-day gain, by {@link DayMove}, in the dollars of the day before. */
  List<Reading> gains() {
    return new DayMove(previousClose, open, high, low, close, capBeforeUsd / previousClose, netUsd)
        .readings();
  }

  /** Readings of a record, by {@link PriceRecord}. */
  List<Reading> records() {
    return new PriceRecord(close, highestCloseBefore, high, highestHighBefore, firstDay).readings();
  }

  /**
   * Readings of a one-day return, plainest first: {@code at-close}, {@code at-high}, {@code
   * at-open}, price over the close before less 1; {@code net-of-market}.
   */
  List<Reading> returns() {
    return List.of(
        returned("at-close", close), returned("at-high", high), returned("at-open", open), net());
  }

  /** Readings of a rise within the day: the same, the day's high first. */
  List<Reading> intradayReturns() {
    return List.of(
        returned("at-high", high), returned("at-open", open), returned("at-close", close), net());
  }

  /**
   * Readings of a market value, plainest first: {@code at-close} and {@code at-high}, the value the
   * day before times the price over the close before; {@code day-before}.
   */
  List<Reading> values() {
    return List.of(
        valued("at-close", close), valued("at-high", high), valued("day-before", previousClose));
  }

  private Reading net() {
    return netReturn
        .map(range -> Reading.estimate("net-of-market", range))
        .orElseGet(() -> Reading.missing("net-of-market", "no return model could be fitted"));
  }

  private Reading returned(String name, double price) {
    double ratio = price / previousClose;
    return ratio > 0 && Double.isFinite(ratio)
        ? Reading.value(name, ratio - 1)
        : Reading.missing(name, NO_PRICE);
  }

  private Reading valued(String name, double price) {
    double value = capBeforeUsd * (price / previousClose);
    return value > 0 && Double.isFinite(value)
        ? Reading.value(name, value)
        : Reading.missing(name, "a price or the number of shares is missing");
  }
}
