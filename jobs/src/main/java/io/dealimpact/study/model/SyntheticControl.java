package io.dealimpact.study.model;

import io.dealimpact.study.market.StudyStatus;
import io.dealimpact.study.numeric.Cholesky;
import io.dealimpact.study.numeric.DayRange;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Synthetic control: E[R_t] = Σ w_j R_jt with w ≥ 0, Σw = 1 that minimise Σ_t (R_t − Σ_j w_j R_jt)²
 * over the estimation window (Abadie, Diamond &amp; Hainmueller 2010, with returns as the
 * predictors).
 *
 * <p>The donors are the peers with a return on every day of the window on which the instrument has
 * one.
 *
 * <p>s² = Σ(d − d̄)²/(n − p) of the differences d, p the number of donors in use. The error of the
 * estimate is that of least squares under Σw = 1 on those donors, as if they had been known before:
 * s²V, V = G⁻¹ − G⁻¹11'G⁻¹/(1'G⁻¹1), G = X'X of them (Greene 2012, section 5.5.2). No donor: {@code
 * FACTORS_MISSING}. Weights that do not settle: {@code NOT_CONVERGED}. {@link DonorPlacebo} has the
 * p that needs no distribution.
 */
final class SyntheticControl implements Fit.Estimator {
  private final ModelSeries series;

  public SyntheticControl(ModelSeries series) {
    this.series = series;
  }

  @Override
  public DonorPlacebo inSpace(
      Supplier<List<DayRange>> estimation, int dayZero, int[] window, IntUnaryOperator start) {
    return DonorPlacebo.of(
        series,
        estimation.get(),
        Arrays.stream(window).map(relative -> dayZero + relative).toArray(),
        Arrays.stream(window).map(start).toArray());
  }

  @Override
  public Fit fit(List<DayRange> days, int minimum) {
    List<ModelSeries.Row> rows = series.rowsWithReturn(days);
    int n = rows.size();
    if (n < minimum) {
      return LeastSquares.insufficient(n, minimum);
    }
    int[] donors = donors(rows);
    if (donors.length == 0) {
      return Fit.failed(
          StudyStatus.FACTORS_MISSING,
          String.format(
              Locale.ROOT,
              "FACTORS_MISSING none of %d peers has a return on all %d days of the estimation"
                  + " window",
              series.width(),
              n),
          n);
    }
    double[][] cross = new double[donors.length][donors.length];
    double[] right = new double[donors.length];
    for (ModelSeries.Row row : rows) {
      for (int i = 0; i < donors.length; i++) {
        double x = row.x()[donors[i]];
        right[i] += x * row.actual();
        for (int j = 0; j <= i; j++) {
          cross[i][j] += x * row.x()[donors[j]];
        }
      }
    }
    for (int i = 0; i < donors.length; i++) {
      for (int j = 0; j < i; j++) {
        cross[j][i] = cross[i][j];
      }
    }
    double[] weights = SimplexWeights.of(cross, right);
    if (Double.isNaN(weights[0])) {
      return Fit.failed(
          StudyStatus.NOT_CONVERGED,
          String.format(
              Locale.ROOT, "NOT_CONVERGED the weights of %d donors over %d days", donors.length, n),
          n);
    }
    double[] all = new double[series.width()];
    int used = 0;
    for (int i = 0; i < donors.length; i++) {
      all[donors[i]] = weights[i];
      used += weights[i] > 0 ? 1 : 0;
    }
    return fit(rows, all, used, errors(cross, donors, all));
  }

  /** V over all regressors; rows of zeros for those that are not in use. */
  private static double[][] errors(double[][] cross, int[] donors, double[] weights) {
    int[] used = IntStream.range(0, donors.length).filter(i -> weights[donors[i]] > 0).toArray();
    double[][] g = new double[used.length][used.length];
    for (int i = 0; i < used.length; i++) {
      for (int j = 0; j < used.length; j++) {
        g[i][j] = cross[used[i]][used[j]];
      }
    }
    double[][] inverse = new double[used.length][used.length];
    if (Cholesky.invert(g, inverse, LeastSquares.COLLINEAR) >= 0) {
      return new double[0][];
    }
    double[] ones = new double[used.length];
    Arrays.fill(ones, 1);
    double[] sums = Cholesky.multiply(inverse, ones);
    double total = Arrays.stream(sums).sum();
    double[][] errors = new double[weights.length][weights.length];
    for (int i = 0; i < used.length; i++) {
      for (int j = 0; j < used.length; j++) {
        errors[donors[used[i]]][donors[used[j]]] = inverse[i][j] - sums[i] * sums[j] / total;
      }
    }
    return errors;
  }

  private static Fit fit(
      List<ModelSeries.Row> rows, double[] weights, int used, double[][] errors) {
    int n = rows.size();
    double[] differences = new double[n];
    double[] returns = new double[n];
    for (int i = 0; i < n; i++) {
      returns[i] = rows.get(i).actual();
      differences[i] = returns[i] - ModelSeries.dot(rows.get(i).x(), weights);
    }
    double squares = squares(differences);
    int df = n - used;
    if (df < 1) {
      return LeastSquares.insufficient(n, used + 1);
    }
    if (squares <= n * LeastSquares.CONSTANT * LeastSquares.CONSTANT) {
      return Fit.failed(
          StudyStatus.ZERO_VARIANCE,
          String.format(
              Locale.ROOT,
              "ZERO_VARIANCE the %d differences of the estimation window are constant",
              n),
          n);
    }
    return Fit.of(
        new ResidualMoments(n, df, Math.sqrt(squares / df), 1 - squares / squares(returns)),
        new Fit.Coefficients(weights, errors, Map.of()));
  }

  private static double squares(double[] values) {
    double mean = Arrays.stream(values).average().orElse(0);
    return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
  }

  private int[] donors(List<ModelSeries.Row> rows) {
    int[] donors = new int[series.width()];
    int count = 0;
    for (int j = 0; j < donors.length; j++) {
      double sum = 0;
      for (ModelSeries.Row row : rows) {
        sum += row.x()[j];
      }
      if (Double.isFinite(sum)) {
        donors[count++] = j;
      }
    }
    return Arrays.copyOf(donors, count);
  }
}
