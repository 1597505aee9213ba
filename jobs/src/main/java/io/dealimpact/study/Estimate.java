package io.dealimpact.study;

import java.util.Arrays;

/**
 * Numbers of a model estimated on some days, in arrays that are used again for the next event.
 * {@link Fit} is the same with words, and does not change.
 */
final class Estimate {
  /** n: returns used. */
  int n;

  /** Degrees of freedom of {@link #sigma}. */
  int degreesOfFreedom;

  /** Residual standard deviation. */
  double sigma;

  /** NaN where nothing is estimated. */
  double rSquared;

  /** b, in the order of the design. */
  final double[] coefficients;

  /** (X'X)⁻¹, row after row; k is 0 where the error of the estimate is not carried on. */
  final double[] inverse;

  /** Rows of {@link #inverse} in use. */
  int k;

  /** Standard deviations by distance − 1; empty where it is {@link #sigma} on all days. */
  double[] forecast = new double[0];

  /** Room for a number of coefficients. */
  Estimate(int width) {
    coefficients = new double[width];
    inverse = new double[width * width];
  }

  /** Takes the numbers of a fit that is {@code OK}. */
  void set(Fit fit) {
    n = fit.n();
    degreesOfFreedom = fit.degreesOfFreedom();
    sigma = fit.sigma();
    rSquared = fit.rSquared();
    System.arraycopy(fit.coefficients(), 0, coefficients, 0, coefficients.length);
    k = fit.inverse().length;
    for (int i = 0; i < k; i++) {
      System.arraycopy(fit.inverse()[i], 0, inverse, i * k, k);
    }
    forecast = fit.forecast();
  }

  /** Standard deviation of a one-day residual, {@code distance} ≥ 1 days after the window. */
  double sigmaAt(int distance) {
    return forecast.length == 0 ? sigma : forecast[Math.min(distance, forecast.length) - 1];
  }

  /** x'(X'X)⁻¹x of the k numbers of {@code x} from {@code at}; 0 without (X'X)⁻¹. */
  double form(double[] x, int at) {
    if (k == 2) {
      return x[at] * (inverse[0] * x[at] + inverse[1] * x[at + 1])
          + x[at + 1] * (inverse[2] * x[at] + inverse[3] * x[at + 1]);
    }
    double form = 0;
    for (int i = 0; i < k; i++) {
      double product = 0;
      for (int j = 0; j < k; j++) {
        product += inverse[i * k + j] * x[at + j];
      }
      form += x[at + i] * product;
    }
    return form;
  }

  /** (X'X)⁻¹ as a matrix; no rows where the error of the estimate is not carried on. */
  double[][] inverseRows() {
    double[][] rows = new double[k][];
    for (int i = 0; i < k; i++) {
      rows[i] = Arrays.copyOfRange(inverse, i * k, (i + 1) * k);
    }
    return rows;
  }
}
