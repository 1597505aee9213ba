package io.dealimpact.study.group;

import static io.dealimpact.study.group.TestEvents.find;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dealimpact.study.event.EventSample;
import io.dealimpact.study.market.EventWindow;
import io.dealimpact.study.numeric.FixedPointSums;
import io.dealimpact.study.numeric.Hash;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Bootstraps: their weights, their agreement with Student where that is right, their size. */
class ResamplingTest {
  private static final EventWindow DAY = new EventWindow(0, 0);
  private static final EventWindow THREE = new EventWindow(-1, 1);

  @Test
  void weightsArePoissonAndReplicable() {
    int events = 200;
    int replicates = 100;
    EventValues values = new EventValues(1, events);
    for (int i = 0; i < events; i++) {
      values.add(0, 0, Hash.of("event-" + i), new double[] {1}, new double[] {1});
    }
    Replicates sums = new Replicates(replicates, 1, 42, values);
    double mean = 0;
    double quarter = 0;
    double signs = 0;
    double squares = 0;
    for (int b = 0; b < replicates; b++) {
      assertThat(sums.sum(b, 0)).isEqualTo(sums.size(b, 0));
      assertThat(sums.quarterPower(b, 0, 3)).isEqualTo(sums.quarterSize(b, 0));
      mean += sums.size(b, 0);
      double excess = sums.size(b, 0) - events;
      squares += excess * excess;
      quarter += sums.quarterSize(b, 0);
      signs += sums.signed(b, 0);
    }
    double draws = (double) events * replicates;
    // Four standard errors of each mean.
    assertThat(mean / draws).isCloseTo(1, within(4 / Math.sqrt(draws)));
    assertThat(quarter / draws).isCloseTo(0.25, within(2 / Math.sqrt(draws)));
    assertThat(signs / draws).isCloseTo(0, within(4 / Math.sqrt(draws)));
    assertThat(squares / replicates).isCloseTo(events, within(4 * events * Math.sqrt(2.0 / 100)));
  }

  /** More events than are drawn one by one: their sums are those of all, and their spread too. */
  @Test
  void manyEventsAreDrawnTogether() {
    int events = 3 * Replicates.ITEMS;
    EventValues values = new EventValues(1, events);
    for (int i = 0; i < events; i++) {
      values.add(0, 0, Hash.of("event-" + i), new double[] {1}, new double[] {Double.NaN});
    }
    Replicates sums = new Replicates(100, 1, 42, values);
    double mean = 0;
    double squares = 0;
    for (int b = 0; b < 100; b++) {
      assertThat(sums.sum(b, 0)).isEqualTo(sums.size(b, 0));
      assertThat(sums.quarterSize(b, 0)).isZero();
      mean += sums.size(b, 0) / 100;
      squares += (sums.size(b, 0) - events) * (sums.size(b, 0) - events) / 100;
    }
    // An item has 3 events on average, its square 3 + 9: the variance of the size is 12 an item.
    double variance = 12.0 * Replicates.ITEMS;
    assertThat(mean).isCloseTo(events, within(4 * Math.sqrt(variance / 100)));
    assertThat(squares).isCloseTo(variance, within(4 * variance * Math.sqrt(2.0 / 100)));
  }

