package io.dealimpact.study;

import java.util.Arrays;

/**
 * The distribution of |CAR| over an instrument's non-event days: same model, same window, each day
 * refitted on its own estimation window.
 *
 * @param absolute |CAR| of the days, ascending
 */
record Placebo(double[] absolute) {

  /**
   * Measures every day whose window lies within the calendar, holds a return on every day, does not
   * overlap the same window of one of the events, and whose estimation window suffices.
   *
   * @param fits the coefficients before each day; null without a fit
   * @param eventDays day 0 of all events, ascending
   */
  static Placebo of(ModelSeries series, double[][] fits, EventWindow window, int[] eventDays) {
    double[] found = new double[fits.length];
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
      double car = car(series, fits[day], day, window);
      if (!Double.isNaN(car)) {
        found[n++] = Math.abs(car);
      }
    }
    double[] absolute = Arrays.copyOf(found, n);
    Arrays.sort(absolute);
    return new Placebo(absolute);
  }

  /** (1 + #{|CAR of a day| ≥ |car|}) / (1 + n). */
  double p(double car) {
    int low = 0;
    int high = absolute.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (absolute[middle] >= Math.abs(car)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return (1.0 + absolute.length - low) / (1.0 + absolute.length);
  }

  private static double car(ModelSeries series, double[] b, int day, EventWindow window) {
    int from = day + window.start();
    int to = day + window.end();
    if (from < 0 || to >= series.days()) {
      return Double.NaN;
    }
    double car = 0;
    for (int t = from; t <= to; t++) {
      car += series.abnormal(t, b);
    }
    return car;
  }
}
