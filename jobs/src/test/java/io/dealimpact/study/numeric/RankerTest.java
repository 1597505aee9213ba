package io.dealimpact.study.numeric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Ranks by one sort against ranks by counting. */
class RankerTest {
  private final Ranker ranker = new Ranker();

  @Property(tries = 300)
  void ranksMedianAndOrderAreThoseOfCounting(
      @ForAll @Size(max = 300) List<@IntRange(min = -40, max = 40) Integer> integers,
      @ForAll boolean close) {
    // Close values differ in their last bits alone.
    double[] values =
        integers.stream().mapToDouble(i -> close ? 1 + i * Math.ulp(1.0) : i / 8.0).toArray();
    assertRanksMedianAndOrder(values);
  }

  /** Spread evenly, by a few outliers, by many, or with infinities. */
  @Property(tries = 300)
  void howeverFarTheValuesLieApart(
      @ForAll @Size(max = 300) List<@DoubleRange(min = -1, max = 1) Double> shares,
      @ForAll @IntRange(min = 0, max = 400) int power,
      @ForAll boolean infinite) {
    double[] values =
        shares.stream().mapToDouble(share -> Math.sinh(power * share) * 1e-3).toArray();
    if (values.length > 1 && infinite) {
      values[0] = Double.NEGATIVE_INFINITY;
    }
    assertRanksMedianAndOrder(values);
  }

  private void assertRanksMedianAndOrder(double[] values) {
    double[] before = values.clone();
    ranker.rank(values, values.length);
    assertThat(values).isEqualTo(before);
    for (int i = 0; i < values.length; i++) {
      int below = 0;
      int equal = 0;
      for (double other : values) {
        below += other < values[i] ? 1 : 0;
        equal += other == values[i] ? 1 : 0;
      }
      assertThat(ranker.doubled(i)).isEqualTo(2 * below + equal + 1);
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    assertThat(ranker.sorted()).isEqualTo(sorted);
    int n = sorted.length;
    if (n == 0) {
      assertThat(ranker.median()).isNaN();
    } else {
      assertThat(ranker.median()).isEqualTo((sorted[(n - 1) / 2] + sorted[n / 2]) / 2);
    }
  }
}
