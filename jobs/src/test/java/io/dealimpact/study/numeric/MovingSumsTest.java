package io.dealimpact.study.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Each sum against the days that it is of, added one by one. */
final class MovingSumsTest {
  /**
   * Up to 40 numbers about 1 are added in another order: 1e-13 is forty roundings of a sum that is
   * at most 160.
   */
  @Property(tries = 200)
  void sumsAreThoseOfTheirDays(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 40) int length,
      @ForAll @IntRange(min = 0, max = 120) int days) {
    double[] values = valuesWithGaps(seed, days);
    double[] sums = MovingSums.of(values, length, days);
    assertThat(sums).hasSize(days);
    for (int first = 0; first < days; first++) {
      double sum =
          first + length > days ? Double.NaN : Arrays.stream(values, first, first + length).sum();
      assertThat(sums[first]).isCloseTo(sum, within(1e-13));
    }
  }

  /** The same bits, whatever comes after. */
  @Property(tries = 100)
  void sumsDependOnNothingLater(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 40) int length,
      @ForAll @IntRange(min = 0, max = 120) int known) {
    double[] values = valuesWithGaps(seed, 160);
    double[] then = MovingSums.of(values, length, known);
    double[] now = MovingSums.of(values, length, values.length);
    int whole = Math.max(0, known - length + 1);
    assertThat(Arrays.copyOf(then, whole)).containsExactly(Arrays.copyOf(now, whole));
  }

  private static double[] valuesWithGaps(long seed, int days) {
    Random random = new Random(seed);
    double[] values = new double[days];
    Arrays.setAll(
        values, day -> random.nextInt(25) == 0 ? Double.NaN : 4 * random.nextDouble() - 2);
    return values;
  }
}
