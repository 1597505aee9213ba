package io.dealimpact.study.numeric;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class RankSoFarTest {
  @Test
  void largestIsFirstAndTiesShareTheBestRank() {
    assertThat(RankSoFar.largestFirst(new double[] {Double.NaN, 3, 1, 3, 5, 2}))
        .containsExactly(0, 1, 2, 1, 1, 4);
    assertThat(RankSoFar.largestFirst(new double[0])).isEmpty();
  }

  @Property
  void agreesWithCounting(
      @ForAll @Size(max = 60) double @DoubleRange(min = -3, max = 3) [] values) {
    long[] ranks = RankSoFar.largestFirst(values);
    for (int i = 0; i < values.length; i++) {
      long larger = 0;
      for (int j = 0; j < i; j++) {
        larger += values[j] > values[i] ? 1 : 0;
      }
      assertThat(ranks[i]).isEqualTo(1 + larger);
    }
  }
}
