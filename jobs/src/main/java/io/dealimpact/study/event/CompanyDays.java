package io.dealimpact.study.event;

import io.dealimpact.study.market.Announcement;
import io.dealimpact.study.market.StudyStatus;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which of an instrument's events stands for their day. Several deals can have one day 0: they
 * share one measurement, and sums, groups and regressions count it once, under its primary event.
 *
 * <p>The primary event of a day is, of those in which the instrument is more than a competitor if
 * there is one, that of the largest stated value; of as much, the first announced; then the first
 * by its id. An event without a day 0 stands for itself.
 */
final class CompanyDays {
  private static final Comparator<EventInput> ORDER =
      Comparator.comparing((EventInput event) -> event.party().isCompetitor())
          .thenComparing(
              event -> event.party().dealUsd(), Comparator.comparingDouble(CompanyDays::largest))
          .thenComparing(EventInput::announcedEpochDay)
          .thenComparing(event -> microsecond(event.announcement()))
          .thenComparing(EventInput::eventId);

  private final List<StudyEvent> events;
  private final Map<Integer, Integer> primaries = new HashMap<>();

  /**
   * @param inputs the instrument's events
   * @param events the same with their days
   */
  CompanyDays(List<EventInput> inputs, List<StudyEvent> events) {
    this.events = events;
    for (int i = 0; i < events.size(); i++) {
      EventDay day = events.get(i).day();
      if (day.status() == StudyStatus.OK) {
        int event = i;
        primaries.merge(
            day.index(), event, (a, b) -> ORDER.compare(inputs.get(a), inputs.get(b)) <= 0 ? a : b);
      }
    }
  }

  /** Whether an event stands for its day. */
  boolean isPrimary(int event) {
    EventDay day = events.get(event).day();
    return day.status() != StudyStatus.OK || primaries.get(day.index()) == event;
  }

  /** The largest value first, an unknown value last. */
  private static double largest(double usd) {
    return Double.isNaN(usd) ? Double.POSITIVE_INFINITY : -usd;
  }

  /** A day without a time comes after the times of the day. */
  private static long microsecond(Announcement announcement) {
    return announcement instanceof Announcement.At at
        ? at.instant().getEpochSecond()
        : Long.MAX_VALUE;
  }
}
