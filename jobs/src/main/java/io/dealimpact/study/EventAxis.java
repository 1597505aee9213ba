package io.dealimpact.study;

import java.util.Arrays;
import java.util.List;

/**
 * The days around one event under one fitted model, by relative day from {@code start}; NaN where
 * missing.
 *
 * @param series the model's series
 * @param day day 0
 * @param lastBar index of the instrument's last bar
 * @param start the first relative day
 * @param actual R_t
 * @param expected E[R_t]
 * @param sigma σ_t, √days of it where a return spans several
 * @param design x_t; no columns where the error of the estimate is not carried into the forecast
 */
record EventAxis(
    ModelSeries series,
    EventDay day,
    int lastBar,
    int start,
    double[] actual,
    double[] expected,
    double[] sigma,
    double[][] design) {

  /** All days of the plan's windows and event window. */
  static EventAxis of(ModelSeries series, Fit fit, EventDay day, StudyPlan plan, int lastBar) {
    EventWindow span = plan.axis();
    int length = span.length();
    EventAxis axis =
        new EventAxis(
            series,
            day,
            lastBar,
            span.start(),
            missing(length),
            missing(length),
            missing(length),
            new double[length][fit.inverse().length]);
    for (int i = 0; i < length; i++) {
      int t = day.index() + span.start() + i;
      Arrays.fill(axis.design[i], Double.NaN);
      if (t < 0 || t >= series.days()) {
        continue;
      }
      int from = axis.startOf(span.start() + i);
      ModelSeries.Row row = from == series.startOf(t) ? series.row(t) : series.row(from, t);
      axis.actual[i] = row.actual();
      axis.expected[i] = row.offset() + ModelSeries.dot(row.x(), fit.coefficients());
      axis.sigma[i] = row.scale() * fit.sigmaAt(span.start() + i - plan.estimation().end());
      axis.design[i] = fit.inverse().length == 0 ? new double[0] : row.x();
    }
    return axis;
  }

  /** AR_t of a relative day. */
  double abnormal(int relativeDay) {
    return actual[relativeDay - start] - expected[relativeDay - start];
  }

  /** The day from whose close the return of a relative day starts; that of day 0 spans a halt. */
  int startOf(int relativeDay) {
    return relativeDay == 0 && day.lastTrade() >= 0
        ? day.lastTrade()
        : series.startOf(day.index() + relativeDay);
  }

  /** Whether the return of a later day of the window spans a day that has none of its own. */
  boolean spanned(int relativeDay, EventWindow window) {
    for (int later = relativeDay + 1; later <= window.end(); later++) {
      if (day.index() + later > lastBar) {
        return false;
      }
      if (!Double.isNaN(actual[later - start])) {
        return startOf(later) < day.index() + relativeDay;
      }
    }
    return false;
  }

  /**
   * S² = Σσ_t² + s²·1'X(X'X)⁻¹X'1 over the days (Mikkelson &amp; Partch 1988; Campbell, Lo &amp;
   * MacKinlay 1997, eq. 4.4.10).
   */
  double standardError(Fit fit, List<Integer> relativeDays) {
    double[] total = new double[fit.inverse().length];
    double variance = 0;
    for (int relative : relativeDays) {
      int i = relative - start;
      variance += sigma[i] * sigma[i];
      for (int j = 0; j < total.length; j++) {
        total[j] += design[i][j];
      }
    }
    double form = ModelSeries.dot(total, Cholesky.multiply(fit.inverse(), total));
    return Math.sqrt(variance + fit.sigma() * fit.sigma() * form);
  }

  static double[] missing(int length) {
    double[] values = new double[length];
    Arrays.fill(values, Double.NaN);
    return values;
  }
}
