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
 */
public record Sessions(TradingHours regular, Map<Integer, LocalTime> closeByEpochDay)
    implements Serializable {

  /** Copies the map. */
  public Sessions {
    closeByEpochDay = Map.copyOf(closeByEpochDay);
  }

  /** Regular hours every day. */
  public static Sessions regular(TradingHours hours) {
    return new Sessions(hours, Map.of());
  }

  public LocalTime close(int epochDay) {
    return closeByEpochDay.getOrDefault(epochDay, regular.close());
  }
}
