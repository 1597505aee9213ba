package io.dealimpact.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.dealimpact.study.event.EventSample;
import io.dealimpact.study.event.MarketDays;
import org.junit.jupiter.api.Test;

class EventSampleCodecTest {
  /** Every value a different one, so that none can come back in the place of another. */
  @Test
  void everyValueComesBackInItsPlace() {
    EventSample sample =
        new EventSample(
            new EventSample.Key("deal-Ä:X", "X", 19_000),
            new EventSample.Estimation(
                -61,
                new double[] {0.1, Double.NaN, 0.3},
                new double[] {1.7, Double.NaN, 1.8},
                57,
                0.021,
                new double[][] {{1.3, 1.4}, {1.5, 1.6}}),
            new EventSample.Returns(
                -1,
                new double[] {0.4, 0.5},
                new double[] {0.6, 0.7},
                new double[] {0.8, 0.9},
                new double[][] {{1, 1.1}, {1, 1.2}}),
            new MarketDays(new double[] {1.9, 2.0}, 2.1, 2.2, 60, 2.3, 2.4));
    assertThat(EventSampleCodec.fromBytes(EventSampleCodec.toBytes(sample)))
        .usingRecursiveComparison()
        .withEqualsForType(Double::equals, Double.class)
        .isEqualTo(sample);
  }

  @Test
  void aModelThatEstimatesNothingHasNoDesign() {
    EventSample sample =
        new EventSample(
            new EventSample.Key("e", "i", 0),
            new EventSample.Estimation(3, new double[0], new double[0], 1, 2, new double[0][]),
            new EventSample.Returns(
                4, new double[] {5}, new double[] {6}, new double[] {7}, new double[][] {{}}),
            MarketDays.none(1));
    assertThat(EventSampleCodec.fromBytes(EventSampleCodec.toBytes(sample)))
        .usingRecursiveComparison()
        .withEqualsForType(Double::equals, Double.class)
        .isEqualTo(sample);
  }
}
