package io.dealimpact.study.model;

import io.dealimpact.study.market.StudyStatus;
import io.dealimpact.study.model.ModelSeries.Design;
import io.dealimpact.study.numeric.DayRange;
import io.dealimpact.study.numeric.NormalEquations;
import io.dealimpact.study.numeric.PrefixSums.Moments;
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
 *
 * <p>Not safe for use by several threads: the equations are solved in the same arrays each time.
 */
public final class LeastSquares implements Fit.Estimator {
  /** Returns are of the order of 1e-2 and known to about 1e-16. */
  public static final double CONSTANT = 1e-12;

  public static final double COLLINEAR = 1e-10;

  /** Below this share of the variance, the residual sum of squares is summed day by day. */
  private static final double CANCELLED = 1e-6;

  /** How an estimate ended. */
  private enum Outcome {
    OK,
    TOO_FEW,
    CONSTANT_RETURNS,
    CONSTANT_REGRESSOR,
    DEPENDENT_REGRESSOR,
    EXPLAINED
  }

  private final ModelSeries series;
  private final int slopes;
  private final int lost;
  private final Moments moments;
  private final Estimate own;

  // Room for the equations of one fit.
  private final double[] cross;
  private final double[] right;
  private final double[] slope;
  private final NormalEquations equations;

  /** The regressor that is constant or dependent, where one is. */
  private int culprit;

  public LeastSquares(ModelSeries series) {
    this.series = series;
    moments = series.sums().moments();
    slopes = moments.width() - 1;
    lost = series.design() == Design.NOTHING ? 1 : series.width();
    own = new Estimate(coefficients());
    cross = new double[slopes * slopes];
    right = new double[slopes];
    slope = new double[slopes];
    equations = new NormalEquations(slopes, COLLINEAR);
  }

  private int coefficients() {
    return series.design() == Design.CONSTANT ? slopes + 1 : slopes;
  }

  @Override
  public Fit fit(List<DayRange> days, int minimum) {
    Outcome outcome = outcome(days, minimum, own);
    int n = moments.n();
    return switch (outcome) {
      case OK ->
          Fit.of(
              new ResidualMoments(n, own.degreesOfFreedom, own.sigma, own.rSquared),
              new Fit.Coefficients(own.coefficients.clone(), own.inverseRows(), Map.of()));
      case TOO_FEW -> insufficient(n, Math.max(minimum, lost + 1));
      case CONSTANT_RETURNS ->
          Fit.failed(
              StudyStatus.ZERO_VARIANCE,
              String.format(
                  Locale.ROOT,
                  "ZERO_VARIANCE the %d %s of the estimation window are constant",
                  n,
                  series.design() == Design.NOTHING ? "differences" : "returns"),
              n);
      case CONSTANT_REGRESSOR -> singular(culprit, n, "is constant in the estimation window");
      case DEPENDENT_REGRESSOR ->
          singular(culprit, n, "is a linear combination of the other regressors");
      case EXPLAINED ->
          Fit.failed(
              StudyStatus.ZERO_VARIANCE,
              String.format(
                  Locale.ROOT,
                  "ZERO_VARIANCE the model explains all %d returns of the estimation window"
                      + " exactly",
                  n),
              n);
    };
  }

  @Override
  public boolean estimate(List<DayRange> days, int minimum, Estimate into) {
    return outcome(days, minimum, into) == Outcome.OK;
  }

  private Outcome outcome(List<DayRange> days, int minimum, Estimate into) {
    series.sums().sum(days, moments);
    int n = moments.n();
    if (n < Math.max(minimum, lost + 1)) {
      return Outcome.TOO_FEW;
    }
    double least = n * CONSTANT * CONSTANT;
    double total = product(slopes, slopes);
    if (total <= least) {
      return Outcome.CONSTANT_RETURNS;
    }
    for (int i = 0; i < slopes; i++) {
      right[i] = product(i, slopes);
      for (int j = 0; j <= i; j++) {
        cross[i * slopes + j] = product(i, j);
        cross[j * slopes + i] = cross[i * slopes + j];
      }
      if (cross[i * slopes + i] <= least) {
        culprit = i;
        return Outcome.CONSTANT_REGRESSOR;
      }
    }
    culprit = equations.invert(cross);
    if (culprit >= 0) {
      return Outcome.DEPENDENT_REGRESSOR;
    }
    double explained = equations.solve(cross, right, slope);
    double centre = write(into);
    double squares = total - explained;
    if (squares < CANCELLED * total) {
      squares = squares(days, into.coefficients, centre);
    }
    if (squares <= least) {
      return Outcome.EXPLAINED;
    }
    into.n = n;
    into.degreesOfFreedom = n - lost;
    into.sigma = Math.sqrt(squares / into.degreesOfFreedom);
    into.rSquared = series.design() == Design.NOTHING ? Double.NaN : 1 - squares / total;
    return Outcome.OK;
  }

  /** Writes b and (X'X)⁻¹; returns what is taken from residuals where nothing is estimated. */
  private double write(Estimate into) {
    double[] inverse = equations.inverse();
    into.k = coefficients();
    return switch (series.design()) {
      case CONSTANT -> {
        withConstant(moments, slope, into.coefficients);
        withConstant(moments, inverse, slopes, into.inverse);
        yield 0;
      }
      case NO_CONSTANT -> {
        System.arraycopy(slope, 0, into.coefficients, 0, slopes);
        System.arraycopy(inverse, 0, into.inverse, 0, inverse.length);
        yield 0;
      }
      case NOTHING -> moments.mean(slopes);
    };
  }

  public static Fit insufficient(int n, int need) {
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

  private double product(int i, int j) {
    return series.design() == Design.NO_CONSTANT ? moments.product(i, j) : moments.centred(i, j);
  }

  /** α = ȳ − x̄'b before the slopes. */
  private static void withConstant(Moments moments, double[] slope, double[] b) {
    b[0] = moments.mean(slope.length);
    for (int j = 0; j < slope.length; j++) {
      b[0] -= moments.mean(j) * slope[j];
      b[j + 1] = slope[j];
    }
  }

  /** (X'X)⁻¹ with the constant, from the inverse A of the centred: 1/n + x̄'Ax̄, −Ax̄, A. */
  private static void withConstant(Moments moments, double[] inverse, int slopes, double[] full) {
    int k = slopes + 1;
    full[0] = 1.0 / moments.n();
    for (int i = 0; i < slopes; i++) {
      double edge = 0;
      for (int j = 0; j < slopes; j++) {
        full[(i + 1) * k + j + 1] = inverse[i * slopes + j];
        edge -= inverse[i * slopes + j] * moments.mean(j);
      }
      full[(i + 1) * k] = edge;
      full[i + 1] = edge;
      full[0] -= edge * moments.mean(i);
    }
  }

  private double squares(List<DayRange> days, double[] b, double centre) {
    double sum = 0;
    for (DayRange range : days) {
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
