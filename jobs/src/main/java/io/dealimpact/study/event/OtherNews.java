package io.dealimpact.study.event;

import io.dealimpact.study.market.Announcement;
import io.dealimpact.study.market.EstimationWindow;
import io.dealimpact.study.market.EventWindow;
import io.dealimpact.study.market.StudyStatus;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * The news of one instrument by the day on which it acted, so that an event finds what is near it
 * without a look at all others.
 */
final class OtherNews {
  /** Deals of one day that are named one by one; of more, the first are named together. */
  static final int NAMED = 10;

  private final InstrumentInput instrument;
  private final List<StudyEvent> events;
  private final EventWindow reach;
  private final BiFunction<Announcement, String, EventDay> resolved;

  /** Events in the order of their days, those of one day in the order of the list. */
  private final int[] byDay;

  /** Where a day starts in {@link #byDay}; one more at the end. */
  private final int[] starts;

  /** Days in the window of an event, counted up to each day from the first that one reaches. */
  private final int[] coveredBefore;

  private final Map<String, List<EventDay>> earnings = new HashMap<>();

  /** News at its place among the news of an event. */
  private record Placed(int place, Confounder news) {}

  /**
   * @param events the instrument's, in the order of its inputs
   * @param reach the days about an event on which news matters
   * @param days of the calendar
   * @param resolved day 0 of an announcement on an exchange
   */
  OtherNews(
      InstrumentInput instrument,
      List<StudyEvent> events,
      EventWindow reach,
      int days,
      BiFunction<Announcement, String, EventDay> resolved) {
    this.instrument = instrument;
    this.events = events;
    this.reach = reach;
    this.resolved = resolved;
    starts = new int[days + 1];
    for (StudyEvent event : events) {
      if (event.day().status() == StudyStatus.OK) {
        starts[event.day().index() + 1]++;
      }
    }
    for (int day = 0; day < days; day++) {
      starts[day + 1] += starts[day];
    }
    byDay = new int[starts[days]];
    int[] next = starts.clone();
    for (int i = 0; i < events.size(); i++) {
      EventDay day = events.get(i).day();
      if (day.status() == StudyStatus.OK) {
        byDay[next[day.index()]++] = i;
      }
    }
    coveredBefore = coveredBefore();
  }

  /** What else moved the instrument near an event, by the relative day on which it acted. */
  List<Confounder> near(int self) {
    EventWindow near = events.get(self).ownWindow().map(reach::hull).orElse(reach);
    EventDay day = events.get(self).day();
    if (day.status() != StudyStatus.OK) {
      return List.of();
    }
    List<Placed> deals = new ArrayList<>();
    int last = Math.min(day.index() + near.end(), starts.length - 2);
    for (int t = Math.max(0, day.index() + near.start()); t <= last; t++) {
      deals(self, t, t - day.index(), deals);
    }
    deals.sort(Comparator.comparingInt(Placed::place));
    List<Confounder> found = new ArrayList<>();
    deals.forEach(deal -> found.add(deal.news()));
    earnings(instrument.events().get(self).exchange(), day, near, found);
    return found;
  }

  private void deals(int self, int day, int relative, List<Placed> found) {
    int count = starts[day + 1] - starts[day] - (relative == 0 ? 1 : 0);
    List<String> together = new ArrayList<>();
    int place = -1;
    for (int at = starts[day]; at < starts[day + 1] && together.size() < NAMED; at++) {
      int other = byDay[at];
      if (other == self) {
        continue;
      }
      String deal = instrument.events().get(other).party().dealId();
      if (count <= NAMED) {
        found.add(new Placed(other, new Confounder("deal " + deal, relative, relative)));
      } else {
        place = place < 0 ? other : place;
        together.add(deal);
      }
    }
    if (!together.isEmpty()) {
      String named =
          String.format(
              Locale.ROOT,
              "deals %s and %d more",
              String.join(", ", together),
              count - together.size());
      found.add(new Placed(place, new Confounder(named, relative, relative)));
    }
  }

  private void earnings(String exchange, EventDay day, EventWindow within, List<Confounder> found) {
    List<EventDay> days =
        earnings.computeIfAbsent(
            exchange == null ? "" : exchange,
            name ->
                instrument.earnings().stream()
                    .map(report -> resolved.apply(report.announcement(), exchange))
                    .toList());
    for (int i = 0; i < days.size(); i++) {
      EventDay acted = days.get(i);
      int relative = acted.index() - day.index();
      boolean near = relative >= within.start() - 1 && relative <= within.end();
      if (acted.status() != StudyStatus.OK || !near) {
        continue;
      }
      InstrumentInput.EarningsReport report = instrument.earnings().get(i);
      boolean timed = report.announcement() instanceof Announcement.At;
      found.add(
          new Confounder(
              "earnings of "
                  + LocalDate.ofEpochDay(report.epochDay())
                  + (timed ? "" : " (time of day unknown)"),
              relative,
              timed ? relative : relative + 1));
    }
  }

  /**
   * Days of an estimation window inside the windows of the instrument's other events. Windows start
   * after the estimation window of their own event ends, so that its own never counts.
   */
  int overlap(EventDay day, EstimationWindow estimation) {
    if (day.status() != StudyStatus.OK) {
      return 0;
    }
    return covered(day.index() + estimation.end() + 1) - covered(day.index() + estimation.start());
  }

  /** Days before a day that lie in the window of an event. */
  private int covered(int day) {
    int at = day - Math.min(0, reach.start());
    return coveredBefore[Math.max(0, Math.min(at, coveredBefore.length - 1))];
  }

  private int[] coveredBefore() {
    int days = starts.length - 1;
    int offset = -Math.min(0, reach.start());
    int[] change = new int[offset + days + Math.max(0, reach.end()) + 2];
    for (int at : byDay) {
      int day = events.get(at).day().index();
      change[offset + day + reach.start()]++;
      change[offset + day + reach.end() + 1]--;
    }
    int[] before = new int[change.length + 1];
    int open = 0;
    for (int t = 0; t < change.length; t++) {
      open += change[t];
      before[t + 1] = before[t] + (open > 0 ? 1 : 0);
    }
    return before;
  }
}
