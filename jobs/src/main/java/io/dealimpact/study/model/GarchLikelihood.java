package io.dealimpact.study.model;

import io.dealimpact.study.model.Garch.Variance;
import io.dealimpact.study.numeric.Bfgs;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.hipparchus.util.FastMath;

/**
 * The mean negative log-likelihood of returns scaled to unit residual variance. The vector is α, β
 * and then GARCH: ln ω, logit(a + b), logit(a/(a + b)); EGARCH: ω, artanh of a and g, logit b.
 */
final class GarchLikelihood implements Bfgs.Function {
  /** Tolerance of the mean log-likelihood. */
  private static final double FINE = 1e-14;

  private static final double MEAN_ABSOLUTE = Math.sqrt(2 / Math.PI);

  private final double[] y;
  private final double[][] x;
  private final Variance variance;

  GarchLikelihood(double[] y, double[][] x, Variance variance) {
    this.y = y;
    this.x = x;
    this.variance = variance;
  }

  /** The highest likelihood that any of the starting points leads to, settled or not. */
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
                egarchStart(0.10, 0.0, 0.90),
                egarchStart(0.20, -0.1, 0.50),
                egarchStart(0.20, 0.0, 0.1)
              };
        };
    Bfgs.Minimum lowest = null;
    for (double[] start : starts) {
      double[] theta = new double[mean.length + start.length];
      System.arraycopy(mean, 0, theta, 0, mean.length);
      System.arraycopy(start, 0, theta, mean.length, start.length);
      Bfgs.Minimum settled = Bfgs.minimise(this, theta, FINE);
      if (lowest == null || settled.value() < lowest.value()) {
        lowest = settled;
      }
    }
    return lowest;
  }

  /** How near to the end of its range a parameter counts as being there. */
  private static final double EDGE = 1e-4;

  /**
   * The end of the parameters' range that an estimate lies on, in words; empty inside. Where a is 0
   * b is not identified, and where a + b or b is 1 the variance has no mean to go back to. b = 0 is
   * a model of its own, ARCH(1), and no such end.
   */
  Optional<String> boundary(double[] theta) {
    int m = x[0].length;
    return switch (variance) {
      case GARCH -> {
        Coefficients c = coefficients(theta);
        Map<String, Boolean> ends = new LinkedHashMap<>();
        ends.put("a = 0", c.a < EDGE);
        ends.put("a + b = 1", c.sum > 1 - EDGE);
        yield firstReached(ends);
      }
      case EGARCH -> {
        double b = 1 / (1 + FastMath.exp(-theta[m + 3]));
        Map<String, Boolean> ends = new LinkedHashMap<>();
        ends.put("b = 1", b > 1 - EDGE);
        ends.put("|a| = 1", Math.abs(FastMath.tanh(theta[m + 1])) > 1 - EDGE);
        ends.put("|g| = 1", Math.abs(FastMath.tanh(theta[m + 2])) > 1 - EDGE);
        yield firstReached(ends);
      }
    };
  }

  private static Optional<String> firstReached(Map<String, Boolean> ends) {
    return ends.entrySet().stream().filter(Map.Entry::getValue).map(Map.Entry::getKey).findFirst();
  }

  private static double[] garchStart(double a, double b) {
    double sum = a + b;
    return new double[] {
      FastMath.log(1 - sum), FastMath.log(sum / (1 - sum)), FastMath.log(a / sum / (1 - a / sum))
    };
  }

  private static double[] egarchStart(double a, double g, double b) {
    return new double[] {0, artanh(a), artanh(g), FastMath.log(b / (1 - b))};
  }

  private static double artanh(double x) {
    return FastMath.log((1 + x) / (1 - x)) / 2;
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
        double b = 1 / (1 + FastMath.exp(-theta[m + 3]));
        parameters.put("omega", theta[m] + (1 - b) * 2 * FastMath.log(scale));
        parameters.put("arch", FastMath.tanh(theta[m + 1]));
        parameters.put("leverage", FastMath.tanh(theta[m + 2]));
        parameters.put("garch", b);
      }
    }
    return parameters;
  }

  private record Coefficients(double omega, double sum, double share, double a, double b) {}

  private Coefficients coefficients(double[] theta) {
    int m = x[0].length;
    double sum = 1 / (1 + FastMath.exp(-theta[m + 1]));
    double share = 1 / (1 + FastMath.exp(-theta[m + 2]));
    return new Coefficients(FastMath.exp(theta[m]), sum, share, sum * share, sum * (1 - share));
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
      value += 0.5 * (FastMath.log(2 * Math.PI) + FastMath.log(h) + square / h);
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
    double a = FastMath.tanh(theta[m + 1]);
    double g = FastMath.tanh(theta[m + 2]);
    double b = 1 / (1 + FastMath.exp(-theta[m + 3]));
    double[] e = residuals(theta);
    double[] dLog = new double[k];
    double mean = presample(e, dLog);
    for (int j = 0; j < m; j++) {
      dLog[j] /= mean;
    }
    double log = FastMath.log(mean);
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
      dLog[m + 1] += (size - MEAN_ABSOLUTE) * (1 - a * a);
      dLog[m + 2] += z * (1 - g * g);
      dLog[m + 3] += before * b * (1 - b);
      double deviation = FastMath.exp(log / 2);
      z = e[t] / deviation;
      size = Math.abs(z);
      value += 0.5 * (FastMath.log(2 * Math.PI) + log + z * z);
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
    double a = FastMath.tanh(theta[m + 1]);
    double g = FastMath.tanh(theta[m + 2]);
    double b = 1 / (1 + FastMath.exp(-theta[m + 3]));
    double[] e = residuals(theta);
    double log = FastMath.log(presample(e, new double[m]));
    double z = 0;
    double size = MEAN_ABSOLUTE;
    for (double residual : e) {
      log = theta[m] + b * log + a * (size - MEAN_ABSOLUTE) + g * z;
      z = residual / FastMath.exp(log / 2);
      size = Math.abs(z);
    }
    log = theta[m] + b * log + a * (size - MEAN_ABSOLUTE) + g * z;
    double[] forecast = new double[horizon];
    double power = 1;
    double shocks = 0;
    for (int d = 0; d < horizon; d++) {
      forecast[d] = FastMath.exp(power * log + shocks);
      shocks += power * theta[m];
      shocks += logMeanExponential(power * a, power * g);
      power *= b;
    }
    return forecast;
  }

  /** ln E exp(a(|z| − √(2/π)) + g z) for standard normal z. */
  private static double logMeanExponential(double a, double g) {
    NormalDistribution normal = new NormalDistribution();
    double up = a + g;
    double down = a - g;
    return FastMath.log(
            FastMath.exp(up * up / 2) * normal.cumulativeProbability(up)
                + FastMath.exp(down * down / 2) * normal.cumulativeProbability(down))
        - a * MEAN_ABSOLUTE;
  }
}