  /** All signs and all turned are among the signs: no p-value is below 2/2ᴺ, ties or not. */
  @Property(tries = 60)
  void theWildBootstrapOfFewEventsTakesAllSigns(
      @ForAll @Size(min = 2, max = 12) List<@DoubleRange(min = -0.2, max = 0.2) Double> cars) {
    EventValues values = new EventValues(1, 100);
    WindowMoments sums = new WindowMoments();
    long event = 0;
    for (double car : cars) {
      values.add(0, 0, event++, new double[] {car}, new double[] {car});
      sums.car().add(car);
    }
    GroupSpec spec = TestEvents.spec().build();
    List<TestResult> results = new ArrayList<>();
    new SimulatedStatistics(
            spec,
            0,
            sums,
            values,
            () -> new Replicates(99, 1, 1, values),
            new Permutations(99, 1, 1))
        .addTo(results, new Inference(DAY));
    TestResult wild = find(results, "wild-bootstrap", "textbook", DAY);
    if (wild.status() == TestStatus.OK) {
      double least = 2 / Math.pow(2, cars.size());
      assertThat(wild.value().pValue()).isBetween(least, 1.0);
      assertThat(wild.value().pValue() / (least / 2))
          .isEqualTo(Math.rint(wild.value().pValue() / (least / 2)));
    }
    boolean oneSign =
        cars.stream().allMatch(car -> car > 0) || cars.stream().allMatch(car -> car < 0);
    if (oneSign && wild.status() == TestStatus.OK) {
      assertThat(wild.value().pValue()).isEqualTo(2 / Math.pow(2, cars.size()));
    }
  }

  @Test
  void agreesWithStudentOnGoodSamples() {
    GroupSpec spec = TestEvents.spec().bootstrap(1999, 3).build();
    List<EventSample> events = TestEvents.simulated(60, 21);
    GroupState state = GroupState.empty(spec);
    events.forEach(state::add);
    List<TestResult> results = state.results();
    for (EventWindow window : List.of(DAY, THREE)) {
      TestResult student = find(results, "cross-sectional-t", "textbook", window);
      for (String test : List.of("bootstrap", "wild-bootstrap")) {
        TestResult simulated = find(results, test, "textbook", window);
        assertThat(simulated.value().statistic())
            .isCloseTo(student.value().statistic(), within(1e-12));
        assertThat(simulated.value().pValue())
            .as(test)
            .isCloseTo(student.value().pValue(), within(0.05));
      }
    }
    List<MeanInterval> intervals = state.intervals();
    double width = intervals.get(0).high() - intervals.get(0).low();
    assertThat(intervals.get(1).method()).isEqualTo(MeanInterval.Method.PERCENTILE_T);
    assertThat(intervals.get(1).low()).isCloseTo(intervals.get(0).low(), within(width / 5));
    assertThat(intervals.get(1).high()).isCloseTo(intervals.get(0).high(), within(width / 5));
  }

  @Test
  void rejectsAsOftenAsItSays() {
    GroupSpec spec = TestEvents.spec().bootstrap(199, 5).build();
    int studies = 200;
    int[] rejections = new int[3];
    for (int s = 0; s < studies; s++) {
      List<TestResult> results = GroupStudy.results(spec, TestEvents.simulated(30, 1000 + s));
      int i = 0;
      for (String test : List.of("bootstrap", "wild-bootstrap", "abhar-skewness-bootstrap")) {
        rejections[i++] += find(results, test, "textbook", DAY).value().pValue() <= 0.05 ? 1 : 0;
      }
    }
    // 99.9 % of binomial(200, 5 %) is between 2 and 21.
    for (int count : rejections) {
      assertThat(count).isBetween(2, 21);
    }
  }

  /** Events on one date, correlated 0.3: days are drawn for the date, so that the size holds. */
  @Test
  void aPermutationKeepsTheDependenceOfADate() {
    GroupSpec spec = TestEvents.spec().bootstrap(199, 5).build();
    SplittableRandom random = new SplittableRandom(3);
    int studies = 400;
    int permutation = 0;
    int patell = 0;
    for (int s = 0; s < studies; s++) {
      double[] common = random.doubles(45, -0.02, 0.02).toArray();
      List<EventSample> events = new ArrayList<>();
      for (int i = 0; i < 15; i++) {
        TestEvents.Returns estimation = TestEvents.returns(-42, 40, random);
        TestEvents.Returns event = TestEvents.returns(-2, 5, random);
        for (int t = 0; t < 45; t++) {
          double[] firm = t < 40 ? estimation.firm() : event.firm();
          firm[t < 40 ? t : t - 40] += common[t];
        }
        events.add(TestEvents.sample("f" + i, 19_000, TestEvents.Model.MARKET, estimation, event));
      }
      List<TestResult> results = GroupStudy.results(spec, events);
      permutation += find(results, "permutation", "textbook", DAY).value().pValue() <= 0.05 ? 1 : 0;
      patell += find(results, "patell", "textbook", DAY).value().pValue() <= 0.05 ? 1 : 0;
    }
    // 99 % of binomial(400, 5 %) is between 9 and 32; 40 residual days for 199 draws make it
    // coarse.
    assertThat(permutation).isBetween(9, 32);
    assertThat(patell).as("takes them for independent").isGreaterThan(80);
  }

