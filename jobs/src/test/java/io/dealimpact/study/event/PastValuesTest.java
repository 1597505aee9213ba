package io.dealimpact.study.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is asked of past values is answered alike, whether a few questions are asked or many. */
final class PastValuesTest {
  private static final int ONE = 1;
  private static final int MANY = 1000;

  @Test
  void fewQuestionsAndManyHaveTheAnswersOfASort() {
    Random random = new Random(4);
    double[] values = random.doubles(700).map(value -> Math.rint(value * 200) / 200).toArray();
    PastValues few = new PastValues(values.length, place -> values[place], ONE);
    PastValues many = new PastValues(values.length, place -> values[place], MANY);
    for (int i = 0; i < 300; i++) {
      int to = 1 + random.nextInt(values.length);
      int from = i % 3 == 0 ? 0 : random.nextInt(to);
      double least = i % 5 == 0 ? values[random.nextInt(values.length)] : random.nextDouble();
      double[] sorted = Arrays.copyOfRange(values, from, to);
      Arrays.sort(sorted);
      int reached = (int) Arrays.stream(sorted).filter(value -> value >= least).count();
      int k = 1 + random.nextInt(sorted.length);

      assertThat(few.atLeast(least, from, to)).isEqualTo(reached);
      assertThat(many.atLeast(least, from, to)).isEqualTo(reached);
      assertThat(few.smallest(k, from, to)).isEqualTo(sorted[k - 1]);
      assertThat(many.smallest(k, from, to)).isEqualTo(sorted[k - 1]);
    }
  }

  /** Only the last days of a long history are held against an event in that figure. */
  @Test
  void aFewQuestionsWorkOutNoValueThatTheyAreNotAbout() {
    boolean[] asked = new boolean[100];
    PastValues values =
        new PastValues(
            100,
            place -> {
              assertThat(asked[place]).as("worked out once").isFalse();
              asked[place] = true;
              return place;
            },
            ONE);

    assertThat(values.atLeast(95, 90, 100)).isEqualTo(5);
    assertThat(values.smallest(1, 90, 100)).isEqualTo(90);
    for (int place = 0; place < 100; place++) {
      assertThat(asked[place]).isEqualTo(place >= 90);
    }
  }
}
