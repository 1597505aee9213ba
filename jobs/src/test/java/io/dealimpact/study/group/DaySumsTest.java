package io.dealimpact.study.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.dealimpact.study.numeric.StateReader;
import io.dealimpact.study.numeric.StateWriter;
import java.math.BigDecimal;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Sums by day against exact ones, in whatever order and parts the numbers come. */
final class DaySumsTest {
  @Property(tries = 100)
  void sumsAreExactInWhateverOrderAndParts(
      @ForAll long seed, @ForAll @IntRange(min = 0, max = 300) int numbers) {
    Random random = new Random(seed);
    SortedMap<Integer, BigDecimal> expected = new TreeMap<>();
    SortedMap<Integer, Integer> counts = new TreeMap<>();
    DaySums inOrder = new DaySums();
    DaySums[] parts = {new DaySums(), new DaySums(), new DaySums()};
    for (int i = 0; i < numbers; i++) {
      int day = random.nextInt(2000) - 300;
      // Forty bits lie on the grid of the sums.
      double x = Math.rint(random.nextGaussian() * 0x1p40) * 0x1p-40;
      inOrder.add(day, x);
      parts[random.nextInt(3)].add(day, x);
      expected.merge(day, new BigDecimal(x), BigDecimal::add);
      counts.merge(day, 1, Integer::sum);
    }
    DaySums merged = new DaySums();
    for (DaySums part : parts) {
      merged.merge(read(bytes(part)));
    }

    assertThat(bytes(merged)).isEqualTo(bytes(inOrder));
    assertThat(inOrder.count()).isEqualTo(numbers);
    SortedMap<Integer, BigDecimal> found = new TreeMap<>();
    SortedMap<Integer, Integer> foundCounts = new TreeMap<>();
    merged.forEach(
        (day, count, sum) -> {
          found.put(day, new BigDecimal(sum));
          foundCounts.put(day, count);
        });
    assertThat(foundCounts).isEqualTo(counts);
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    found.forEach((day, sum) -> assertThat(sum).isEqualByComparingTo(expected.get(day)));
  }

  /** What is merged into an empty one stays as it was. */
  @Property(tries = 20)
  void mergingLeavesTheOtherAsItWas(@ForAll long seed) {
    Random random = new Random(seed);
    DaySums one = new DaySums();
    for (int i = 0; i < 40; i++) {
      one.add(random.nextInt(500), random.nextGaussian());
    }
    byte[] before = bytes(one);
    DaySums merged = new DaySums();
    merged.merge(one);
    merged.add(7, 1);
    assertThat(bytes(one)).isEqualTo(before);
    assertThat(merged.count()).isEqualTo(41);
  }

  private static byte[] bytes(DaySums sums) {
    StateWriter out = new StateWriter();
    sums.write(out);
    return out.toBytes();
  }

  private static DaySums read(byte[] bytes) {
    return DaySums.read(new StateReader(bytes));
  }
}
