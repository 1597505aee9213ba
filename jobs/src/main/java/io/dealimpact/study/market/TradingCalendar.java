package io.dealimpact.study.market;

import java.io.Serializable;
import java.time.LocalDate;
import java.util.Arrays;

/**
 * The trading days of a study: the days on which its benchmark traded. Every array of prices or
 * returns is aligned to it; an index into it is a day.
 *
 * @param epochDays days since 1970-01-01, strictly ascending
 */
public record TradingCalendar(int[] epochDays) implements Serializable {

  /**
   * @throws IllegalArgumentException if the days do not ascend strictly
   */
  public TradingCalendar {
    for (int i = 1; i < epochDays.length; i++) {
      if (epochDays[i] <= epochDays[i - 1]) {
        throw new IllegalArgumentException(
            "trading days must ascend: "
                + LocalDate.ofEpochDay(epochDays[i])
                + " follows "
                + LocalDate.ofEpochDay(epochDays[i - 1]));
      }
    }
  }

  /** Number of trading days. */
  public int size() {
    return epochDays.length;
  }

  /** The day at an index, since 1970-01-01. */
  public int epochDay(int index) {
    return epochDays[index];
  }

  /** The day at an index. */
  public LocalDate date(int index) {
    return LocalDate.ofEpochDay(epochDays[index]);
  }

  /** Index of a day; −1 if the benchmark did not trade on it. */
  public int indexOf(int epochDay) {
    return Math.max(-1, Arrays.binarySearch(epochDays, epochDay));
  }

  /**
   * The index of each of some days, −1 for one that is no trading day.
   *
   * @param days since 1970-01-01, ascending
   */
  public int[] indicesOf(int[] days) {
    int[] indices = new int[days.length];
    int next = days.length == 0 ? 0 : onOrAfter(days[0]);
    for (int i = 0; i < days.length; i++) {
      while (next < epochDays.length && epochDays[next] < days[i]) {
        next++;
      }
      indices[i] = next < epochDays.length && epochDays[next] == days[i] ? next : -1;
    }
    return indices;
  }

  /** Index of the first trading day on or after a day; {@link #size()} if there is none. */
  public int onOrAfter(int epochDay) {
    int found = Arrays.binarySearch(epochDays, epochDay);
    return found >= 0 ? found : -found - 1;
  }

  /** Index of the last trading day before a day; −1 if there is none. */
  public int lastBefore(int epochDay) {
    return onOrAfter(epochDay) - 1;
  }
}
