package io.dealimpact.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hipparchus.distribution.continuous.NormalDistribution;

/**
 * The market model with conditionally heteroskedastic errors, R_t = α + βR_m,t + e_t, Var(e_t) =
 * h_t, by Gaussian quasi-maximum likelihood of mean and variance together.
 *
 * <ul>
 *   <li>GARCH(1,1): h_t = ω + a e²_{t−1} + b h_{t−1}; ω &gt; 0, a, b ≥ 0, a + b &lt; 1 (Bollerslev
 *       1986)
 *   <li>EGARCH(1,1): ln h_t = ω + b ln h_{t−1} + a(|z_{t−1}| − √(2/π)) + g z_{t−1}, z = e/√h, |b|
 *       &lt; 1 (Nelson 1991)
 * </ul>
 *
 * Before the first day e² and h are the mean of e² over the window (Fiorentini, Calzolari &amp;
 * Panattoni 1996), and z is 0 with |z| at its mean. Days without a return are passed over.
 *
 * <p>The σ_t of the event days is the forecast made at the end of the estimation window, E[h_T+d]½,
 * so that the event itself does not widen it (Savickas 2003 discusses both). {@code sigma} is the
 * unconditional residual standard deviation with n − 2 degrees of freedom, and (X'X)⁻¹ that of the
 * regression. The best of a few starting points is taken, in a fixed order; none that settles is
 * {@code NOT_CONVERGED}. Too short, constant or collinear as in {@link LeastSquares}.
 */
final class Garch implements Fit.Estimator {
  /** Days ahead that are forecast; later ones take the last. */
  private static final int HORIZON = 300;

  /** Of the mean log-likelihood: to choose among starting points, and to settle. */
  private static final double ROUGH = 1e-6;

  private static final double FINE = 1e-14;

  private static final double MEAN_ABSOLUTE = Math.sqrt(2 / Math.PI);

  /** The equation of the variance. */
  enum Variance {
    GARCH,
    EGARCH
  }

  private final ModelSeries series;
  private final LeastSquares leastSquares;
  private final Variance variance;

  Garch(ModelSeries series, Variance variance) {
    this.series = series;
    this.leastSquares = new LeastSquares(series);
    this.variance = variance;
  }

  @Override
  public Fit fit(List<Range> days, int minimum) {
    Fit start = leastSquares.fit(days, Math.max(minimum, 10));
    if (!start.ok()) {
      return start;
    }
    double scale = start.sigma();
    List<double[]> rows = new ArrayList<>();
    List<Double> returns = new ArrayList<>();
    for (Range range : days) {
      for (int t = range.from(); t <= range.to(); t++) {
        double residual = series.residual(t, start.coefficients());
        if (!Double.isNaN(residual)) {
          double[] x = series.row(t).x();
          rows.add(new double[] {x[0], x[1] / scale});
          returns.add(series.actual(t) / scale);
        }
      }
    }
    double[] y = returns.stream().mapToDouble(Double::doubleValue).toArray();
    Likelihood likelihood = new Likelihood(y, rows.toArray(new double[0][]), variance);
    double[] mean = {start.coefficients()[0] / scale, start.coefficients()[1]};
    Bfgs.Minimum best = likelihood.maximise(mean);
    if (!best.converged()) {
      return Fit.failed(
          StudyStatus.NOT_CONVERGED,
          "NOT_CONVERGED %s(1,1) over %d returns, gradient %.1e"
              .formatted(variance, start.n(), best.gradient()),
          start.n());
    }
    return fit(start, likelihood, best, scale);
  }

  private Fit fit(Fit start, Likelihood likelihood, Bfgs.Minimum best, double scale) {
    double[] forecast = likelihood.forecast(best.x(), HORIZON);
    for (int i = 0; i < HORIZON; i++) {
      forecast[i] = Math.sqrt(forecast[i]) * scale;
    }
    double squares = 0;
    for (double e : likelihood.residuals(best.x())) {
      squares += e * e * scale * scale;
    }
    double total =
        start.sigma() * start.sigma() * start.degreesOfFreedom() / (1 - start.rSquared());
    double sigma = Math.sqrt(squares / start.degreesOfFreedom());
    Map<String, Double> extra = likelihood.parameters(best.x(), scale);
    extra.put("log_likelihood", -best.value() * start.n() - start.n() * Math.log(scale));
    return new Fit(
        StudyStatus.OK,
        "",
        start.n(),
        start.degreesOfFreedom(),
        sigma,
        new double[] {best.x()[0] * scale, best.x()[1]},
        start.inverse(),
        1 - squares / total,
        0,
        forecast,
        extra);
  }

  /**
   * The mean negative log-likelihood of returns scaled to unit residual variance. The vector is α,
   * β and then GARCH: ln ω, logit(a + b), logit(a/(a + b)); EGARCH: ω, a, g, artanh(b).
   */
  static final class Likelihood implements Bfgs.Function {
    private final double[] y;
    private final double[][] x;
    private final Variance variance;

