package io.dealimpact.study.group;

import io.dealimpact.study.event.Residuals;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The mean of the N(N−1)/2 Pearson correlations of two rows over the columns that both have, each
 * pair centred and scaled on those columns alone (R's {@code cor(use = "pairwise.complete.obs")}).
 *
 * <p>Rows with the same columns missing are one pattern. Two patterns A, B share the columns C;
 * with z_i a row of A centred and scaled to unit length on C, Σ_{i∈A, j∈B} r_ij = Σ_t∈C (Σ_A
 * z_it)(Σ_B z_jt): O(P·N·M) for P patterns, the O(N·M) of {@link MeanCorrelation} where no column
 * is missing, and equal to it there. A pair with fewer than two common columns or without variance
 * on them has no correlation and is not counted; NaN where no pair is. Pinned by {@code
 * RequestedOraclesTest} and by {@code PairwiseCorrelationTest} against every pair by itself.
 */
final class PairwiseCorrelation {
  private PairwiseCorrelation() {}

  static double mean(List<double[]> rows) {
    Map<BitSet, List<double[]>> patterns = new LinkedHashMap<>();
    for (double[] row : rows) {
      patterns.computeIfAbsent(present(row), p -> new ArrayList<>()).add(row);
    }
    List<Map.Entry<BitSet, List<double[]>>> all = List.copyOf(patterns.entrySet());
    double total = 0;
    double pairs = 0;
    for (int a = 0; a < all.size(); a++) {
      for (int b = a; b < all.size(); b++) {
        BitSet common = (BitSet) all.get(a).getKey().clone();
        common.and(all.get(b).getKey());
        int[] columns = common.stream().toArray();
        Sum left = Sum.of(all.get(a).getValue(), columns);
        if (a == b) {
          total += (product(left, left) - left.count) / 2;
          pairs += left.count * (left.count - 1.0) / 2;
        } else {
          Sum right = Sum.of(all.get(b).getValue(), columns);
          total += product(left, right);
          pairs += (double) left.count * right.count;
        }
      }
    }
    return pairs == 0 ? Double.NaN : total / pairs;
  }

  private static BitSet present(double[] row) {
    BitSet present = new BitSet(row.length);
    for (int t = 0; t < row.length; t++) {
      present.set(t, !Double.isNaN(row[t]));
    }
    return present;
  }

  private static double product(Sum a, Sum b) {
    double sum = 0;
    for (int t = 0; t < a.values.length; t++) {
      sum += a.values[t] * b.values[t];
    }
    return sum;
  }

  /** Σ z over the rows that vary on some columns. */
  private record Sum(double[] values, int count) {
    static Sum of(List<double[]> rows, int[] columns) {
      double[] values = new double[columns.length];
      int count = 0;
      for (double[] row : rows) {
        double mean = 0;
        for (int t : columns) {
          mean += row[t] / columns.length;
        }
        double squares = 0;
        for (int t : columns) {
          squares += (row[t] - mean) * (row[t] - mean);
        }
        double length = Math.sqrt(squares);
        if (length > Residuals.LEAST_SIGMA) {
          count++;
          for (int i = 0; i < columns.length; i++) {
            values[i] += (row[columns[i]] - mean) / length;
          }
        }
      }
      return new Sum(values, count);
    }
  }
}
