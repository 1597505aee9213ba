package io.dealimpact.study.market;

import java.io.Serializable;
import java.time.LocalTime;
import java.time.ZoneId;

/**
 * The regular session of an exchange, in its own time.
 *
 * @param zone the exchange's time zone
 * @param open start of the regular session
 * @param close its end: news at or after it reaches the next trading day's prices
 */
public record TradingHours(ZoneId zone, LocalTime open, LocalTime close) implements Serializable {

  /** NYSE, NASDAQ and their kin: 09:30 to 16:00 in New York. */
  public static final TradingHours NEW_YORK = hours("America/New_York", "09:30", "16:00");

  /**
   * @throws IllegalArgumentException if the session ends before it begins
   */
  public TradingHours {
    if (!close.isAfter(open)) {
      throw new IllegalArgumentException("the session " + open + " to " + close + " is empty");
    }
  }

  /**
   * The regular hours of an exchange by its name or market identifier code, in any case; New York's
   * where the name is not known.
   */
  public static TradingHours of(String exchange) {
    return Exchange.of(exchange).map(Exchange::hours).orElse(NEW_YORK);
  }

  private static TradingHours hours(String zone, String open, String close) {
    return new TradingHours(ZoneId.of(zone), LocalTime.parse(open), LocalTime.parse(close));
  }
}
