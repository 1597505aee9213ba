package io.dealimpact.study.model;

import io.dealimpact.study.numeric.DayRange;
import io.dealimpact.study.numeric.PrefixSums;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One instrument under one linear model: for every day the return to explain, the regressors x_t,
 * and the running sums of their cross-products.
 *
 * <p>E[R_t] = offset_t + x_t'b. The offset is what needs no estimate: R_f, or R_m of the
 * market-adjusted model. The day's residual has standard deviation σ·scale_t; scale is √days where
 * a return spans several.
 */
public final class ModelSeries {
  /** What is estimated. */
  public enum Design {
    /** A constant and slopes. */
    CONSTANT,
    /** Slopes only (of which one may stand for the constant). */
    NO_CONSTANT,
    /** Nothing: no column of the design is estimated. */
    NOTHING
  }

  /** One day, or the days of one return. */
  public record Row(double actual, double offset, double[] x, double scale) {}

  /** Rows from the close of one day to that of another. */
  interface Rows {
    Row between(int from, int to);
  }

  /** Which day a return starts from. */
  interface Start {
    int before(int day);
  }

  /**
   * All days, a number each in every array.
   *
   * @param actual the return to explain
   * @param offset what needs no estimate
   * @param x the regressors: [column][day]
   * @param scale √days of the return
   */
  record Columns(double[] actual, double[] offset, double[][] x, double[] scale) {

    /** The columns of rows, each made anew. */
    static Columns of(Rows rows, Start start, int width, int days) {
      Columns columns =
          new Columns(
              new double[days], new double[days], new double[width][days], new double[days]);
      for (int t = 0; t < days; t++) {
        Row row = rows.between(start.before(t), t);
        columns.actual[t] = row.actual();
        columns.offset[t] = row.offset();
        columns.scale[t] = row.scale();
        for (int j = 0; j < width; j++) {
          columns.x[j][t] = row.x()[j];
        }
      }
      return columns;
    }
  }

  private final Design design;
  private final List<String> names;
  private final Map<String, double[]> needed;
  private final Rows rows;
  private final Start start;
  private final double[] actual;
  private final double[] offset;
  private final double[][] x;
  private final double[] scale;
  private PrefixSums sums;
  private double[] unexplained;

  /**
   * @param design what is estimated
   * @param names of the coefficients, one for each element of x
   * @param needed the series besides the instrument's own that a day needs, by name
   * @param rows returns of any two days
   * @param start the day before, or the last day of trade
   * @param columns the rows of all days, each from where it starts
   */
  ModelSeries(
      Design design,
      List<String> names,
      Map<String, double[]> needed,
      Rows rows,
      Start start,
      Columns columns) {
    this.design = design;
    this.names = names;
    this.needed = new LinkedHashMap<>(needed);
    this.rows = rows;
    this.start = start;
    actual = columns.actual();
    offset = columns.offset();
    scale = columns.scale();
    x = columns.x();
  }

  public Design design() {
    return design;
  }

  public List<String> names() {
    return names;
  }

  /** Number of regressors, the constant included. */
  public int width() {
    return names.size();
  }

  public int days() {
    return actual.length;
  }

  /** Running sums of the estimated columns, the constant apart, and the return to explain. */
  PrefixSums sums() {
    if (sums == null) {
      int k = width();
      int first = design == Design.CONSTANT ? 1 : 0;
      double[][] variables = new double[k - first + 1][days()];
      for (int t = 0; t < days(); t++) {
        for (int j = first; j < k; j++) {
          variables[j - first][t] = x[j][t] / scale[t];
        }
        variables[k - first][t] = (actual[t] - offset[t]) / scale[t];
      }
      sums = new PrefixSums(variables);
    }
    return sums;
  }

  /**
   * What is needed for a CAR over any window of a length.
   *
   * @param length in days, 1 or more
   * @param days how many of the series' days windows may have, from the first on
   */
  public WindowTotals totals(int length, int days) {
    return new WindowTotals(this, length, days);
  }

  /** R_t − offset_t by day. */
  double[] unexplained() {
    if (unexplained == null) {
      unexplained = new double[days()];
      for (int t = 0; t < unexplained.length; t++) {
        unexplained[t] = actual[t] - offset[t];
      }
    }
    return unexplained;
  }

