package io.dealimpact.study.event;

import io.dealimpact.study.market.Announcement;
import io.dealimpact.study.market.PriceHistory;
import io.dealimpact.study.market.Sessions;
import io.dealimpact.study.market.StudyStatus;
import io.dealimpact.study.market.TradingCalendar;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * Day 0 of an event: the first trading day whose prices could react to the announcement.
 *
 * <ul>
 *   <li>before the open or in session: the same day; at or after the close (of that very day: half
 *       days close early): the next trading day;
 *   <li>a holiday or a week-end: the next trading day;
 *   <li>a date without a time: as before the open, and the reason says so;
 *   <li>the instrument has no bar on that day (a halt): the first day it trades again, and the
 *       reason says so;
 *   <li>the instrument's bar of that day is in quarantine: there is no day 0.
 * </ul>
 *
 * Trading days are the benchmark's ({@link TradingCalendar}), which must be of the instrument's own
 * time zone.
 *
 * @param index of day 0 in the calendar; −1 unless the status is {@code OK}
 * @param lastTrade index of the instrument's last bar before day 0; −1 if none. More than one day
 *     back after a halt: the return of day 0 then spans the halt
 * @param status {@code OK}, {@code PENDING}, {@code TRADING_ENDED}, {@code DATA_IN_QUARANTINE},
 *     {@code BEFORE_FIRST_BAR} or {@code NO_PRICES}
 * @param reason what was assumed or why there is no day 0; empty where nothing is to be said
 */
public record EventDay(int index, int lastTrade, StudyStatus status, String reason) {

  /** Resolves day 0 of one announcement for one instrument. */
  public static EventDay resolve(
      Announcement announcement, Sessions sessions, TradingCalendar calendar, PriceHistory prices) {
    List<String> reasons = new ArrayList<>();
    int day = firstDayThatCouldReact(announcement, sessions, calendar, reasons);
    int first = prices.firstBar();
    int last = prices.lastBar();
    if (first < 0) {
      return unresolved(StudyStatus.NO_PRICES, "the instrument has no bar", reasons);
    }
    int index = calendar.onOrAfter(day);
    if (index < calendar.size() && calendar.epochDay(index) != day) {
      String moved = LocalDate.ofEpochDay(day) + " is no trading day: day 0 is ";
      reasons.add(moved + calendar.date(index));
    }
    if (index < first || day < calendar.epochDay(0)) {
      return unresolved(
          StudyStatus.BEFORE_FIRST_BAR,
          "announced before the first bar, " + calendar.date(first),
          reasons);
    }
    if (prices.isRefused(index)) {
      return unresolved(
          StudyStatus.DATA_IN_QUARANTINE,
          "the bar of day 0, " + calendar.date(index) + ", was delivered and is in ops.quarantine",
          reasons);
    }
    if (index > last) {
      StudyStatus status = StudyStatus.afterLastBar(last, calendar.size());
      return unresolved(
          status,
          status == StudyStatus.TRADING_ENDED
              ? "the last bar is of " + calendar.date(last) + ", and the benchmark traded on"
              : "day 0 is "
                  + LocalDate.ofEpochDay(day)
                  + " or later; the last bar is of "
                  + calendar.date(last),
          reasons);
    }
    int lastTrade = prices.startOf(index);
    if (!prices.hasBar(index)) {
      int halted = index;
      while (!prices.hasBar(index)) {
        index++;
        if (prices.isRefused(index)) {
          return unresolved(
              StudyStatus.DATA_IN_QUARANTINE,
              "no trading in the instrument on "
                  + calendar.date(halted)
                  + ", and the bar of "
                  + calendar.date(index)
                  + " was delivered and is in ops.quarantine",
              reasons);
        }
      }
      reasons.add(
          "no trading in the instrument on "
              + calendar.date(halted)
              + ": day 0 is "
              + calendar.date(index)
              + ", when it traded again");
      lastTrade = prices.hasOwnReturn(index) ? index - 1 : lastTrade;
    } else if (lastTrade >= 0 && lastTrade < index - 1) {
      reasons.add(
          "no bar of the instrument counts between "
              + calendar.date(lastTrade)
              + " and day 0, whose return spans the days between");
    }
    return new EventDay(index, lastTrade, StudyStatus.OK, String.join("; ", reasons));
  }

  private static int firstDayThatCouldReact(
      Announcement announcement,
      Sessions sessions,
      TradingCalendar calendar,
      List<String> reasons) {
    if (announcement instanceof Announcement.On on) {
      reasons.add("announced on " + on.date() + " without a time: taken as before the open");
      return (int) on.date().toEpochDay();
    }
    ZonedDateTime local =
        ((Announcement.At) announcement).instant().atZone(sessions.regular().zone());
    int day = (int) local.toLocalDate().toEpochDay();
    if (!sessions.assumption().isEmpty()) {
      reasons.add(sessions.assumption());
    }
    LocalTime close = sessions.close(day);
    if (calendar.indexOf(day) >= 0 && !local.toLocalTime().isBefore(close)) {
      String said = "announced after the close of " + local.toLocalDate() + " (" + close + ")";
      reasons.add(said + ": day 0 is the next trading day");
      return day + 1;
    }
    return day;
  }

  private static EventDay unresolved(StudyStatus status, String why, List<String> reasons) {
    reasons.add(0, status + ": " + why);
    return new EventDay(-1, -1, status, String.join("; ", reasons));
  }
}
