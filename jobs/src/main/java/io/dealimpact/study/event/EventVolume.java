package io.dealimpact.study.event;

import io.dealimpact.study.market.EventWindow;
import io.dealimpact.study.market.StudyStatus;
import io.dealimpact.study.market.TradingCalendar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Abnormal volume around one event: log turnover where the shares are known on enough days of the
 * estimation window, else log volume.
 *
 * @param measure {@code log-turnover} or {@code log-volume}
 * @param day day 0
 * @param series against its mean
 */
public record EventVolume(String measure, EventDay day, AbnormalSeries series) {

  static EventVolume of(VolumeLogs volumes, EventDay day, StudyPlan plan) {
    EventWindow window = plan.eventWindow();
    if (day.status() != StudyStatus.OK) {
      return new EventVolume(
          "log-volume", day, AbnormalSeries.failed(day.status(), day.reason(), 0, window));
    }
    AbnormalSeries turnover =
        AbnormalSeries.of(volumes.turnover(), day.index(), plan.estimation(), window);
    if (turnover.status() == StudyStatus.OK) {
      return new EventVolume("log-turnover", day, turnover);
    }
    return new EventVolume(
        "log-volume",
        day,
        AbnormalSeries.of(volumes.volume(), day.index(), plan.estimation(), window));
  }

  /** The event as a study of volume takes it; empty where there is no volume to compare with. */
  public Optional<EventSample> sample(
      String eventId, String instrumentId, TradingCalendar calendar) {
    return day.status() == StudyStatus.OK
        ? series.sample(new EventSample.Key(eventId, instrumentId, calendar.epochDay(day.index())))
        : Optional.empty();
  }

  /**
   * One relative day.
   *
   * @param relativeDay trading days from day 0
   * @param calendarIndex the day in the calendar; empty if the calendar does not have it
   * @param value the day's volume or turnover
   * @param test df and p; empty unless the series was measured
   * @param status how it ended
   * @param reason why; empty if the day was measured
   */
  public record Day(
      int relativeDay,
      OptionalInt calendarIndex,
      DayValue value,
      Optional<DayTest> test,
      StudyStatus status,
      String reason) {}

  /**
   * The volume or turnover of one day.
   *
   * @param log its log
   * @param expected the mean over the estimation window
   * @param abnormal the difference
   * @param standardized over the estimation window's standard deviation
   */
  public record DayValue(double log, double expected, double abnormal, double standardized) {}

  /**
   * The test of one day.
   *
   * @param df degrees of freedom
   * @param p two-sided; NaN without a volume on that day
   */
  public record DayTest(int df, double p) {}

  /** Every relative day, measured or not. */
  public List<Day> days(TradingCalendar calendar) {
    List<Day> days = new ArrayList<>();
    boolean ok = series.status() == StudyStatus.OK;
    double mean = series.estimation().mean();
    for (int i = 0; i < series.abnormal().length; i++) {
      int relative = series.start() + i;
      int index = day.index() + relative;
      boolean dated = day.status() == StudyStatus.OK && index >= 0 && index < calendar.size();
      double abnormal = series.abnormal()[i];
      boolean missing = ok && Double.isNaN(abnormal);
      days.add(
          new Day(
              relative,
              dated ? OptionalInt.of(index) : OptionalInt.empty(),
              new DayValue(abnormal + mean, mean, abnormal, series.standardized()[i]),
              ok
                  ? Optional.of(new DayTest(series.estimation().n() - 1, series.p(relative)))
                  : Optional.empty(),
              missing ? StudyStatus.MISSING_RETURNS : series.status(),
              missing ? "no volume on day " + relative : series.reason()));
    }
    return days;
  }
}