  /** Whether a return may be that of several days. */
  boolean spansSeveralDays() {
    for (double days : scale) {
      if (days != 1) {
        return true;
      }
    }
    return false;
  }

  /** scale_t² of the first days. */
  double[] squaredScales(int days) {
    double[] squares = new double[days];
    for (int t = 0; t < days; t++) {
      squares[t] = scale[t] * scale[t];
    }
    return squares;
  }

  /** The return of a day, as the model sees it. */
  public Row row(int day) {
    double[] row = new double[x.length];
    regressors(day, row);
    return new Row(actual[day], offset[day], row, scale[day]);
  }

  /** The rows of the days on which the instrument has a return, ascending. */
  List<Row> rowsWithReturn(List<DayRange> days) {
    List<Row> found = new ArrayList<>();
    for (DayRange range : days) {
      for (int t = range.from(); t <= range.to(); t++) {
        if (!Double.isNaN(actual[t])) {
          found.add(row(t));
        }
      }
    }
    return found;
  }

  /** Writes x_t of a day. */
  public void regressors(int day, double[] into) {
    for (int j = 0; j < x.length; j++) {
      into[j] = x[j][day];
    }
  }

  /** One regressor on all days. */
  public double[] column(int j) {
    return x[j];
  }

  /**
   * Writes R_t, E[R_t] and x_t of successive days.
   *
   * @param from the first day
   * @param count how many
   * @param fit the coefficients; the regressors are written where it carries their error on
   * @param at where the first day is written
   * @param regressors a column for each regressor, as long as {@code actuals}
   */
  public void fill(
      int from,
      int count,
      Estimate fit,
      int at,
      double[] actuals,
      double[] expected,
      double[] regressors) {
    System.arraycopy(actual, from, actuals, at, count);
    Arrays.fill(expected, at, at + count, 0);
    for (int j = 0; j < x.length; j++) {
      double[] column = x[j];
      double b = fit.coefficients[j];
      for (int i = 0; i < count && b != 0; i++) {
        expected[at + i] += column[from + i] * b;
      }
    }
    for (int i = 0; i < count; i++) {
      expected[at + i] = offset[from + i] + expected[at + i];
    }
    for (int j = 0; j < fit.k; j++) {
      System.arraycopy(x[j], from, regressors, j * actuals.length + at, count);
    }
  }

  public double scale(int day) {
    return scale[day];
  }

  /** The return from the close of one day to that of another. */
  public Row row(int from, int to) {
    return rows.between(from, to);
  }

  /** The day from whose close the return of a day starts. */
  public int startOf(int day) {
    return start.before(day);
  }

  public double actual(int day) {
    return actual[day];
  }

  /** R_t − E[R_t]; NaN where either is missing. */
  public double abnormal(int day, double[] b) {
    return actual[day] - offset[day] - explained(day, b);
  }

  /** x_t'b; a weight of 0 needs no value, as in {@link #dot}. */
  private double explained(int day, double[] b) {
    double sum = 0;
    for (int j = 0; j < x.length; j++) {
      if (b[j] != 0) {
        sum += x[j][day] * b[j];
      }
    }
    return sum;
  }

  /** The residual of one day's standard deviation: abnormal / scale. */
  public double residual(int day, double[] b) {
    return abnormal(day, b) / scale[day];
  }

  /** Names of the series besides the instrument's own that are missing on a day. */
  public List<String> missing(int day) {
    List<String> missing = new ArrayList<>();
    for (Map.Entry<String, double[]> series : needed.entrySet()) {
      if (Double.isNaN(series.getValue()[day])) {
        missing.add(series.getKey());
      }
    }
    return missing;
  }

  /** Index of the last day on which a needed series has a value; −1 if none. */
  public int lastOf(String name) {
    double[] series = needed.get(name);
    int t = series.length - 1;
    while (t >= 0 && Double.isNaN(series[t])) {
      t--;
    }
    return t;
  }

  public static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      // A weight of 0 needs no value: a donor without a return that day.
      if (b[j] != 0) {
        sum += a[j] * b[j];
      }
    }
    return sum;
  }
}
