package io.dealimpact.study.model;

import io.dealimpact.study.numeric.MovingSums;

/**
 * What a {@link ModelSeries} has over each window of one length, so that a CAR and its standard
 * error cost the same whatever the window's length, unless σ_t is forecast day by day: ΣR_t −
 * offset_t, Σx_jt of each regressor, and Σscale_t², each by the window's first day.
 *
 * <p>Not safe for use by several threads.
 */
public final class WindowTotals {
  private static final double[] NONE = new double[0];

  private final ModelSeries series;
  private final int length;
  private final double[] returns;
  private final double[][] regressors;

  /** Empty where each is 1. */
  private final double[] squaredScales;

  /** Σx_jt of the window at hand. */
  private final double[] row;

  /**
   * Totals of the first days.
   *
   * @param days how many: no window reaches beyond them
   */
  WindowTotals(ModelSeries series, int length, int days) {
    this.series = series;
    this.length = length;
    returns = MovingSums.of(series.unexplained(), length, days);
    regressors = new double[series.width()][];
    for (int j = 0; j < regressors.length; j++) {
      regressors[j] = MovingSums.of(series.column(j), length, days);
    }
    squaredScales =
        series.spansSeveralDays() ? MovingSums.of(series.squaredScales(days), length, days) : NONE;
    row = new double[regressors.length];
  }

  /**
   * ΣAR_t = Σ(R_t − offset_t) − b'Σx_t.
   *
   * @param first index of the window's first day; NaN where the window is outside the days
   * @param fit of the coefficients b; one of 0 needs no value of its regressor
   * @return NaN where a day of the window has no return
   */
  public double car(int first, Estimate fit) {
    if (first < 0 || first >= returns.length) {
      return Double.NaN;
    }
    double explained = 0;
    for (int j = 0; j < regressors.length; j++) {
      double b = fit.coefficients[j];
      if (b != 0) {
        explained += regressors[j][first] * b;
      }
    }
    return returns[first] - explained;
  }

  /**
   * S_CAR: S² = Σ(scale_t σ_t)² + s²·X'(X'X)⁻¹X of the totals X (Mikkelson &amp; Partch 1988;
   * Campbell, Lo &amp; MacKinlay 1997, eq. 4.4.10).
   *
   * @param first index of the window's first day, within the days as is its last
   * @param fit of σ_t
   * @param distance of the first day from the end of the estimation window, 1 or more
   */
  public double standardError(int first, Estimate fit, int distance) {
    for (int j = 0; j < fit.k; j++) {
      row[j] = regressors[j][first];
    }
    return Math.sqrt(variance(first, fit, distance) + fit.sigma * fit.sigma * fit.form(row));
  }

  private double variance(int first, Estimate fit, int distance) {
    if (fit.hasOneSigma()) {
      double days = squaredScales.length == 0 ? length : squaredScales[first];
      return fit.sigma * fit.sigma * days;
    }
    double variance = 0;
    for (int i = 0; i < length; i++) {
      double sigma = series.scale(first + i) * fit.sigmaAt(distance + i);
      variance += sigma * sigma;
    }
    return variance;
  }
}
