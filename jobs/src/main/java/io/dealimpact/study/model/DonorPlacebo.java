package io.dealimpact.study.model;

import io.dealimpact.study.numeric.DayRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The placebo in space of a synthetic control (Abadie, Diamond &amp; Hainmueller 2010, section
 * 3.4): every donor is fitted as if it were the one that something happened to, from the other
 * donors alone, and the ratio of its mean squared gap in the window to that of the estimation
 * window is ranked. p = #{units with a ratio ≥ the instrument's, itself among them} / units. Of J
 * donors it is never below 1/(J + 1).
 *
 * <p>Gaps of a donor do not depend on the instrument, so that an effect on it does not widen what
 * it is held against. A donor counts if it has a return on every day of both windows.
 *
 * @param p the rank over the units; NaN where the instrument has no weights or no donor counts
 * @param donors that it is ranked among
 */
public record DonorPlacebo(double p, int donors) {
  /** Not a synthetic control. */
  public static final DonorPlacebo NONE = new DonorPlacebo(Double.NaN, 0);

  /**
   * The placebo of an event.
   *
   * @param series of the instrument, with the donors as regressors
   * @param estimation the days that weights are estimated on
   * @param window the days of the window: indices in the calendar
   * @param starts where the return of each starts
   */
  public static DonorPlacebo of(
      ModelSeries series, List<DayRange> estimation, int[] window, int[] starts) {
    List<ModelSeries.Row> rows = new ArrayList<>(series.rowsWithReturn(estimation));
    int before = rows.size();
    for (int i = 0; i < window.length; i++) {
      rows.add(series.row(starts[i], window[i]));
    }
    List<double[]> units = new ArrayList<>();
    units.add(rows.stream().mapToDouble(ModelSeries.Row::actual).toArray());
    for (int j = 0; j < series.width(); j++) {
      int donor = j;
      double[] unit = rows.stream().mapToDouble(row -> row.x()[donor]).toArray();
      if (Arrays.stream(unit).allMatch(Double::isFinite)) {
        units.add(unit);
      }
    }
    return of(units.toArray(new double[0][]), before);
  }

  /**
   * The placebo over a panel.
   *
   * @param units [unit][day], the instrument first
   * @param before days of the estimation window, before those of the window
   */
  static DonorPlacebo of(double[][] units, int before) {
    double own = ratio(units, 0, before);
    int counted = 0;
    int atLeast = 0;
    for (int unit = 1; unit < units.length; unit++) {
      double ratio = ratio(units, unit, before);
      counted += Double.isNaN(ratio) ? 0 : 1;
      atLeast += ratio >= own ? 1 : 0;
    }
    return Double.isNaN(own) || counted == 0
        ? NONE
        : new DonorPlacebo((1.0 + atLeast) / (1.0 + counted), counted);
  }

  /** Mean squared gap of the window over that of the estimation window; NaN without weights. */
  private static double ratio(double[][] units, int treated, int before) {
    int[] donors = others(units.length, treated);
    if (donors.length == 0) {
      return Double.NaN;
    }
    double[][] cross = new double[donors.length][donors.length];
    double[] right = new double[donors.length];
    for (int i = 0; i < donors.length; i++) {
      right[i] = product(units[donors[i]], units[treated], before);
      for (int j = 0; j <= i; j++) {
        cross[i][j] = product(units[donors[i]], units[donors[j]], before);
        cross[j][i] = cross[i][j];
      }
    }
    double[] weights = SimplexWeights.of(cross, right);
    double[] squares = new double[2];
    int days = units[treated].length;
    for (int t = 0; t < days; t++) {
      double gap = units[treated][t];
      for (int i = 0; i < donors.length; i++) {
        gap -= weights[i] * units[donors[i]][t];
      }
      squares[t < before ? 0 : 1] += gap * gap;
    }
    return squares[1] / (days - before) / (squares[0] / before);
  }

  /** All donors but the treated unit. */
  private static int[] others(int units, int treated) {
    int[] others = new int[units];
    int count = 0;
    for (int unit = 1; unit < units; unit++) {
      if (unit != treated) {
        others[count++] = unit;
      }
    }
    return Arrays.copyOf(others, count);
  }

  private static double product(double[] a, double[] b, int days) {
    double sum = 0;
    for (int t = 0; t < days; t++) {
      sum += a[t] * b[t];
    }
    return sum;
  }
}
