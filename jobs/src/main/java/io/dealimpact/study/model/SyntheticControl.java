package io.dealimpact.study.model;

import io.dealimpact.study.market.StudyStatus;
import io.dealimpact.study.numeric.Cholesky;
import io.dealimpact.study.numeric.DayRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Synthetic control: E[R_t] = Σ w_j R_jt with w ≥ 0, Σw = 1 that minimise Σ_t (R_t − Σ_j w_j R_jt)²
 * over the estimation window (Abadie, Diamond &amp; Hainmueller 2010, with returns as the
 * predictors).
 *
 * <p>The donors are the peers with a return on every day of the window on which the instrument has
 * one. The quadratic programme is solved exactly by the primal active-set method (Nocedal &amp;
 * Wright 2006, algorithm 16.3): start from the best single donor; solve for the donors in use; add
 * the donor with the most negative reduced gradient; when a weight would turn negative, stop there
 * and drop it.
 *
 * <p>s² = Σ(d − d̄)²/(n − p) of the differences d, p the number of donors in use. The error of the
 * estimate is that of least squares under Σw = 1 on those donors, as if they had been known before:
 * s²V, V = G⁻¹ − G⁻¹11'G⁻¹/(1'G⁻¹1), G = X'X of them (Greene 2012, section 5.5.2). No donor: {@code
 * FACTORS_MISSING}. Weights that do not settle: {@code NOT_CONVERGED}. {@link DonorPlacebo} has the
 * p that needs no distribution.
 */
final class SyntheticControl implements Fit.Estimator {
  private static final double TOLERANCE = 1e-12;

  private final ModelSeries series;

  public SyntheticControl(ModelSeries series) {
    this.series = series;
  }

  @Override
  public Fit fit(List<DayRange> days, int minimum) {
    List<ModelSeries.Row> rows = new ArrayList<>();
    for (DayRange range : days) {
      for (int t = range.from(); t <= range.to(); t++) {
        if (!Double.isNaN(series.actual(t))) {
          rows.add(series.row(t));
        }
      }
    }
    int n = rows.size();
    if (n < minimum) {
      return LeastSquares.insufficient(n, minimum);
    }
    int[] donors = donors(rows);
    if (donors.length == 0) {
      return Fit.failed(
          StudyStatus.FACTORS_MISSING,
          String.format(
              Locale.ROOT,
              "FACTORS_MISSING none of %d peers has a return on all %d days of the estimation"
                  + " window",
              series.width(),
              n),
          n);
    }
    double[][] cross = new double[donors.length][donors.length];
    double[] right = new double[donors.length];
    for (ModelSeries.Row row : rows) {
      for (int i = 0; i < donors.length; i++) {
        double x = row.x()[donors[i]];
        right[i] += x * row.actual();
        for (int j = 0; j <= i; j++) {
          cross[i][j] += x * row.x()[donors[j]];
        }
      }
    }
    for (int i = 0; i < donors.length; i++) {
      for (int j = 0; j < i; j++) {
        cross[j][i] = cross[i][j];
      }
    }
    double[] weights = onSimplex(cross, right);
    if (Double.isNaN(weights[0])) {
      return Fit.failed(
          StudyStatus.NOT_CONVERGED,
          String.format(
              Locale.ROOT, "NOT_CONVERGED the weights of %d donors over %d days", donors.length, n),
          n);
    }
    double[] all = new double[series.width()];
    int used = 0;
    for (int i = 0; i < donors.length; i++) {
      all[donors[i]] = weights[i];
      used += weights[i] > 0 ? 1 : 0;
    }
    return fit(rows, all, used, errors(cross, donors, all));
  }

  /** V over all regressors; rows of zeros for those that are not in use. */
  private static double[][] errors(double[][] cross, int[] donors, double[] weights) {
    int[] used = IntStream.range(0, donors.length).filter(i -> weights[donors[i]] > 0).toArray();
    double[][] g = new double[used.length][used.length];
    for (int i = 0; i < used.length; i++) {
      for (int j = 0; j < used.length; j++) {
        g[i][j] = cross[used[i]][used[j]];
      }
    }
    double[][] inverse = new double[used.length][used.length];
    if (Cholesky.invert(g, inverse, LeastSquares.COLLINEAR) >= 0) {
      return new double[0][];
    }
    double[] ones = new double[used.length];
    Arrays.fill(ones, 1);
    double[] sums = Cholesky.multiply(inverse, ones);
    double total = Arrays.stream(sums).sum();
    double[][] errors = new double[weights.length][weights.length];
    for (int i = 0; i < used.length; i++) {
      for (int j = 0; j < used.length; j++) {
        errors[donors[used[i]]][donors[used[j]]] = inverse[i][j] - sums[i] * sums[j] / total;
      }
    }
    return errors;
  }

  private static Fit fit(
      List<ModelSeries.Row> rows, double[] weights, int used, double[][] errors) {
    int n = rows.size();
    double[] differences = new double[n];
    double[] returns = new double[n];
    for (int i = 0; i < n; i++) {
      returns[i] = rows.get(i).actual();
      differences[i] = returns[i] - ModelSeries.dot(rows.get(i).x(), weights);
    }
    double squares = squares(differences);
    int df = n - used;
    if (df < 1) {
      return LeastSquares.insufficient(n, used + 1);
    }
    if (squares <= n * LeastSquares.CONSTANT * LeastSquares.CONSTANT) {
      return Fit.failed(
          StudyStatus.ZERO_VARIANCE,
          String.format(
              Locale.ROOT,
              "ZERO_VARIANCE the %d differences of the estimation window are constant",
              n),
          n);
    }
    return Fit.of(
        new ResidualMoments(n, df, Math.sqrt(squares / df), 1 - squares / squares(returns)),
        new Fit.Coefficients(weights, errors, Map.of()));
  }

  private static double squares(double[] values) {
    double mean = Arrays.stream(values).average().orElse(0);
    return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
  }

  private int[] donors(List<ModelSeries.Row> rows) {
    int[] donors = new int[series.width()];
    int count = 0;
    for (int j = 0; j < donors.length; j++) {
      double sum = 0;
      for (ModelSeries.Row row : rows) {
        sum += row.x()[j];
      }
      if (Double.isFinite(sum)) {
        donors[count++] = j;
      }
    }
    return Arrays.copyOf(donors, count);
  }

  /** min w'Gw − 2c'w over w ≥ 0, Σw = 1; NaN if it does not settle. */
  static double[] onSimplex(double[][] cross, double[] right) {
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
