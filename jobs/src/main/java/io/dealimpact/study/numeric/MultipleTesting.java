package io.dealimpact.study.numeric;

import java.util.Arrays;
import java.util.Comparator;

/**
 * p-values adjusted for the number of tests. A NaN stays NaN and does not count as a test. Pinned
 * by {@code AgainstRTest} against R's {@code p.adjust}.
 */
public final class MultipleTesting {
  private MultipleTesting() {}

  /**
   * Holm's step-down p: max over the j ≤ i smallest of (m − j + 1)·p₍ⱼ₎, at most 1 (Holm 1979);
   * controls the chance of one false rejection under any dependence.
   */
  public static double[] holm(double[] p) {
    Integer[] order = ascending(p);
    double[] adjusted = nans(p.length);
    double running = 0;
    for (int i = 0; i < order.length; i++) {
      running = Math.max(running, Math.min(1, (order.length - i) * p[order[i]]));
      adjusted[order[i]] = running;
    }
    return adjusted;
  }

  /**
   * Benjamini and Hochberg's q: min over the j ≥ i of m/j·p₍ⱼ₎, at most 1 (Benjamini &amp; Hochberg
   * 1995); controls the share of false rejections under independence.
   */
  public static double[] benjaminiHochberg(double[] p) {
    Integer[] order = ascending(p);
    double[] adjusted = nans(p.length);
    double running = 1;
    for (int i = order.length - 1; i >= 0; i--) {
      running = Math.min(running, order.length / (i + 1.0) * p[order[i]]);
      adjusted[order[i]] = running;
    }
    return adjusted;
  }

  private static Integer[] ascending(double[] p) {
    Integer[] order = new Integer[p.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble(i -> p[i]));
    int known = 0;
    while (known < order.length && !Double.isNaN(p[order[known]])) {
      known++;
    }
    return Arrays.copyOf(order, known);
  }

  private static double[] nans(int length) {
    double[] values = new double[length];
    Arrays.fill(values, Double.NaN);
    return values;
  }
}
