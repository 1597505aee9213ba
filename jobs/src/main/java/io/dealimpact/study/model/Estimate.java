package io.dealimpact.study.model;

import java.util.Arrays;

/**
 * Numbers of a model estimated on some days, in arrays that are used again for the next event.
 * {@link Fit} is the same with words, and does not change.
 */
public final class Estimate {
  /** n: returns used. */
  int n;

  /** Degrees of freedom of {@link #sigma}. */
  public int degreesOfFreedom;

  /** Residual standard deviation. */
  public double sigma;

  /** NaN where nothing is estimated. */
  double rSquared;

  /** b, in the order of the design. */
  public final double[] coefficients;

  /** (X'X)⁻¹, row after row; k is 0 where the error of the estimate is not carried on. */
  final double[] inverse;

  /** Rows of {@link #inverse} in use. */
  public int k;

  /** Standard deviations by distance − 1; empty where it is {@link #sigma} on all days. */
  double[] forecast = new double[0];

  /** Room for a number of coefficients. */
  public Estimate(int width) {
    coefficients = new double[width];
    inverse = new double[width * width];
  }

  /** Takes the numbers of a fit that is {@code OK}. */
  public void set(Fit fit) {
    n = fit.residuals().n();
    degreesOfFreedom = fit.residuals().degreesOfFreedom();
    sigma = fit.residuals().sigma();
    rSquared = fit.residuals().rSquared();
    System.arraycopy(fit.coefficients().values(), 0, coefficients, 0, coefficients.length);
    k = fit.coefficients().inverse().length;
    for (int i = 0; i < k; i++) {
      System.arraycopy(fit.coefficients().inverse()[i], 0, inverse, i * k, k);
    }
    forecast = fit.forecast();
  }

  /** The same numbers in arrays of their own. */
  public Estimate copy() {
    Estimate copy = new Estimate(coefficients.length);
    copy.n = n;
    copy.degreesOfFreedom = degreesOfFreedom;
    copy.sigma = sigma;
    copy.rSquared = rSquared;
    System.arraycopy(coefficients, 0, copy.coefficients, 0, coefficients.length);
    System.arraycopy(inverse, 0, copy.inverse, 0, k * k);
    copy.k = k;
    copy.forecast = forecast;
    return copy;
  }

  /** Whether {@link #sigma} is that of all days after the window. */
  boolean hasOneSigma() {
    return forecast.length == 0;
  }

  /** Standard deviation of a one-day residual, {@code distance} ≥ 1 days after the window. */
  public double sigmaAt(int distance) {
    return hasOneSigma() ? sigma : forecast[Math.min(distance, forecast.length) - 1];
  }

  /**
   * x'(X'X)⁻¹x of the first k numbers of {@code x}; 0 without (X'X)⁻¹. A coefficient without an
   * error (0 on the diagonal) needs no value.
   */
  public double form(double[] x) {
    double form = 0;
    for (int i = 0; i < k; i++) {
      if (hasError(i)) {
        double product = 0;
        for (int j = 0; j < k; j++) {
          product += hasError(j) ? inverse[i * k + j] * x[j] : 0;
        }
        form += x[i] * product;
      }
    }
    return form;
  }

  private boolean hasError(int i) {
    return inverse[i * k + i] != 0;
  }

  /**
   * The same of many days.
   *
   * @param x a column of {@code days} numbers for each coefficient
   * @param forms where one number a day is written
   */
  public void forms(double[] x, int days, double[] forms) {
    if (k == 2) {
      double a = inverse[0];
      double b = inverse[1];
      double c = inverse[2];
      double d = inverse[3];
      for (int i = 0; i < days; i++) {
        double x0 = x[i];
        double x1 = x[days + i];
        forms[i] = x0 * (a * x0 + b * x1) + x1 * (c * x0 + d * x1);
      }
      return;
    }
    Arrays.fill(forms, 0, days, 0);
    for (int r = 0; r < k; r++) {
      for (int i = 0; i < days && hasError(r); i++) {
        double product = 0;
        for (int j = 0; j < k; j++) {
          product += hasError(j) ? inverse[r * k + j] * x[j * days + i] : 0;
        }
        forms[i] += x[r * days + i] * product;
      }
    }
  }

  /** (X'X)⁻¹ as a matrix; no rows where the error of the estimate is not carried on. */
  public double[][] inverseRows() {
    double[][] rows = new double[k][];
    for (int i = 0; i < k; i++) {
      rows[i] = Arrays.copyOfRange(inverse, i * k, (i + 1) * k);
    }
    return rows;
  }
}
