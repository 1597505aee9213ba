package io.dealimpact.study.model;

import io.dealimpact.study.numeric.Cholesky;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Least squares with weights that are not negative and sum to 1. The quadratic programme is solved
 * exactly by the primal active-set method (Nocedal &amp; Wright 2006, algorithm 16.3): start from
 * the best single donor; solve for the donors in use; add the donor with the most negative reduced
 * gradient; when a weight would turn negative, stop there and drop it.
 */
final class SimplexWeights {
  private static final double TOLERANCE = 1e-12;

  private SimplexWeights() {}

  /** min w'Gw − 2c'w over w ≥ 0, Σw = 1; NaN if it does not settle. */
  static double[] of(double[][] cross, double[] right) {
    int count = right.length;
    double[] weights = new double[count];
    int best = 0;
    double size = 0;
    for (int j = 0; j < count; j++) {
      best = cross[j][j] - 2 * right[j] < cross[best][best] - 2 * right[best] ? j : best;
      size = Math.max(size, cross[j][j]);
    }
    weights[best] = 1;
    List<Integer> used = new ArrayList<>(List.of(best));
    boolean[] barred = new boolean[count];
    for (int step = 0; step < 50 * (count + 1); step++) {
      double[] target = onPlane(cross, right, used);
      if (target.length == 0) {
        // The donor added last is a combination of those in use: it cannot help.
        int last = used.remove(used.size() - 1);
        barred[last] = true;
        weights[last] = 0;
        continue;
      }
      double reach = 1;
      int blocking = -1;
      for (int i = 0; i < target.length; i++) {
        double now = weights[used.get(i)];
        if (target[i] <= 0 && now / (now - target[i]) < reach) {
          reach = now / (now - target[i]);
          blocking = i;
        }
      }
      for (int i = 0; i < target.length; i++) {
        int j = used.get(i);
        weights[j] += reach * (target[i] - weights[j]);
      }
      if (blocking >= 0) {
        int dropped = used.remove(blocking);
        weights[dropped] = 0;
        continue;
      }
      int entering = entering(cross, right, weights, used, barred, TOLERANCE * size);
      if (entering < 0) {
        return weights;
      }
      used.add(entering);
    }
    Arrays.fill(weights, Double.NaN);
    return weights;
  }

  /** The donor not in use with the gradient furthest below that of those in use; −1 if none. */
  private static int entering(
      double[][] cross,
      double[] right,
      double[] weights,
      List<Integer> used,
      boolean[] barred,
      double tolerance) {
    double level = Double.POSITIVE_INFINITY;
    for (int j : used) {
      level = Math.min(level, ModelSeries.dot(cross[j], weights) - right[j]);
    }
    int entering = -1;
    double least = level - tolerance;
    for (int j = 0; j < weights.length; j++) {
      double gradient = ModelSeries.dot(cross[j], weights) - right[j];
      if (!used.contains(j) && !barred[j] && gradient < least) {
        least = gradient;
        entering = j;
      }
    }
    return entering;
  }

  /** min w'Gw − 2c'w over Σw = 1 of the donors in use: w = G⁻¹(c + λ1); empty if G is singular. */
  private static double[] onPlane(double[][] cross, double[] right, List<Integer> used) {
    int k = used.size();
    double[][] g = new double[k][k];
    double[] c = new double[k];
    for (int i = 0; i < k; i++) {
      c[i] = right[used.get(i)];
      for (int j = 0; j < k; j++) {
        g[i][j] = cross[used.get(i)][used.get(j)];
      }
      if (!(g[i][i] > 0)) {
        return k == 1 ? new double[] {1} : new double[0];
      }
    }
    double[][] inverse = new double[k][k];
    if (Cholesky.invert(g, inverse, LeastSquares.COLLINEAR) >= 0) {
      return new double[0];
    }
    double[] ones = new double[k];
    Arrays.fill(ones, 1);
    double[] free = Cholesky.multiply(inverse, c);
    double[] direction = Cholesky.multiply(inverse, ones);
    double multiplier = (1 - Arrays.stream(free).sum()) / Arrays.stream(direction).sum();
    double[] weights = new double[k];
    Arrays.setAll(weights, i -> free[i] + multiplier * direction[i]);
    return weights;
  }
}
