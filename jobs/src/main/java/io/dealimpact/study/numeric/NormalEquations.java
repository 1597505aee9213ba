package io.dealimpact.study.numeric;

/**
 * Ab = c for a small symmetric positive definite A: by Cholesky on A scaled to a unit diagonal,
 * with one step of iterative refinement. {@link Cholesky} in arrays that are used again, row after
 * row; one equation is solved without loops. {@code NormalEquationsTest} holds the two to the same
 * bits.
 */
public final class NormalEquations {
  private final int k;
  private final double tolerance;
  private final double[] inverse;
  private final double[] scale;
  private final double[] lower;
  private final double[] v;

  /**
   * @param k number of equations
   * @param tolerance smallest pivot of the scaled matrix: 1 − R² of a variable on those before it
   */
  public NormalEquations(int k, double tolerance) {
    this.k = k;
    this.tolerance = tolerance;
    inverse = new double[k * k];
    scale = new double[k];
    lower = new double[k * k];
    v = new double[k];
  }

  /** A⁻¹ of the last {@link #invert}; the same array each time. */
  public double[] inverse() {
    return inverse;
  }

  /** Inverts A; −1, or the index of the first variable whose pivot is below the tolerance. */
  public int invert(double[] a) {
    return k == 1 ? invertOne(a[0]) : invertAll(a);
  }

  private int invertOne(double a) {
    double s = 1 / Math.sqrt(a);
    double pivot = a * s * s;
    if (!(pivot > tolerance)) {
      return 0;
    }
    double root = Math.sqrt(pivot);
    inverse[0] = 1 / root / root * s * s;
    return -1;
  }

  private int invertAll(double[] a) {
    for (int i = 0; i < k; i++) {
      scale[i] = 1 / Math.sqrt(a[i * k + i]);
    }
    for (int i = 0; i < k; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = a[i * k + j] * scale[i] * scale[j];
        for (int m = 0; m < j; m++) {
          sum -= lower[i * k + m] * lower[j * k + m];
        }
        if (i == j) {
          if (!(sum > tolerance)) {
            return i;
          }
          lower[i * k + i] = Math.sqrt(sum);
        } else {
          lower[i * k + j] = sum / lower[j * k + j];
        }
      }
    }
    for (int column = 0; column < k; column++) {
      for (int i = 0; i < k; i++) {
        double sum = i == column ? 1 : 0;
        for (int m = 0; m < i; m++) {
          sum -= lower[i * k + m] * v[m];
        }
        v[i] = sum / lower[i * k + i];
      }
      for (int i = k - 1; i >= 0; i--) {
        double sum = v[i];
        for (int m = i + 1; m < k; m++) {
          sum -= lower[m * k + i] * v[m];
        }
        v[i] = sum / lower[i * k + i];
      }
      for (int i = 0; i < k; i++) {
        inverse[i * k + column] = v[i] * scale[i] * scale[column];
      }
    }
    return -1;
  }

  /**
   * Solves for b with the last inverse.
   *
   * @return 2b'c − b'Ab, what b explains
   */
  public double solve(double[] a, double[] c, double[] b) {
    for (int i = 0; i < k; i++) {
      b[i] = product(inverse, i, c);
    }
    for (int i = 0; i < k; i++) {
      v[i] = c[i] - product(a, i, b);
    }
    for (int i = 0; i < k; i++) {
      scale[i] = product(inverse, i, v);
    }
    double explained = 0;
    for (int i = 0; i < k; i++) {
      b[i] += scale[i];
      explained += b[i] * c[i];
    }
    double form = 0;
    for (int i = 0; i < k; i++) {
      form += b[i] * product(a, i, b);
    }
    return 2 * explained - form;
  }

  /** One row of a matrix times a vector. */
  private double product(double[] matrix, int row, double[] x) {
    double sum = 0;
    for (int j = 0; j < k; j++) {
      sum += matrix[row * k + j] * x[j];
    }
    return sum;
  }
}
