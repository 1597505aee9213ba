package io.dealimpact.study.event;

import io.dealimpact.study.market.EstimationWindow;
import io.dealimpact.study.market.TradingCalendar;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;

/**
 * An estimation window that an event names itself.
 *
 * @param first its first day
 * @param last its last day
 * @param unit what the days are
 */
public record OwnEstimation(int first, int last, Unit unit) implements Serializable {

  /** What a window's days are counted in. */
  public enum Unit {
    /** Trading days from day 0, negative before it. */
    RELATIVE,
    /** Days since 1970-01-01. */
    DATES
  }

  /**
   * The window in trading days of an event; empty where it holds fewer than two of them before day
   * 0.
   *
   * @param day0 index in the calendar
   * @param minimum of the study: a shorter window needs half its returns, where that is less
   */
  Optional<EstimationWindow> window(TradingCalendar calendar, int day0, int minimum) {
    int from =
        switch (unit) {
          case RELATIVE -> first;
          case DATES -> calendar.onOrAfter(first) - day0;
        };
    int to =
        switch (unit) {
          case RELATIVE -> last;
          // The first day after it is the first one on or after the next.
          case DATES -> calendar.onOrAfter(last + 1) - 1 - day0;
        };
    int length = to - from + 1;
    return to >= 0 || length < 2
        ? Optional.empty()
        : Optional.of(new EstimationWindow(to, length, Math.max(2, Math.min(minimum, length / 2))));
  }

  /** As an event's reason names it. */
  String text() {
    return switch (unit) {
      case RELATIVE -> String.format(Locale.ROOT, "[%d,%d]", first, last);
      case DATES ->
          String.format(
              Locale.ROOT, "%s to %s", LocalDate.ofEpochDay(first), LocalDate.ofEpochDay(last));
    };
  }
}
