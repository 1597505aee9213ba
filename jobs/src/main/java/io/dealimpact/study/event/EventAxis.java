package io.dealimpact.study.event;

import io.dealimpact.study.market.EventWindow;
import io.dealimpact.study.market.ReturnKind;
import io.dealimpact.study.model.Estimate;
import io.dealimpact.study.model.ModelSeries;
import java.util.Arrays;

/**
 * The days around one event under one fitted model, by relative day; NaN where missing. One axis
 * serves all events of a model in turn: nothing is allocated for an event.
 *
 * <p>{@link #fill} takes the event; everything else speaks of the event filled in last.
 */
final class EventAxis {
  private final ModelSeries series;
  private final int estimationEnd;
  private final int lastBar;
  private final int start;
  private final int length;
  private final double[] actual;
  private final double[] expected;
  private final double[] sigma;

  private final double[] standardized;

  /** x_t of every day: a column of all days for each regressor. */
  private final double[] design;

  private final double[] total;
  private EventDay day;
  private Estimate fit;

  /**
   * An axis of some days about an event.
   *
   * @param series the model's series
   * @param estimationEnd last day of the estimation window, relative to day 0
   * @param span all days of the axis
   * @param lastBar index of the instrument's last bar
   */
  EventAxis(ModelSeries series, int estimationEnd, EventWindow span, int lastBar) {
    this.series = series;
    this.lastBar = lastBar;
    this.estimationEnd = estimationEnd;
    start = span.start();
    length = span.length();
    actual = new double[length];
    expected = new double[length];
    sigma = new double[length];
    standardized = new double[length];
    design = new double[length * series.width()];
    total = new double[series.width()];
  }

  /** Takes an event and the model fitted before it. */
  void fill(EventDay event, Estimate estimate) {
    day = event;
    fit = estimate;
    int first = event.index() + start;
    int from = Math.max(0, -first);
    int to = Math.min(length, series.days() - first);
    if (from > 0 || to < length) {
      Arrays.fill(actual, Double.NaN);
      Arrays.fill(expected, Double.NaN);
      Arrays.fill(sigma, Double.NaN);
      Arrays.fill(design, Double.NaN);
    }
    if (from < to) {
      series.fill(first + from, to - from, fit, from, actual, expected, design);
      for (int i = from; i < to; i++) {
        sigma[i] = series.scale(first + i) * fit.sigmaAt(start + i - estimationEnd);
      }
    }
    int zero = -start;
    if (zero >= from && zero < to && startOf(0) != series.startOf(day.index())) {
      fillDayZero(zero);
    }
    standardize();
  }

  /** The return of day 0 spans a halt. */
  private void fillDayZero(int i) {
    ModelSeries.Row row = series.row(startOf(0), day.index());
    actual[i] = row.actual();
    expected[i] = row.offset() + ModelSeries.dot(row.x(), fit.coefficients);
    sigma[i] = row.scale() * fit.sigmaAt(-estimationEnd);
    for (int j = 0; j < fit.k; j++) {
      design[j * length + i] = row.x()[j];
    }
  }

  /** AR_t / √(σ_t² + s² x_t'(X'X)⁻¹x_t) of all days. */
  private void standardize() {
    double variance = fit.sigma * fit.sigma;
    fit.forms(design, length, standardized);
    for (int i = 0; i < length; i++) {
      standardized[i] =
          (actual[i] - expected[i]) / Math.sqrt(sigma[i] * sigma[i] + variance * standardized[i]);
    }
  }

  /** The first relative day. */
  int start() {
    return start;
  }

  /** R_t of a relative day. */
  double actual(int relativeDay) {
    return actual[relativeDay - start];
  }

  /** E[R_t] of a relative day. */
  double expected(int relativeDay) {
    return expected[relativeDay - start];
  }

  /** AR_t of a relative day. */
  double abnormal(int relativeDay) {
    return actual[relativeDay - start] - expected[relativeDay - start];
  }

  /** SAR_t = AR_t / (σ_t √C_t) of a relative day (Patell 1976). */
  double standardized(int relativeDay) {
    return standardized[relativeDay - start];
  }

  /** Σ AR_t over a window. */
  double car(EventWindow window) {
    double car = 0;
    for (int i = window.start() - start; i <= window.end() - start; i++) {
      car += actual[i] - expected[i];
    }
    return car;
  }

  /** Σ AR_t over some relative days. */
  double car(int[] relativeDays) {
    double car = 0;
    for (int relative : relativeDays) {
      car += abnormal(relative);
    }
    return car;
  }

  /** Σ b_j x_jt of one regressor over some relative days. */
  double explained(int regressor, int[] relativeDays) {
    double sum = 0;
    for (int relative : relativeDays) {
      sum += design[regressor * length + relative - start];
    }
    return sum * fit.coefficients[regressor];
  }

  /**
   * S² = Σσ_t² + s²·1'X(X'X)⁻¹X'1 over a window (Mikkelson &amp; Partch 1988; Campbell, Lo &amp;
   * MacKinlay 1997, eq. 4.4.10).
   */
  double standardError(EventWindow window) {
    Arrays.fill(total, 0, fit.k, 0);
    double variance = 0;
    for (int i = window.start() - start; i <= window.end() - start; i++) {
      variance = withDay(i, variance);
    }
    return Math.sqrt(variance + fit.sigma * fit.sigma * fit.form(total));
  }

  /** The same over some relative days. */
  double standardError(int[] relativeDays) {
    Arrays.fill(total, 0, fit.k, 0);
    double variance = 0;
    for (int relative : relativeDays) {
      variance = withDay(relative - start, variance);
    }
    return Math.sqrt(variance + fit.sigma * fit.sigma * fit.form(total));
  }

  private double withDay(int i, double variance) {
    for (int j = 0; j < fit.k; j++) {
      total[j] += design[j * length + i];
    }
    return variance + sigma[i] * sigma[i];
  }

  /** BHAR over a window. */
  double buyAndHold(EventWindow window, ReturnKind kind) {
    double held = 1;
    double benchmark = 1;
    for (int i = window.start() - start; i <= window.end() - start; i++) {
      held = BuyAndHold.grown(held, actual[i], kind);
      benchmark = BuyAndHold.grown(benchmark, expected[i], kind);
    }
    return held - benchmark;
  }

  /** BHAR over some relative days. */
  double buyAndHold(int[] relativeDays, ReturnKind kind) {
    double[] held = new double[relativeDays.length];
    double[] expectedOf = new double[relativeDays.length];
    for (int i = 0; i < held.length; i++) {
      held[i] = actual(relativeDays[i]);
      expectedOf[i] = expected(relativeDays[i]);
    }
    return BuyAndHold.excess(held, expectedOf, kind);
  }

  /** Whether every day of a window has a bar to come from, a return, and one that is expected. */
  boolean isComplete(EventWindow window) {
    if (day.index() + window.end() > lastBar) {
      return false;
    }
    double sum = 0;
    for (int i = window.start() - start; i <= window.end() - start; i++) {
      sum += actual[i] - expected[i];
    }
    return !Double.isNaN(sum);
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

  /** All days, in arrays of their own; no columns of x_t where the fit carries no error. */
  EventSample.Returns returns() {
    double[] abnormal = new double[length];
    Arrays.setAll(abnormal, i -> actual[i] - expected[i]);
    double[][] rows = new double[length][fit.k];
    for (int i = 0; i < length; i++) {
      for (int j = 0; j < fit.k; j++) {
        rows[i][j] = design[j * length + i];
      }
    }
    return new EventSample.Returns(start, abnormal, expected.clone(), sigma.clone(), rows);
  }
}
