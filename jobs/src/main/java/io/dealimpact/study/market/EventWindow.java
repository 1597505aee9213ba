package io.dealimpact.study.market;

import java.io.Serializable;

/**
 * Trading days relative to the event day (day 0), both ends inclusive: {@code [-1, 1]} is three
 * days.
 *
 * @param start first day, relative to day 0
 * @param end last day, relative to day 0
 */
public record EventWindow(int start, int end) implements Serializable {

  /**
   * @throws IllegalArgumentException if {@code end} is before {@code start}
   */
  public EventWindow {
    if (end < start) {
      throw new IllegalArgumentException(
          "window [" + start + ", " + end + "] ends before it starts");
    }
  }

  /** Number of trading days in the window (L). */
  public int length() {
    return end - start + 1;
  }

  /** The shortest window that holds this one and another. */
  public EventWindow hull(EventWindow other) {
    return new EventWindow(Math.min(start, other.start), Math.max(end, other.end));
  }

  @Override
  public String toString() {
    return "[" + start + "," + end + "]";
  }
}
