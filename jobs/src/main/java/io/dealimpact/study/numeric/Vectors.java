package io.dealimpact.study.numeric;

import java.util.Arrays;

/** Arrays of numbers as vectors. */
public final class Vectors {
  private Vectors() {}

  /** Σ a_j·b_j over the length of {@code a}, in order; NaN where either is. */
  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      sum += a[j] * b[j];
    }
    return sum;
  }

  /** A vector of NaN: no value yet. */
  public static double[] missing(int length) {
    double[] values = new double[length];
    Arrays.fill(values, Double.NaN);
    return values;
  }
}
