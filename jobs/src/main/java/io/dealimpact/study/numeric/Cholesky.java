package io.dealimpact.study.numeric;

/** Small symmetric positive definite systems. */
public final class Cholesky {
  private Cholesky() {}

  /**
   * Inverts a matrix scaled to a unit diagonal.
   *
   * @param a symmetric, with a positive diagonal
   * @param inverse where the inverse is written
   * @param tolerance smallest pivot of the scaled matrix: 1 − R² of a variable on those before it
   * @return −1, or the index of the first variable whose pivot is below the tolerance
   */
  public static int invert(double[][] a, double[][] inverse, double tolerance) {
    int k = a.length;
    double[] scale = new double[k];
    for (int i = 0; i < k; i++) {
      scale[i] = 1 / Math.sqrt(a[i][i]);
    }
    double[][] lower = new double[k][k];
    for (int i = 0; i < k; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = a[i][j] * scale[i] * scale[j];
        for (int m = 0; m < j; m++) {
          sum -= lower[i][m] * lower[j][m];
        }
        if (i == j) {
          if (!(sum > tolerance)) {
            return i;
          }
          lower[i][i] = Math.sqrt(sum);
        } else {
          lower[i][j] = sum / lower[j][j];
        }
      }
    }
    for (int column = 0; column < k; column++) {
      double[] v = new double[k];
      for (int i = 0; i < k; i++) {
        double sum = i == column ? 1 : 0;
        for (int m = 0; m < i; m++) {
          sum -= lower[i][m] * v[m];
        }
        v[i] = sum / lower[i][i];
      }
      for (int i = k - 1; i >= 0; i--) {
        double sum = v[i];
        for (int m = i + 1; m < k; m++) {
          sum -= lower[m][i] * v[m];
        }
        v[i] = sum / lower[i][i];
      }
      for (int i = 0; i < k; i++) {
        inverse[i][column] = v[i] * scale[i] * scale[column];
      }
    }
    return -1;
  }

  public static double[] multiply(double[][] a, double[] x) {
    double[] product = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      product[i] = Vectors.dot(a[i], x);
    }
    return product;
  }
}
