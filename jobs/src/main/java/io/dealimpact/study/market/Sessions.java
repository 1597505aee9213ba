package io.dealimpact.study.market;

import java.io.Serializable;
import java.time.LocalTime;
import java.util.Map;

/**
 * An exchange's sessions: its regular hours, and the days that close at another time.
 *
 * @param regular the regular hours
 * @param closeByEpochDay half days and special sessions: day since 1970-01-01 to closing time in
 *     exchange time
 * @param assumption what is assumed of the regular hours, a clause; empty where they are known
 */
public record Sessions(
    TradingHours regular, Map<Integer, LocalTime> closeByEpochDay, String assumption)
    implements Serializable {

  /** Copies the map. */
  public Sessions {
    closeByEpochDay = Map.copyOf(closeByEpochDay);
  }

  /** Sessions whose regular hours are known. */
  public Sessions(TradingHours regular, Map<Integer, LocalTime> closeByEpochDay) {
    this(regular, closeByEpochDay, "");
  }

  /**
   * The sessions of an exchange; New York's regular hours where it is not known.
   *
   * @param exchange name or market identifier code; null where none is given
   * @param closes closing times by code of the exchange and day since 1970-01-01
   */
  public static Sessions of(String exchange, Map<String, Map<Integer, LocalTime>> closes) {
    String assumption =
        Exchange.of(exchange).isPresent()
            ? ""
            : (exchange == null
                    ? "no exchange is given"
                    : "the exchange " + exchange + " is not known")
                + ": New York's hours are assumed";
    return new Sessions(
        TradingHours.of(exchange),
        exchange == null ? Map.of() : closes.getOrDefault(Exchange.codeOf(exchange), Map.of()),
        assumption);
  }

  /** Regular hours every day. */
  public static Sessions regular(TradingHours hours) {
    return new Sessions(hours, Map.of());
  }

  public LocalTime close(int epochDay) {
    return closeByEpochDay.getOrDefault(epochDay, regular.close());
  }
}
