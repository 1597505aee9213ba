package io.dealimpact.study.market;

import java.time.Instant;
import java.time.LocalDate;

/** When news became public: to the instant, or only to the day. */
public sealed interface Announcement {

  /** At an instant. */
  static Announcement at(Instant instant) {
    return new At(instant);
  }

  /** On a day, the time unknown: taken as before the open. */
  static Announcement on(LocalDate date) {
    return new On(date);
  }

  /** An announcement whose instant is known. */
  record At(Instant instant) implements Announcement {}

  /** An announcement of which only the day is known, in the exchange's own calendar. */
  record On(LocalDate date) implements Announcement {}
}
