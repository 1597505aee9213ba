package io.dealimpact.study.event;

import io.dealimpact.study.market.EventWindow;
import io.dealimpact.study.model.Estimate;
import io.dealimpact.study.model.WindowTotals;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An instrument's non-event days: same model, same window, each day refitted on its own estimation
 * window. An event is held against the days before it, so that its rank does not change with later
 * data.
 *
 * <p>Two figures of each day: |CAR| for the placebo rank, and |u| = |CAR| / (S_CAR·scale) for the
 * calibrated interval and its p. u_t has the spread of its own time ({@link VolatilityScale}), so
 * that a calm day and a restless one are comparable. If an event does nothing, u_0 is as likely to
 * take any rank among u_1 … u_n as any other (Vovk, Gammerman &amp; Shafer 2005, section 2.3;
 * Chernozhukov, Wüthrich &amp; Zhu 2021): for windows of one day the interval CAR ± S_CAR·scale_0 ×
 * |u|₍⌈(1+n)c⌉₎ covers with probability c or more, whatever the distribution. Longer windows
 * overlap, and the event counts as more than one of them ({@link OwnHistory#weight}). u counts on
 * the last {@value #RECENT} days alone, which are more alike than all. Pinned by {@code
 * RunningSumsTest} and {@code OwnHistoryCoverageTest}.
 */
final class Placebo {
  private final EventWindow window;
  private final VolatilityScale scale;

  private final WindowTotals totals;
  private final Estimate[] fits;

  /** How far the window's first day is from the end of the estimation window. */
  private final int distance;

  /** The non-event days, ascending. */
  private final int[] days;

  private final PastValues cars;
  private final PastValues standardized;

  /**
   * Measures every day whose window lies within the calendar, holds a return on every day, does not
   * overlap the same window of one of the events, and whose estimation window suffices.
   *
   * @param totals of windows as long as {@code window}
   * @param fits the model before each day; null without a fit
   * @param window the days of the CARs
   * @param eventDays day 0 of all events, ascending
   * @param estimationEnd last day of the estimation window, relative to day 0
   * @param scale of the abnormal returns of the series
   */
  Placebo(
      WindowTotals totals,
      Estimate[] fits,
      EventWindow window,
      int[] eventDays,
      int estimationEnd,
      VolatilityScale scale) {
    this.window = window;
    this.scale = scale;
    this.totals = totals;
    this.fits = fits;
    distance = window.start() - estimationEnd;
    int[] found = new int[fits.length];
    double[] absolute = new double[fits.length];
    int n = 0;
    int next = 0;
    for (int day = 0; day < fits.length; day++) {
      // The first event whose window does not end before that of the day.
      while (next < eventDays.length && eventDays[next] <= day - window.length()) {
        next++;
      }
      boolean overlaps = next < eventDays.length && eventDays[next] < day + window.length();
      if (fits[day] == null || overlaps) {
        continue;
      }
      double car = totals.car(day + window.start(), fits[day]);
      if (!Double.isNaN(car)) {
        found[n] = day;
        absolute[n++] = Math.abs(car);
      }
    }
    days = Arrays.copyOf(found, n);
    double[] values = Arrays.copyOf(absolute, n);
    cars = new PastValues(values, eventDays.length);
    standardized =
        new PastValues(n, place -> standardized(days[place], values[place]), eventDays.length);
  }

  /** |u| of a day. */
  private double standardized(int day, double absolute) {
    double error = totals.standardError(day + window.start(), fits[day], distance);
    return absolute / (error * scale.of(day, window));
  }

  /**
   * (AR/S_AR)² of each day by the fit before it; NaN where there is none.
   *
   * @param days totals of windows of one day
   */
  static double[] squares(WindowTotals days, Estimate[] fits, int estimationEnd) {
    double[] squares = new double[fits.length];
    for (int day = 0; day < fits.length; day++) {
      double z =
          fits[day] == null
              ? Double.NaN
              : days.car(day, fits[day]) / days.standardError(day, fits[day], -estimationEnd);
      squares[day] = z * z;
    }
    return squares;
  }

  /**
   * How many days an event is ranked among: those whose window ends before a day.
   *
   * @param first the first day of the event's windows
   */
  int before(int first) {
    int at = Arrays.binarySearch(days, first - window.end());
    return at >= 0 ? at : -1 - at;
  }

  /** (1 + #{|CAR of a day| ≥ |car|}) / (1 + n) over the first n days. */
  double p(double car, int n) {
    return (1.0 + cars.atLeast(Math.abs(car), 0, n)) / (1.0 + n);
  }

  /**
   * The standardised CAR of an event against those of the first n days, the last {@value #RECENT}
   * of them.
   *
   * @param z CAR / S_CAR
   * @param day index of the event's day 0
   * @param confidence of the interval
   */
  OwnHistory history(double z, int day, int n, double confidence) {
    if (n == 0) {
      return OwnHistory.NONE;
    }
    double own = scale.of(day, window);
    return history(Math.abs(z) / own, own, n, confidence);
  }

  private OwnHistory history(double u, double own, int n, double confidence) {
    int from = Math.max(0, n - RECENT);
    int days = n - from;
    int atLeast = standardized.atLeast(u, from, n);
    double weight = OwnHistory.weight(window.length());
    int rank = (int) Math.ceil((weight + days) * confidence - ROUNDING);
    return new OwnHistory(
        days, (weight + atLeast) / (weight + days), own * smallest(rank, from, n));
  }

  /** The rank-th smallest |u| of the days from a place to before another; NaN beyond the last. */
  private double smallest(int rank, int from, int to) {
    return rank > to - from ? Double.NaN : standardized.smallest(rank, from, to);
  }

  /**
   * Every one of the days, held against those before it.
   *
   * @param first the first day of an event's windows, relative to day 0
   * @param confidence of the interval
   */
  List<HistoryDay> each(int first, double confidence) {
    List<HistoryDay> each = new ArrayList<>(days.length);
    for (int i = 0; i < days.length; i++) {
      double own = scale.of(days[i], window);
      double u = standardized.at(i);
      int n = before(days[i] + first);
      each.add(
          new HistoryDay(
              days[i],
              u * own,
              fits[days[i]].degreesOfFreedom,
              n == 0 ? OwnHistory.NONE : history(u, own, n, confidence)));
    }
    return each;
  }

  /**
   * Two years of days and a half. A longer history keeps what no longer is: the page of the test
   * has what was tried, and on what.
   */
  static final int RECENT = 600;

  /** (w + n)·confidence is a whole number for many n, which a double may overshoot. */
  private static final double ROUNDING = 1e-9;
}
