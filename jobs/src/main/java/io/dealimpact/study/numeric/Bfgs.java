package io.dealimpact.study.numeric;

import java.util.Arrays;

/**
 * Minimises a smooth function of a few variables: BFGS with a backtracking line search (Nocedal
 * &amp; Wright 2006, algorithms 3.1 and 6.1). Deterministic.
 */
public final class Bfgs {
  private static final int STEPS = 120;
  private static final double FLAT = 1e-9;

  /** Steps in a row that lower the value by less than its rounding. */
  private static final int STALLED = 3;

  private static final double NEARLY_FLAT = 1e-5;

  private Bfgs() {}

  /** A function and its gradient. */
  public interface Function {
    /** The value at x, its gradient written to {@code gradient}; not finite outside its domain. */
    double at(double[] x, double[] gradient);
  }

  /**
   * A minimum.
   *
   * @param x where
   * @param value how low
   * @param gradient largest absolute element of the gradient there
   */
  public record Minimum(double[] x, double value, double gradient) {
    public boolean converged() {
      return gradient < NEARLY_FLAT;
    }
  }

  /**
   * Minimises from a starting point, until the gradient vanishes or steps lower the value by less
   * than {@code tolerance}.
   */
  public static Minimum minimise(Function function, double[] start, double tolerance) {
    int k = start.length;
    double[] x = start.clone();
    double[] gradient = new double[k];
    double value = function.at(x, gradient);
    double[][] inverse = identity(k);
    int stalled = 0;
    for (int step = 0; step < STEPS && stalled < STALLED && largest(gradient) > FLAT; step++) {
      double[] direction = Cholesky.multiply(inverse, gradient);
      double slope = -Vectors.dot(direction, gradient);
      if (!(slope < 0)) {
        inverse = identity(k);
        direction = gradient.clone();
        slope = -Vectors.dot(gradient, gradient);
      }
      double length = Math.min(1, 2 / largest(direction));
      double[] next = new double[k];
      double[] nextGradient = new double[k];
      double nextValue = Double.NaN;
      for (int halving = 0; halving < 40; halving++) {
        for (int i = 0; i < k; i++) {
          next[i] = x[i] - length * direction[i];
        }
        nextValue = function.at(next, nextGradient);
        if (nextValue <= value + 1e-4 * length * slope) {
          break;
        }
        length /= 2;
        nextValue = Double.NaN;
      }
      if (Double.isNaN(nextValue)) {
        if (isIdentity(inverse)) {
          break;
        }
        inverse = identity(k);
        continue;
      }
      stalled = value - nextValue < tolerance ? stalled + 1 : 0;
      update(inverse, x, next, gradient, nextGradient);
      x = next.clone();
      gradient = nextGradient.clone();
      value = nextValue;
    }
    return new Minimum(x, value, largest(gradient));
  }

  private static void update(
      double[][] inverse, double[] x, double[] next, double[] gradient, double[] nextGradient) {
    int k = x.length;
    double[] s = new double[k];
    double[] y = new double[k];
    for (int i = 0; i < k; i++) {
      s[i] = next[i] - x[i];
      y[i] = nextGradient[i] - gradient[i];
    }
    double curvature = Vectors.dot(s, y);
    if (!(curvature > 1e-14 * Math.sqrt(Vectors.dot(s, s) * Vectors.dot(y, y)))) {
      return;
    }
    double[] hy = Cholesky.multiply(inverse, y);
    double factor = (1 + Vectors.dot(y, hy) / curvature) / curvature;
    for (int i = 0; i < k; i++) {
      for (int j = 0; j < k; j++) {
        inverse[i][j] += factor * s[i] * s[j] - (hy[i] * s[j] + s[i] * hy[j]) / curvature;
      }
    }
  }

  private static double[][] identity(int k) {
    double[][] identity = new double[k][k];
    for (int i = 0; i < k; i++) {
      identity[i][i] = 1;
    }
    return identity;
  }

  private static boolean isIdentity(double[][] matrix) {
    return Arrays.deepEquals(matrix, identity(matrix.length));
  }

  private static double largest(double[] values) {
    double largest = 0;
    for (double value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }
}
