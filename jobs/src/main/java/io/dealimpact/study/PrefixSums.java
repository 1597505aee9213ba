package io.dealimpact.study;

import java.util.List;

/**
 * Running sums of variables and of their cross-products over days, so that the moments of any range
 * of days cost O(k²) and not O(days).
 *
 * <p>Every sum is held in twice the working precision (the unevaluated sum of two doubles, Dekker
 * 1971; Knuth, TAOCP 2, 4.2.2) and every variable is taken from its mean over the whole series
 * first, so that the difference of two running sums loses nothing that the data had. Days on which
 * any variable is NaN are skipped as a whole.
 */
final class PrefixSums {
  private final int width;
  private final double[] shifts;
  private final int[] counts;
  private final double[][] high;
  private final double[][] low;

  /**
   * @param variables [variable][day]
   * @param shifts what is taken from each variable; any constant gives the same moments about means
   */
  PrefixSums(double[][] variables, double[] shifts) {
    this.width = variables.length;
    this.shifts = shifts;
    int days = variables[0].length;
    int sums = width + width * (width + 1) / 2;
    counts = new int[days + 1];
    high = new double[sums][days + 1];
    low = new double[sums][days + 1];
    double[] z = new double[width];
    for (int t = 0; t < days; t++) {
      int complete = 1;
      for (int v = 0; v < width; v++) {
        z[v] = variables[v][t] - shifts[v];
        if (Double.isNaN(z[v])) {
          complete = 0;
        }
      }
      counts[t + 1] = counts[t] + complete;
      int s = 0;
      for (int v = 0; v < width; v++) {
        add(s++, t, complete == 0 ? 0 : z[v], 0);
      }
      for (int v = 0; v < width; v++) {
        for (int w = 0; w <= v; w++) {
          double product = complete == 0 ? 0 : z[v] * z[w];
          double error = complete == 0 ? 0 : Math.fma(z[v], z[w], -product);
          add(s++, t, product, error);
        }
      }
    }
  }

  /** Means over the whole series, for use as shifts; 0 where a variable has no value. */
  static double[] means(double[][] variables) {
    double[] means = new double[variables.length];
    for (int v = 0; v < variables.length; v++) {
      double sum = 0;
      int n = 0;
      for (double value : variables[v]) {
        if (!Double.isNaN(value)) {
          sum += value;
          n++;
        }
      }
      means[v] = n == 0 ? 0 : sum / n;
    }
    return means;
  }

  /** Complete days in the ranges. */
  int count(List<Range> ranges) {
    int n = 0;
    for (Range range : ranges) {
      n += counts[range.to() + 1] - counts[range.from()];
    }
    return n;
  }

  /** Sums over the ranges. */
  Moments moments(List<Range> ranges) {
    double[] sums = new double[high.length];
    for (int s = 0; s < sums.length; s++) {
      double total = 0;
      double error = 0;
      for (Range range : ranges) {
        double a = high[s][range.to() + 1];
        double b = -high[s][range.from()];
        double difference = a + b;
        error += twoSumError(a, b, difference) + (low[s][range.to() + 1] - low[s][range.from()]);
        double sum = total + difference;
        error += twoSumError(total, difference, sum);
        total = sum;
      }
      sums[s] = total + error;
    }
    return new Moments(count(ranges), width, shifts, sums);
  }

  private void add(int s, int t, double value, double valueError) {
    double sum = high[s][t] + value;
    double error = low[s][t] + (twoSumError(high[s][t], value, sum) + valueError);
    high[s][t + 1] = sum + error;
    low[s][t + 1] = error - (high[s][t + 1] - sum);
  }

  private static double twoSumError(double a, double b, double sum) {
    double back = sum - a;
    return (a - (sum - back)) + (b - back);
  }

  /**
   * Sums over some days.
   *
   * @param n complete days
   * @param width number of variables
   * @param shifts what was taken from each
   * @param sums first Σz_v, then Σz_v z_w for w ≤ v
   */
  record Moments(int n, int width, double[] shifts, double[] sums) {

    /** Mean of a variable. */
    double mean(int v) {
      return shifts[v] + sums[v] / n;
    }

    /** Σ z_v z_w, about the shifts. */
    double product(int v, int w) {
      int a = Math.max(v, w);
      int b = Math.min(v, w);
      return sums[width + a * (a + 1) / 2 + b];
    }

    /** Σ (z_v − z̄_v)(z_w − z̄_w). */
    double centred(int v, int w) {
      return product(v, w) - sums[v] * sums[w] / n;
    }
  }
}
