package io.dealimpact.study.numeric;

import static org.assertj.core.api.Assertions.assertThat;

import io.dealimpact.study.Fixtures;
import io.dealimpact.study.model.LeastSquares;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The equations in arrays that are used again against Cholesky on matrices, to the last bit. */
class NormalEquationsTest {
  @Property(tries = 100)
  void inverseIsThatOfCholesky(@ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int k) {
    Random random = new Random(seed);
    double[][] x = new double[k + 3][];
    for (int t = 0; t < x.length; t++) {
      x[t] = Fixtures.normal(random, k, 0.01);
    }
    double[][] matrix = new double[k][k];
    double[] flat = new double[k * k];
    for (int i = 0; i < k; i++) {
      for (int j = 0; j <= i; j++) {
        for (double[] row : x) {
          matrix[i][j] += row[i] * row[j];
        }
        matrix[j][i] = matrix[i][j];
      }
    }
    for (int i = 0; i < k; i++) {
      System.arraycopy(matrix[i], 0, flat, i * k, k);
    }
    double[][] inverse = new double[k][k];
    NormalEquations equations = new NormalEquations(k, LeastSquares.COLLINEAR);
    assertThat(equations.invert(flat))
        .isEqualTo(Cholesky.invert(matrix, inverse, LeastSquares.COLLINEAR));
    for (int i = 0; i < k; i++) {
      for (int j = 0; j < k; j++) {
        assertThat(equations.inverse()[i * k + j]).isEqualTo(inverse[i][j]);
      }
    }
  }
}
