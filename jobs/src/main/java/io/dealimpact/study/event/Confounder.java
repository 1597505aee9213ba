package io.dealimpact.study.event;

import io.dealimpact.study.market.EventWindow;
import java.util.Locale;

/**
 * Other news of the instrument near an event.
 *
 * @param what for people
 * @param firstDay first relative day on which it can have acted
 * @param lastDay last such day; the same unless its time of day is unknown
 */
public record Confounder(String what, int firstDay, int lastDay) {

  /** Whether it can have acted on a day of the window. */
  public boolean actsIn(EventWindow window) {
    return lastDay >= window.start() && firstDay <= window.end();
  }

  /** For people: what it is and on which relative day it acted. */
  public String text() {
    return firstDay == lastDay
        ? String.format(Locale.ROOT, "%s (day %+d)", what, firstDay).replace("+0", "0")
        : String.format(Locale.ROOT, "%s (day %+d or %+d)", what, firstDay, lastDay)
            .replace("+0", "0");
  }
}
