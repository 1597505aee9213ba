package io.dealimpact.study.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.hipparchus.stat.correlation.PearsonsCorrelation;
import org.junit.jupiter.api.Test;

class PairwiseCorrelationTest {
  /** Some tens of roundings of numbers below one. */
  private static final double ROUNDING = 1e-13;

  @Test
  void isTheMeanOfEveryPairByItself() {
    Random random = new Random(7);
    List<double[]> rows = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      double[] row = random.doubles(40).toArray();
      // Three patterns of missing columns, and rows without any.
      for (int t = 0; t < row.length; t++) {
        if (i % 4 > 0 && t % 7 == i % 4) {
          row[t] = Double.NaN;
        }
      }
      rows.add(row);
    }
    double sum = 0;
    int pairs = 0;
    for (int i = 0; i < rows.size(); i++) {
      for (int j = i + 1; j < rows.size(); j++) {
        sum += correlation(rows.get(i), rows.get(j));
        pairs++;
      }
    }

    assertThat(PairwiseCorrelation.mean(rows)).isCloseTo(sum / pairs, within(ROUNDING));
  }

  /** Of two rows on the columns that both have. */
  private static double correlation(double[] a, double[] b) {
    List<Double> x = new ArrayList<>();
    List<Double> y = new ArrayList<>();
    for (int t = 0; t < a.length; t++) {
      if (!Double.isNaN(a[t]) && !Double.isNaN(b[t])) {
        x.add(a[t]);
        y.add(b[t]);
      }
    }
    return new PearsonsCorrelation()
        .correlation(
            x.stream().mapToDouble(Double::doubleValue).toArray(),
            y.stream().mapToDouble(Double::doubleValue).toArray());
  }

  @Test
  void aRowWithoutVarianceIsInNoPair() {
    double[] flat = {1, 1, 1};
    double[] up = {1, 2, 3};

    assertThat(PairwiseCorrelation.mean(List.of(up, new double[] {3, 2, 1}, flat)))
        .isCloseTo(-1, within(ROUNDING));
    assertThat(PairwiseCorrelation.mean(List.of(up, flat))).isNaN();
  }
}
