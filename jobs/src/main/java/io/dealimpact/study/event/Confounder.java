package io.dealimpact.study.event;

import io.dealimpact.study.market.EventWindow;

/**
 * Other news of the instrument near an event.
 *
 * @param what for people
 * @param firstDay first relative day on which it can have acted
 * @param lastDay last such day; the same unless its time of day is unknown
 */
public record Confounder(String what, int firstDay, int lastDay) {

  /** News that the deal's record states without a day: it can have acted on any. */
  static Confounder stated(String what) {
    return new Confounder(what, Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  /** Whether it can have acted on a day of the window. */
  public boolean actsIn(EventWindow window) {
    return lastDay >= window.start() && firstDay <= window.end();
  }

  /** For people: what it is and on which relative day it acted. */
  public String text() {
    if (firstDay == Integer.MIN_VALUE) {
      return what + " (stated in the deal's record)";
    }
    String days =
        firstDay == lastDay ? signed(firstDay) : signed(firstDay) + " or " + signed(lastDay);
    return what + " (day " + days + ")";
  }

  private static String signed(int day) {
    return day > 0 ? "+" + day : Integer.toString(day);
  }
}