  /** One event, no ties: the p-value is the rank among the drawn days. */
  @Test
  void aPermutationOfOneEventIsARank() {
    EventSample event = TestEvents.simulated(1, 5).get(0);
    double largest = 0;
    for (double e : event.estimation().residuals()) {
      largest = Math.max(largest, Math.abs(e));
    }
    double[] abnormal = event.returns().abnormal().clone();
    abnormal[2] = 10 * largest;
    TestResult beyond =
        find(
            GroupStudy.results(
                TestEvents.spec().build(), List.of(TestEvents.withAbnormal(event, abnormal))),
            "permutation",
            "textbook",
            DAY);
    assertThat(beyond.n()).isEqualTo(1);
    assertThat(beyond.value().pValue()).isEqualTo(1.0 / 100);
    abnormal[2] = 0;
    TestResult none =
        find(
            GroupStudy.results(
                TestEvents.spec().build(), List.of(TestEvents.withAbnormal(event, abnormal))),
            "permutation",
            "textbook",
            DAY);
    assertThat(none.value().pValue()).isEqualTo(1);
  }

  @Test
  void findsAnEffect() {
    List<EventSample> events = new ArrayList<>();
    for (EventSample event : TestEvents.simulated(40, 31)) {
      double[] abnormal = event.returns().abnormal().clone();
      abnormal[2] += 0.03;
      events.add(TestEvents.withAbnormal(event, abnormal));
    }
    List<TestResult> results = GroupStudy.results(TestEvents.spec().build(), events);
    for (String test :
        List.of("bootstrap", "wild-bootstrap", "permutation", "abhar-skewness-bootstrap")) {
      assertThat(find(results, test, "textbook", DAY).value().pValue()).as(test).isLessThan(0.03);
    }
  }

  @Test
  void fixedSumsCommute() {
    SplittableRandom random = new SplittableRandom(1);
    FixedPointSums forward = new FixedPointSums(1);
    FixedPointSums backward = new FixedPointSums(1);
    double[] values = random.doubles(500, -3, 3).toArray();
    FixedPointSums.Terms terms = new FixedPointSums.Terms(values);
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      forward.add(0, values[i]);
      backward.add(0, terms, values.length - 1 - i);
      sum += values[i];
    }
    assertThat(forward.value(0)).isEqualTo(backward.value(0)).isCloseTo(sum, within(1e-10));
    assertThat(forward.isOutOfRange()).isFalse();
  }

  @Test
  void aTermOutOfRangeCountsOnceItIsAdded() {
    FixedPointSums sums = new FixedPointSums(1);
    FixedPointSums.Terms terms = new FixedPointSums.Terms(new double[] {1, 0x1p24, -0x1p-80, -1});
    sums.add(0, terms, 0);
    sums.add(0, terms, 2);
    assertThat(sums.isOutOfRange()).isFalse();
    assertThat(sums.value(0)).isEqualTo(1);
    sums.add(0, terms, 3);
    assertThat(sums.value(0)).isZero();
    sums.add(0, terms, 1);
    assertThat(sums.isOutOfRange()).isTrue();
  }
}
