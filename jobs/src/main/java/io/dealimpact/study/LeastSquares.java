package io.dealimpact.study;

import io.dealimpact.study.ModelSeries.Design;
import io.dealimpact.study.PrefixSums.Moments;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Ordinary least squares from running sums: b = (X'X)⁻¹X'y, s² = e'e/(n − k), in O(k²) for the
 * moments and O(k³) for k ≤ 8 equations, whatever the window's length.
 *
 * <p>The moments are centred where the design has a constant, scaled to a unit diagonal, and
 * factored by Cholesky; this agrees with a QR decomposition of X to 1e-10 ({@code
 * LeastSquaresTest}). With {@link Design#NOTHING} s² = Σ(d − d̄)²/(n − 1) of the differences d, and
 * no coefficient.
 *
 * <p>Fewer returns than asked, or no degree of freedom: {@code INSUFFICIENT_HISTORY}. A series or a
 * residual with a standard deviation below 1e-12 is constant: {@code ZERO_VARIANCE}. A regressor
 * that is constant or, to 1e-10 of its variance, a combination of others: {@code SINGULAR_DESIGN}.
 */
final class LeastSquares implements Fit.Estimator {
  /** Returns are of the order of 1e-2 and known to about 1e-16. */
  static final double CONSTANT = 1e-12;

  static final double COLLINEAR = 1e-10;

  /** Below this share of the variance, the residual sum of squares is summed day by day. */
  private static final double CANCELLED = 1e-6;

  private final ModelSeries series;

  LeastSquares(ModelSeries series) {
    this.series = series;
  }

  @Override
  public Fit fit(List<Range> days, int minimum) {
    Moments moments = series.sums().moments(days);
    int n = moments.n();
    int k = series.width();
    int lost = series.design() == Design.NOTHING ? 1 : k;
    int need = Math.max(minimum, lost + 1);
    if (n < need) {
      return insufficient(n, need);
    }
    int slopes = moments.width() - 1;
    double total = product(moments, slopes, slopes);
    if (total <= n * CONSTANT * CONSTANT) {
      String what = series.design() == Design.NOTHING ? "differences" : "returns";
      return Fit.failed(
          StudyStatus.ZERO_VARIANCE,
          String.format(
              Locale.ROOT,
              "ZERO_VARIANCE the %d %s of the estimation window are constant",
              n,
              what),
          n);
    }
    double[][] cross = new double[slopes][slopes];
    double[] right = new double[slopes];
    for (int i = 0; i < slopes; i++) {
      right[i] = product(moments, i, slopes);
      for (int j = 0; j < slopes; j++) {
        cross[i][j] = product(moments, i, j);
      }
      if (cross[i][i] <= n * CONSTANT * CONSTANT) {
        return singular(i, n, "is constant in the estimation window");
      }
    }
    double[][] inverse = new double[slopes][slopes];
    int dependent = Cholesky.invert(cross, inverse, COLLINEAR);
    if (dependent >= 0) {
      return singular(dependent, n, "is a linear combination of the other regressors");
    }
    double[] slope = Cholesky.multiply(inverse, right);
    Cholesky.refine(cross, inverse, right, slope);
    double explained = 2 * ModelSeries.dot(slope, right);
    explained -= ModelSeries.dot(slope, Cholesky.multiply(cross, slope));
    double[] b = slope;
    double centre = 0;
    switch (series.design()) {
      case CONSTANT -> {
        b = withConstant(moments, slope);
        inverse = withConstant(moments, inverse);
      }
      case NOTHING -> centre = moments.mean(slopes);
      case NO_CONSTANT -> {}
    }
    double squares = total - explained;
    if (squares < CANCELLED * total) {
      squares = squares(days, b, centre);
    }
    if (squares <= n * CONSTANT * CONSTANT) {
      return Fit.failed(
          StudyStatus.ZERO_VARIANCE,
          String.format(
              Locale.ROOT,
              "ZERO_VARIANCE the model explains all %d returns of the estimation window exactly",
              n),
          n);
    }
    int df = n - lost;
    double rSquared = series.design() == Design.NOTHING ? Double.NaN : 1 - squares / total;
    return new Fit(
        StudyStatus.OK,
        "",
        n,
        df,
        Math.sqrt(squares / df),
        b,
        inverse,
        rSquared,
        new double[0],
        Map.of());
  }

  static Fit insufficient(int n, int need) {
    return Fit.failed(
        StudyStatus.INSUFFICIENT_HISTORY,
        String.format(Locale.ROOT, "INSUFFICIENT_HISTORY n=%d need=%d", n, need),
        n);
  }

  private Fit singular(int slope, int n, String why) {
    int column = series.design() == Design.CONSTANT ? slope + 1 : slope;
    return Fit.failed(
        StudyStatus.SINGULAR_DESIGN,
        String.format(
            Locale.ROOT, "SINGULAR_DESIGN %s %s, n=%d", series.names().get(column), why, n),
        n);
  }

  private double product(Moments moments, int i, int j) {
    return series.design() == Design.NO_CONSTANT ? moments.product(i, j) : moments.centred(i, j);
  }

  /** α = ȳ − x̄'b before the slopes. */
  private static double[] withConstant(Moments moments, double[] slope) {
    double[] b = new double[slope.length + 1];
    b[0] = moments.mean(slope.length);
    for (int j = 0; j < slope.length; j++) {
      b[0] -= moments.mean(j) * slope[j];
      b[j + 1] = slope[j];
    }
    return b;
  }

  /** (X'X)⁻¹ with the constant, from the inverse A of the centred: 1/n + x̄'Ax̄, −Ax̄, A. */
  static double[][] withConstant(Moments moments, double[][] inverse) {
    int slopes = inverse.length;
    double[][] full = new double[slopes + 1][slopes + 1];
    full[0][0] = 1.0 / moments.n();
    for (int i = 0; i < slopes; i++) {
      double edge = 0;
      for (int j = 0; j < slopes; j++) {
        full[i + 1][j + 1] = inverse[i][j];
        edge -= inverse[i][j] * moments.mean(j);
      }
      full[i + 1][0] = edge;
      full[0][i + 1] = edge;
      full[0][0] -= edge * moments.mean(i);
    }
    return full;
  }

  private double squares(List<Range> days, double[] b, double centre) {
    double sum = 0;
    for (Range range : days) {
      for (int t = range.from(); t <= range.to(); t++) {
        double residual = series.residual(t, b) - centre;
        if (!Double.isNaN(residual)) {
          sum += residual * residual;
        }
      }
    }
    return sum;
  }
}
