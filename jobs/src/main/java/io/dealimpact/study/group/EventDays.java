package io.dealimpact.study.group;

import io.dealimpact.study.event.EventSample;
import io.dealimpact.study.market.EventWindow;

/**
 * Standard errors and standardised abnormal returns of an event's days, worked out once for all
 * sums that need them.
 *
 * @param start relative day of the first value
 * @param errors S_AR of each day of the event axis
 * @param standardized SAR of each day, AR/S_AR
 */
record EventDays(int start, double[] errors, double[] standardized) {

  static EventDays of(EventSample event) {
    double[] abnormal = event.returns().abnormal();
    double[] errors = new double[abnormal.length];
    double[] standardized = new double[abnormal.length];
    for (int i = 0; i < abnormal.length; i++) {
      int day = event.returns().start() + i;
      errors[i] = event.carStandardError(new EventWindow(day, day));
      standardized[i] = abnormal[i] / errors[i];
    }
    return new EventDays(event.returns().start(), errors, standardized);
  }

  /** S_AR of a day; NaN outside the event axis. */
  double error(int relativeDay) {
    return value(errors, relativeDay);
  }

  /** SAR of a day; NaN outside the event axis. */
  double standardized(int relativeDay) {
    return value(standardized, relativeDay);
  }

  private double value(double[] values, int relativeDay) {
    int i = relativeDay - start;
    return i >= 0 && i < values.length ? values[i] : Double.NaN;
  }
}