    Likelihood(double[] y, double[][] x, Variance variance) {
      this.y = y;
      this.x = x;
      this.variance = variance;
    }

    Bfgs.Minimum maximise(double[] mean) {
      double[][] starts =
          switch (variance) {
            case GARCH ->
                new double[][] {
                  garchStart(0.05, 0.90),
                  garchStart(0.10, 0.80),
                  garchStart(0.20, 0.50),
                  garchStart(0.30, 0.10)
                };
            case EGARCH ->
                new double[][] {
                  {0, 0.10, 0, Math.log(19) / 2}, {0, 0.2, -0.1, Math.log(3) / 2}, {0, 0.2, 0, 0}
                };
          };
      Bfgs.Minimum best = new Bfgs.Minimum(mean, Double.POSITIVE_INFINITY, 1);
      for (double[] start : starts) {
        double[] theta = new double[mean.length + start.length];
        System.arraycopy(mean, 0, theta, 0, mean.length);
        System.arraycopy(start, 0, theta, mean.length, start.length);
        Bfgs.Minimum minimum = Bfgs.minimise(this, theta, ROUGH);
        // A later start must be clearly better, so that ties fall to the first.
        if (minimum.value() < best.value() - ROUGH) {
          best = minimum;
        }
      }
      return Double.isFinite(best.value()) ? Bfgs.minimise(this, best.x(), FINE) : best;
    }

    private static double[] garchStart(double a, double b) {
      double sum = a + b;
      return new double[] {
        Math.log(1 - sum), Math.log(sum / (1 - sum)), Math.log(a / sum / (1 - a / sum))
      };
    }

    double[] residuals(double[] theta) {
      double[] e = new double[y.length];
      for (int t = 0; t < e.length; t++) {
        e[t] = y[t];
        for (int j = 0; j < x[t].length; j++) {
          e[t] -= theta[j] * x[t][j];
        }
      }
      return e;
    }

    /** Estimates in the units of the returns. */
    Map<String, Double> parameters(double[] theta, double scale) {
      int m = x[0].length;
      Map<String, Double> parameters = new LinkedHashMap<>();
      switch (variance) {
        case GARCH -> {
          Coefficients c = coefficients(theta);
          parameters.put("omega", c.omega * scale * scale);
          parameters.put("arch", c.a);
          parameters.put("garch", c.b);
        }
        case EGARCH -> {
          double b = Math.tanh(theta[m + 3]);
          parameters.put("omega", theta[m] + (1 - b) * 2 * Math.log(scale));
          parameters.put("arch", theta[m + 1]);
          parameters.put("leverage", theta[m + 2]);
          parameters.put("garch", b);
        }
      }
      return parameters;
    }

    private record Coefficients(double omega, double sum, double share, double a, double b) {}

    private Coefficients coefficients(double[] theta) {
      int m = x[0].length;
      double sum = 1 / (1 + Math.exp(-theta[m + 1]));
      double share = 1 / (1 + Math.exp(-theta[m + 2]));
      return new Coefficients(Math.exp(theta[m]), sum, share, sum * share, sum * (1 - share));
    }

    @Override
    public double at(double[] theta, double[] gradient) {
      double value =
          switch (variance) {
            case GARCH -> garch(theta, gradient);
            case EGARCH -> egarch(theta, gradient);
          };
      return Double.isFinite(value) ? value : Double.POSITIVE_INFINITY;
    }

    /** Mean of e² over the window, its derivatives by the mean's parameters written. */
    private double presample(double[] e, double[] derivatives) {
      double sum = 0;
      for (int t = 0; t < e.length; t++) {
        sum += e[t] * e[t] / e.length;
        for (int j = 0; j < x[t].length; j++) {
          derivatives[j] -= 2 * e[t] * x[t][j] / e.length;
        }
      }
      return sum;
    }

    private double garch(double[] theta, double[] gradient) {
      int m = x[0].length;
      int k = m + 3;
      Coefficients c = coefficients(theta);
      double[] e = residuals(theta);
      double[] dh = new double[k];
      double[] dSquare = new double[k];
      double h = presample(e, dh);
      double square = h;
      System.arraycopy(dh, 0, dSquare, 0, m);
      double[] total = new double[k];
      double value = 0;
      for (int t = 0; t < e.length; t++) {
        double before = h;
        h = c.omega + c.a * square + c.b * before;
        for (int j = 0; j < k; j++) {
          dh[j] = c.a * dSquare[j] + c.b * dh[j];
        }
        dh[m] += c.omega;
        dh[m + 1] += (c.a * square + c.b * before) * (1 - c.sum);
        dh[m + 2] += c.a * (1 - c.share) * (square - before);
        square = e[t] * e[t];
        value += 0.5 * (Math.log(2 * Math.PI) + Math.log(h) + square / h);
        double weight = 0.5 * (1 - square / h) / h;
        for (int j = 0; j < m; j++) {
          dSquare[j] = -2 * e[t] * x[t][j];
          total[j] += 0.5 * dSquare[j] / h;
        }
        for (int j = 0; j < k; j++) {
          total[j] += weight * dh[j];
        }
      }
      for (int j = 0; j < k; j++) {
        gradient[j] = total[j] / e.length;
      }
      return value / e.length;
    }

