package io.dealimpact.study.numeric;

import java.util.List;

/**
 * Running sums of variables and of their cross-products over days, so that the moments of any range
 * of days cost O(k²) and not O(days).
 *
 * <p>Every sum is held in twice the working precision (the unevaluated sum of two doubles, Dekker
 * 1971; Knuth, TAOCP 2, 4.2.2), and moments about means are formed in that precision, so that
 * neither the difference of two running sums nor that of two moments loses what the data had. A
 * range's moments do not depend on later days, and on earlier ones only beyond the last digit of a
 * double. Days on which any variable is NaN are skipped as a whole.
 *
 * <p>The sums of one day lie side by side: a range reads two places of memory. Days are summed up
 * as far as they are asked for. Not safe for use by several threads.
 */
public final class PrefixSums {
  private final double[][] variables;
  private final int width;
  private final int[] counts;

  /** Doubles a day: two for each sum, the high part before the low. */
  private final int stride;

  private final double[] running;

  /** The values of one day. */
  private final double[] z;

  /** Days that are summed up. */
  private int summed;

  /**
   * @param variables [variable][day]; not copied
   */
  public PrefixSums(double[][] variables) {
    this.variables = variables;
    this.width = variables.length;
    int days = variables[0].length;
    stride = 2 * sums(width);
    counts = new int[days + 1];
    running = new double[stride * (days + 1)];
    z = new double[width];
  }

  private void sumUpTo(int days) {
    for (int t = summed; t < days; t++) {
      int complete = 1;
      for (int v = 0; v < width; v++) {
        z[v] = variables[v][t];
        if (Double.isNaN(z[v])) {
          complete = 0;
        }
      }
      counts[t + 1] = counts[t] + complete;
      int at = stride * t;
      if (complete == 0) {
        System.arraycopy(running, at, running, at + stride, stride);
        continue;
      }
      for (int v = 0; v < width; v++) {
        add(at, z[v], 0);
        at += 2;
      }
      for (int v = 0; v < width; v++) {
        for (int w = 0; w <= v; w++) {
          double product = z[v] * z[w];
          add(at, product, Math.fma(z[v], z[w], -product));
          at += 2;
        }
      }
    }
    summed = Math.max(summed, days);
  }

  private static int sums(int width) {
    return width + width * (width + 1) / 2;
  }

  /** Room for the sums over some days, to be used again and again. */
  public Moments moments() {
    return new Moments(width);
  }

  /**
   * Writes the sums over the ranges.
   *
   * @param ranges ascending
   */
  public void sum(List<DayRange> ranges, Moments into) {
    if (!ranges.isEmpty()) {
      sumUpTo(ranges.get(ranges.size() - 1).to() + 1);
    }
    if (ranges.size() == 1) {
      sum(ranges.get(0), into);
      return;
    }
    int n = 0;
    for (DayRange range : ranges) {
      n += counts[range.to() + 1] - counts[range.from()];
    }
    into.count(n);
    for (int s = 0; s < into.sums.length; s++) {
      double total = 0;
      double error = 0;
      for (DayRange range : ranges) {
        int last = stride * (range.to() + 1) + 2 * s;
        int before = stride * range.from() + 2 * s;
        double difference = running[last] - running[before];
        error +=
            twoSumError(running[last], -running[before], difference)
                + (running[last + 1] - running[before + 1]);
        double sum = total + difference;
        error += twoSumError(total, difference, sum);
        total = sum;
      }
      into.set(s, total, error);
    }
  }

  private void sum(DayRange range, Moments into) {
    into.count(counts[range.to() + 1] - counts[range.from()]);
    int last = stride * (range.to() + 1);
    int before = stride * range.from();
    for (int s = 0; s < into.sums.length; s++) {
      double high = running[last + 2 * s];
      double low = -running[before + 2 * s];
      double difference = high + low;
      double error =
          twoSumError(high, low, difference)
              + (running[last + 2 * s + 1] - running[before + 2 * s + 1]);
      into.set(s, difference, error);
    }
  }

  /** The sum of the next day from that of the day at {@code at}. */
  private void add(int at, double value, double valueError) {
    double high = running[at];
    double sum = high + value;
    double error = running[at + 1] + (twoSumError(high, value, sum) + valueError);
    double next = sum + error;
    running[at + stride] = next;
    running[at + stride + 1] = error - (next - sum);
  }

  private static double twoSumError(double a, double b, double sum) {
    double back = sum - a;
    return (a - (sum - back)) + (b - back);
  }

  /** Sums over some days. */
  public static final class Moments {
    private final int width;

    /** First Σz_v, then Σz_v z_w for w ≤ v; rounded, and what the rounding left. */
    private final double[] sums;

    private final double[] rests;
    private int n;

    /** 1/n, rounded: what the rounding leaves of a quotient is in its rest. */
    private double share;

    private Moments(int width) {
      this.width = width;
      sums = new double[sums(width)];
      rests = new double[sums.length];
    }

    private void count(int days) {
      n = days;
      share = 1.0 / days;
    }

    private void set(int s, double sum, double error) {
      sums[s] = sum + error;
      rests[s] = error - (sums[s] - sum);
    }

    /** Complete days. */
    public int n() {
      return n;
    }

    /** Number of variables. */
    public int width() {
      return width;
    }

    /** Mean of a variable. */
    public double mean(int v) {
      return sums[v] / n;
    }

    /** Σ z_v z_w. */
    public double product(int v, int w) {
      return sums[place(v, w)];
    }

    private int place(int v, int w) {
      int a = Math.max(v, w);
      int b = Math.min(v, w);
      return width + a * (a + 1) / 2 + b;
    }

    /** Σ (z_v − z̄_v)(z_w − z̄_w) = Σz_v z_w − Σz_v Σz_w/n, rounded once at the end. */
    public double centred(int v, int w) {
      int s = place(v, w);
      double product = sums[v] * sums[w];
      double productRest =
          Math.fma(sums[v], sums[w], -product) + (sums[v] * rests[w] + rests[v] * sums[w]);
      double quotient = product * share;
      double quotientRest = (Math.fma(-quotient, n, product) + productRest) * share;
      double difference = sums[s] - quotient;
      return difference + (twoSumError(sums[s], -quotient, difference) + (rests[s] - quotientRest));
    }
  }
}
