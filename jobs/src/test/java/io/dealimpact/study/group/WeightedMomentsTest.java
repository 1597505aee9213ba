package io.dealimpact.study.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dealimpact.study.event.EventSample;
import io.dealimpact.study.event.EventWeights;
import io.dealimpact.study.market.EventWindow;
import io.dealimpact.study.numeric.Moments;
import io.dealimpact.study.numeric.PValues;
import io.dealimpact.study.numeric.StateReader;
import io.dealimpact.study.numeric.StateWriter;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Value-weighted means over events. */
class WeightedMomentsTest {
  /** The sums are exact; a handful of roundings remains. */
  private static final Offset<Double> ROUND = within(1e-15);

  /** Quantiles of t are inverted to about 1e-9 of themselves; half an interval is 0.02. */
  private static final Offset<Double> QUANTILE = within(1e-10);

  /** By numpy 1.26 and scipy's t(3) from Cochran's ratio estimator, in deviations w(x − m). */
  @Test
  void theMeanIsARatioOfTwoSums() {
    WeightedMoments moments = new WeightedMoments();
    double[] w = {3, 1, 6, 2};
    double[] x = {0.02, -0.05, 0.01, 0.03};
    for (int i = 0; i < 4; i++) {
      moments.add(x[i], w[i]);
    }
    PathPoint.Average average = moments.average(0.95);
    assertThat(average.n()).isEqualTo(4);
    assertThat(average.mean()).isCloseTo(0.13 / 12, ROUND);
    assertThat(average.low()).isCloseTo(-0.012790935283431903, QUANTILE);
    assertThat(average.high()).isCloseTo(0.034457601950098574, QUANTILE);
  }

  @Test
  void equalWeightsGiveThePlainMeanAndItsInterval() {
    WeightedMoments weighted = new WeightedMoments();
    Moments plain = new Moments();
    for (double x : new double[] {0.01, 0.04, -0.02, 0.005, 0.03}) {
      weighted.add(x, 2.5e12);
      plain.add(x);
    }
    double half = PValues.studentQuantile(0.9, 4) * Math.sqrt(plain.variance() / plain.count());
    assertThat(weighted.average(0.9).mean()).isCloseTo(plain.mean(), ROUND);
    assertThat(weighted.average(0.9).low()).isCloseTo(plain.mean() - half, within(1e-12));
  }

  @Test
  void whatHasNoWeightOrNoReturnIsLeftOut() {
    WeightedMoments moments = new WeightedMoments();
    moments.add(0.5, Double.NaN);
    moments.add(0.5, 0);
    moments.add(0.5, -1);
    moments.add(0.5, Double.POSITIVE_INFINITY);
    moments.add(Double.NaN, 3);
    assertThat(moments.average(0.95).n()).isZero();
    assertThat(moments.average(0.95).mean()).isNaN();
    moments.add(0.02, 4);
    assertThat(moments.average(0.95))
        .isEqualTo(new PathPoint.Average(1, 0.02, Double.NaN, Double.NaN));
  }

  @Test
  void orderAndPartitionDoNotMatter() {
    WeightedMoments whole = new WeightedMoments();
    WeightedMoments first = new WeightedMoments();
    WeightedMoments second = new WeightedMoments();
    for (int i = 0; i < 40; i++) {
      double x = Math.sin(i) / 7;
      double w = 1e9 * (1 + i % 11) / 3;
      whole.add(x, w);
      (i % 3 == 0 ? first : second).add(x, w);
    }
    second.merge(first);
    StateWriter a = new StateWriter();
    StateWriter b = new StateWriter();
    whole.write(a);
    second.write(b);
    assertThat(b.toBytes()).isEqualTo(a.toBytes());
    assertThat(WeightedMoments.read(new StateReader(a.toBytes())).average(0.95))
        .isEqualTo(whole.average(0.95));
  }

  /** The weight of a window is the value before it, that of the path the value before the path. */
  @Test
  void aGroupsCaarIsWeighedByTheValueBeforeEachWindow() {
    List<EventSample> events = TestEvents.simulated(3, 5);
    GroupSpec spec = TestEvents.spec().build();
    EventWindow three = spec.windows().get(1);
    GroupState state = GroupState.empty(spec);
    state.add(events.get(0), new EventWeights(10, new double[] {1, 2}));
    state.add(events.get(1), new EventWeights(30, new double[] {1, 5}));
    state.add(events.get(2));
    double expected = (2 * events.get(0).car(three) + 5 * events.get(1).car(three)) / 7;

    PathPoint.Average caar = GroupState.fromBytes(state.toBytes()).valueWeightedCaar(three);
    assertThat(caar.n()).isEqualTo(2);
    assertThat(caar.mean()).isCloseTo(expected, ROUND);
    EventWindow path = spec.eventAxis();
    PathPoint last = state.path().get(path.length() - 1);
    assertThat(last.caar().n()).isEqualTo(3);
    assertThat(last.valueWeighted().n()).isEqualTo(2);
    assertThat(last.valueWeighted().mean())
        .isCloseTo((events.get(0).car(path) + 3 * events.get(1).car(path)) / 4, ROUND);
  }
}
