package io.dealimpact.study.model;

import io.dealimpact.study.market.StudyStatus;
import io.dealimpact.study.numeric.Bfgs;
import io.dealimpact.study.numeric.DayRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.hipparchus.util.FastMath;

/**
 * The market model with conditionally heteroskedastic errors, R_t = α + βR_m,t + e_t, Var(e_t) =
 * h_t, by Gaussian quasi-maximum likelihood of mean and variance together.
 *
 * <ul>
 *   <li>GARCH(1,1): h_t = ω + a e²_{t−1} + b h_{t−1}; ω &gt; 0, a, b ≥ 0, a + b &lt; 1 (Bollerslev
 *       1986)
 *   <li>EGARCH(1,1): ln h_t = ω + b ln h_{t−1} + a(|z_{t−1}| − √(2/π)) + g z_{t−1}, z = e/√h; |a|,
 *       |g| &lt; 1, 0 &lt; b &lt; 1 (Nelson 1991). The bounds keep the likelihood from rising
 *       without limit at a residual of 0
 * </ul>
 *
 * Before the first day e² and h are the mean of e² over the window (Fiorentini, Calzolari &amp;
 * Panattoni 1996), and z is 0 with |z| at its mean. Days without a return are passed over.
 *
 * <p>The σ_t of the event days is the forecast made at the end of the estimation window, E[h_T+d]½,
 * so that the event itself does not widen it (Savickas 2003 discusses both). {@code sigma} is the
 * unconditional residual standard deviation with n − 2 degrees of freedom, and (X'X)⁻¹ that of the
 * regression. The highest top that any of a few starting points leads to is taken; where it has not
 * settled, or lies on a boundary of the parameters where the variance is not determined, {@code
 * NOT_CONVERGED}. Too short, constant or collinear as in {@link LeastSquares}.
 */
final class Garch implements Fit.Estimator {
  /** Days ahead that are forecast; later ones take the last. */
  private static final int HORIZON = 300;

  /** The equation of the variance. */
  public enum Variance {
    GARCH,
    EGARCH
  }

  private final ModelSeries series;
  private final LeastSquares leastSquares;
  private final Variance variance;

  public Garch(ModelSeries series, Variance variance) {
    this.series = series;
    this.leastSquares = new LeastSquares(series);
    this.variance = variance;
  }

  @Override
  public Fit fit(List<DayRange> days, int minimum) {
    Fit start = leastSquares.fit(days, Math.max(minimum, 10));
    if (!start.ok()) {
      return start;
    }
    double scale = start.residuals().sigma();
    List<double[]> rows = new ArrayList<>();
    List<Double> returns = new ArrayList<>();
    for (DayRange range : days) {
      for (int t = range.from(); t <= range.to(); t++) {
        double residual = series.residual(t, start.coefficients().values());
        if (!Double.isNaN(residual)) {
          double[] x = series.row(t).x();
          rows.add(new double[] {x[0], x[1] / scale});
          returns.add(series.actual(t) / scale);
        }
      }
    }
    double[] y = returns.stream().mapToDouble(Double::doubleValue).toArray();
    GarchLikelihood likelihood = new GarchLikelihood(y, rows.toArray(new double[0][]), variance);
    double[] mean = {start.coefficients().values()[0] / scale, start.coefficients().values()[1]};
    Bfgs.Minimum best = likelihood.maximise(mean);
    if (!best.converged()) {
      return Fit.failed(
          StudyStatus.NOT_CONVERGED,
          String.format(
              Locale.ROOT,
              "NOT_CONVERGED %s(1,1) over %d returns, gradient %.1e",
              variance,
              start.residuals().n(),
              best.gradient()),
          start.residuals().n());
    }
    Optional<String> boundary = likelihood.boundary(best.x());
    if (boundary.isPresent()) {
      return Fit.failed(
          StudyStatus.NOT_CONVERGED,
          String.format(
              Locale.ROOT,
              "NOT_CONVERGED %s(1,1) over %d returns ends on its boundary: %s",
              variance,
              start.residuals().n(),
              boundary.get()),
          start.residuals().n());
    }
    return fit(start, likelihood, best, scale);
  }

  private Fit fit(Fit start, GarchLikelihood likelihood, Bfgs.Minimum best, double scale) {
    double[] forecast = likelihood.forecast(best.x(), HORIZON);
    for (int i = 0; i < HORIZON; i++) {
      forecast[i] = Math.sqrt(forecast[i]) * scale;
    }
    double squares = 0;
    for (double e : likelihood.residuals(best.x())) {
      squares += e * e * scale * scale;
    }
    double total =
        start.residuals().sigma()
            * start.residuals().sigma()
            * start.residuals().degreesOfFreedom()
            / (1 - start.residuals().rSquared());
    double sigma = Math.sqrt(squares / start.residuals().degreesOfFreedom());
    Map<String, Double> extra = likelihood.parameters(best.x(), scale);
    extra.put(
        "log_likelihood",
        -best.value() * start.residuals().n() - start.residuals().n() * FastMath.log(scale));
    return new Fit(
        StudyStatus.OK,
        "",
        new ResidualMoments(
            start.residuals().n(),
            start.residuals().degreesOfFreedom(),
            sigma,
            1 - squares / total),
        new Fit.Coefficients(
            new double[] {best.x()[0] * scale, best.x()[1]}, start.coefficients().inverse(), extra),
        forecast);
  }
}