    private double egarch(double[] theta, double[] gradient) {
      int m = x[0].length;
      int k = m + 4;
      double omega = theta[m];
      double a = theta[m + 1];
      double g = theta[m + 2];
      double b = Math.tanh(theta[m + 3]);
      double[] e = residuals(theta);
      double[] dLog = new double[k];
      double mean = presample(e, dLog);
      for (int j = 0; j < m; j++) {
        dLog[j] /= mean;
      }
      double log = Math.log(mean);
      double z = 0;
      double size = MEAN_ABSOLUTE;
      double[] dz = new double[k];
      double[] total = new double[k];
      double value = 0;
      for (int t = 0; t < e.length; t++) {
        double before = log;
        log = omega + b * before + a * (size - MEAN_ABSOLUTE) + g * z;
        double slope = a * Math.signum(z) + g;
        for (int j = 0; j < k; j++) {
          dLog[j] = b * dLog[j] + slope * dz[j];
        }
        dLog[m] += 1;
        dLog[m + 1] += size - MEAN_ABSOLUTE;
        dLog[m + 2] += z;
        dLog[m + 3] += before * (1 - b * b);
        double deviation = Math.exp(log / 2);
        z = e[t] / deviation;
        size = Math.abs(z);
        value += 0.5 * (Math.log(2 * Math.PI) + log + z * z);
        for (int j = 0; j < k; j++) {
          dz[j] = (j < m ? -x[t][j] / deviation : 0) - 0.5 * z * dLog[j];
          total[j] += 0.5 * dLog[j] + z * dz[j];
        }
      }
      for (int j = 0; j < k; j++) {
        gradient[j] = total[j] / e.length;
      }
      return value / e.length;
    }

    /** E[h] of the days after the last, by distance − 1. */
    double[] forecast(double[] theta, int horizon) {
      return switch (variance) {
        case GARCH -> forecastGarch(theta, horizon);
        case EGARCH -> forecastEgarch(theta, horizon);
      };
    }

    private double[] forecastGarch(double[] theta, int horizon) {
      Coefficients c = coefficients(theta);
      double[] e = residuals(theta);
      double h = presample(e, new double[x[0].length]);
      double square = h;
      for (double residual : e) {
        h = c.omega + c.a * square + c.b * h;
        square = residual * residual;
      }
      double[] forecast = new double[horizon];
      forecast[0] = c.omega + c.a * square + c.b * h;
      for (int d = 1; d < horizon; d++) {
        forecast[d] = c.omega + c.sum * forecast[d - 1];
      }
      return forecast;
    }

    /**
     * ln h_{T+d} = ln h_{T+1} b^{d−1} + Σ b^i(ω + a(|z| − √(2/π)) + g z), with independent standard
     * normal z: the expectation of its exponential factorises (Nelson 1991, theorem A1.2).
     */
    private double[] forecastEgarch(double[] theta, int horizon) {
      int m = x[0].length;
      double b = Math.tanh(theta[m + 3]);
      double[] e = residuals(theta);
      double log = Math.log(presample(e, new double[m]));
      double z = 0;
      double size = MEAN_ABSOLUTE;
      for (double residual : e) {
        log = theta[m] + b * log + theta[m + 1] * (size - MEAN_ABSOLUTE) + theta[m + 2] * z;
        z = residual / Math.exp(log / 2);
        size = Math.abs(z);
      }
      log = theta[m] + b * log + theta[m + 1] * (size - MEAN_ABSOLUTE) + theta[m + 2] * z;
      double[] forecast = new double[horizon];
      double power = 1;
      double shocks = 0;
      for (int d = 0; d < horizon; d++) {
        forecast[d] = Math.exp(power * log + shocks);
        shocks += power * theta[m];
        shocks += logMeanExponential(power * theta[m + 1], power * theta[m + 2]);
        power *= b;
      }
      return forecast;
    }

    /** ln E exp(a(|z| − √(2/π)) + g z) for standard normal z. */
    private static double logMeanExponential(double a, double g) {
      NormalDistribution normal = new NormalDistribution();
      double up = a + g;
      double down = a - g;
      return Math.log(
              Math.exp(up * up / 2) * normal.cumulativeProbability(up)
                  + Math.exp(down * down / 2) * normal.cumulativeProbability(down))
          - a * MEAN_ABSOLUTE;
    }
  }
}
