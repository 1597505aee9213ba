package io.dealimpact.study.group;

import static io.dealimpact.study.group.TestEvents.find;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dealimpact.study.event.EventSample;
import io.dealimpact.study.market.EventWindow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Bad and small input: a status with figures, no exception, no NaN without a reason. */
class GroupStateTest {
  private static final EventWindow DAY = new EventWindow(0, 0);
  private static final EventWindow THREE = new EventWindow(-1, 1);

  private final GroupSpec spec =
      TestEvents.spec()
          .with(TestVariant.values())
          .tradingDays(GroupStatePropertiesTest.days(18_900, 19_100))
          .build();

  @Test
  void noEvents() {
    List<TestResult> results = GroupStudy.results(spec, List.of());
    assertThat(results).noneMatch(result -> result.status() == TestStatus.OK);
    assertExplained(results);
    assertThat(find(results, "bmp", "textbook", DAY).reason()).isEqualTo("n=0 need=2");
  }

  @Test
  void oneEvent() {
    List<TestResult> results = GroupStudy.results(spec, TestEvents.simulated(1, 3));
    assertExplained(results);
    assertThat(find(results, "cross-sectional-t", "textbook", DAY))
        .isEqualTo(
            new TestResult(
                Statistic.CROSS_SECTIONAL_T,
                TestVariant.TEXTBOOK,
                DAY,
                1,
                TestResult.Value.NONE,
                TestStatus.TOO_FEW_EVENTS,
                "n=1 need=2"));
    assertThat(find(results, "patell", "textbook", DAY).status()).isEqualTo(TestStatus.OK);
    assertThat(find(results, "cda-t", "textbook", DAY).status()).isEqualTo(TestStatus.OK);
    assertThat(find(results, "corrado-rank", "textbook", DAY).status()).isEqualTo(TestStatus.OK);
  }

  @Test
  void twoEventsAndAllAlike() {
    EventSample event = TestEvents.simulated(1, 3).get(0);
    List<TestResult> results = GroupStudy.results(spec, List.of(event, event));
    assertExplained(results);
    assertThat(find(results, "cross-sectional-t", "textbook", DAY).status())
        .isEqualTo(TestStatus.ZERO_VARIANCE);
    assertThat(find(results, "bmp", "textbook", THREE).reason()).isEqualTo("n=2, all alike");
    assertThat(find(results, "grank-t", "textbook", THREE).status())
        .isEqualTo(TestStatus.ZERO_VARIANCE);
  }

  @Test
  void missingReturnsLeaveTheWindowAndItsCount() {
    List<EventSample> events = new ArrayList<>(TestEvents.simulated(6, 4));
    double[] gap = events.get(0).returns().abnormal().clone();
    gap[3] = Double.NaN;
    events.set(0, TestEvents.withAbnormal(events.get(0), gap));
    List<TestResult> results = GroupStudy.results(spec, events);
    assertExplained(results);
    assertThat(find(results, "bmp", "textbook", DAY).n()).isEqualTo(6);
    assertThat(find(results, "bmp", "textbook", THREE).n()).isEqualTo(5);
    GroupState state = GroupState.empty(spec);
    events.forEach(state::add);
    assertThat(state.path().get(3).aar().n()).isEqualTo(5);
    assertThat(state.path().get(4).aar().n()).isEqualTo(6);
    assertThat(state.path().get(4).caar().n()).isEqualTo(5);
  }

  @Test
  void nothingButMissingReturns() {
    List<EventSample> events = new ArrayList<>();
    for (EventSample event : TestEvents.simulated(4, 5)) {
      double[] none = new double[5];
      Arrays.fill(none, Double.NaN);
      double[] noResiduals = new double[40];
      Arrays.fill(noResiduals, Double.NaN);
      events.add(
          TestEvents.withResiduals(TestEvents.withAbnormal(event, none), Double.NaN, noResiduals));
    }
    List<TestResult> results = GroupStudy.results(spec, events);
    assertThat(results).noneMatch(result -> result.status() == TestStatus.OK);
    assertExplained(results);
  }

  @Test
  void haltedStocks() {
    List<EventSample> events = new ArrayList<>();
    for (EventSample event : TestEvents.simulated(5, 6)) {
      events.add(
          TestEvents.withResiduals(
              TestEvents.withAbnormal(event, new double[5]), 0, new double[40]));
    }
    List<TestResult> results = GroupStudy.results(spec, events);
    assertThat(results).noneMatch(result -> result.status() == TestStatus.OK);
    assertExplained(results);
    assertThat(find(results, "patell", "textbook", DAY).reason()).isEqualTo("n=0 need=1");
  }

  @Test
  void oneHaltedStockIsLeftOutOfWhatDividesByIt() {
    List<EventSample> events = new ArrayList<>(TestEvents.simulated(6, 6));
    events.set(2, TestEvents.withResiduals(events.get(2), 1e-19, new double[40]));
    List<TestResult> results = GroupStudy.results(spec, events);
    assertExplained(results);
    assertThat(find(results, "patell", "textbook", DAY).n()).isEqualTo(5);
    assertThat(find(results, "cross-sectional-t", "textbook", DAY).n()).isEqualTo(6);
  }

  @Test
  void infiniteAndEnormousReturns() {
    List<EventSample> events = new ArrayList<>(TestEvents.simulated(6, 7));
    double infinity = Double.POSITIVE_INFINITY;
    events.set(0, TestEvents.withAbnormal(events.get(0), 0, 0, infinity, 0, 0));
    events.set(1, TestEvents.withAbnormal(events.get(1), 0, 0, -1e200, 0, 0));
    List<TestResult> results = GroupStudy.results(spec, events);
    assertExplained(results);
    assertThat(find(results, "bootstrap", "textbook", DAY).status())
        .isEqualTo(TestStatus.OUT_OF_RANGE);
  }

  @Test
  void eventsOnOneDateHaveNoClustersByDate() {
    List<EventSample> events =
        TestEvents.simulated(20, 8).stream().filter(e -> e.key().epochDay() == 19_000).toList();
    TestResult result =
        find(GroupStudy.results(spec, events), "two-way-clustered", "textbook", DAY);
    assertThat(result.status()).isEqualTo(TestStatus.NOT_DEFINED);
    assertThat(result.reason()).isEqualTo("dates=1 instruments=4 need=2");
  }

  @Test
  void pastTheLimitNoValuesAreKept() {
    GroupSpec small = TestEvents.spec().keepAtMost(3).build();
    List<TestResult> results = GroupStudy.results(small, TestEvents.simulated(5, 9));
    assertThat(find(results, "wilcoxon", "textbook", DAY).reason()).isEqualTo("events=5 limit=3");
    assertThat(find(results, "bmp", "textbook", DAY).status()).isEqualTo(TestStatus.OK);
    assertExplained(results);
  }

  /** In any order and from any partition the same bytes, also where one part alone is past it. */
  @Test
  void pastTheLimitTheBootstrapsDrawTheSameSums() {
    List<EventSample> events = TestEvents.simulated(60, 9);
    GroupSpec small = TestEvents.spec().keepAtMost(20).build();
    GroupState whole = GroupState.empty(small);
    events.forEach(whole::add);
    for (int split : new int[] {0, 5, 20, 21, 40, 60}) {
      GroupState one = GroupState.empty(small);
      GroupState other = GroupState.empty(small);
      for (int i = events.size() - 1; i >= 0; i--) {
        (i < split ? one : other).add(events.get(i));
      }
      one.merge(GroupState.fromBytes(other.toBytes()));
      assertThat(one.toBytes()).isEqualTo(whole.toBytes());
    }

    // Drawn by other keys, so that the p agree within the error of two simulations.
    List<TestResult> apart = GroupStudy.results(spec, events);
    for (String test : List.of("bootstrap", "wild-bootstrap", "abhar-skewness-bootstrap")) {
      TestResult expected = find(apart, test, "textbook", DAY);
      TestResult found = find(whole.results(), test, "textbook", DAY);
      assertThat(found.status()).isEqualTo(TestStatus.OK);
      assertThat(found.n()).isEqualTo(expected.n());
      assertThat(found.value().statistic()).isEqualTo(expected.value().statistic());
      double p = expected.value().pValue();
      double error = Math.sqrt(2 * p * (1 - p) / spec.replicates()) + 1.0 / spec.replicates();
      assertThat(found.value().pValue()).isCloseTo(p, within(4 * error));
    }
  }

  @Test
  void withoutCalendarOrReplicates() {
    GroupSpec bare = TestEvents.spec().bootstrap(0, 1).build();
    List<TestResult> results = GroupStudy.results(bare, TestEvents.simulated(5, 9));
    assertThat(find(results, "calendar-time", "textbook", DAY).reason())
        .isEqualTo("no trading days given");
    assertThat(find(results, "bootstrap", "textbook", DAY).reason()).isEqualTo("replicates=0");
  }

  @Test
  void statesOfTwoSpecsDoNotMerge() {
    GroupState one = GroupState.empty(spec);
    GroupState other = GroupState.empty(TestEvents.spec().bootstrap(99, 8).build());
    assertThatThrownBy(() -> one.merge(other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("states of two specs");
  }

  @Test
  void meanCorrelationIsTheMeanOfAllPairs() {
    List<EventSample> events = TestEvents.simulated(9, 10);
    GroupState state = GroupState.empty(spec);
    events.forEach(state::add);
    double sum = 0;
    for (int i = 0; i < 9; i++) {
      for (int j = 0; j < i; j++) {
        sum +=
            correlation(
                events.get(i).estimation().residuals(), events.get(j).estimation().residuals());
      }
    }
    assertThat(state.meanCorrelation()).isCloseTo(sum / 36, within(1e-13));
  }

  @Test
  void eventsWithoutACommonDayAreUncorrelatedByCalendar() {
    SplittableRandom random = new SplittableRandom(11);
    TestEvents.Returns estimation = TestEvents.returns(-42, 40, random);
    TestEvents.Returns event = TestEvents.returns(-2, 5, random);
    List<EventSample> apart = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      apart.add(
          TestEvents.sample(
              "firm" + i, 18_950 + 50 * i, TestEvents.Model.MARKET, estimation, event));
    }
    List<TestResult> results = GroupStudy.results(spec, apart);
    TestResult plain = find(results, "patell", "textbook", DAY);
    assertThat(find(results, "adjusted-patell", "calendar", DAY).value().statistic())
        .isCloseTo(plain.value().statistic(), within(1e-12));
    assertThat(find(results, "adjusted-patell", "textbook", DAY).value().statistic())
        .as("by relative day they are one")
        .isCloseTo(plain.value().statistic() / Math.sqrt(3), within(1e-12));
  }

  private static double correlation(double[] a, double[] b) {
    double ma = Arrays.stream(a).average().orElseThrow();
    double mb = Arrays.stream(b).average().orElseThrow();
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int t = 0; t < a.length; t++) {
      ab += (a[t] - ma) * (b[t] - mb);
      aa += (a[t] - ma) * (a[t] - ma);
      bb += (b[t] - mb) * (b[t] - mb);
    }
    return ab / Math.sqrt(aa * bb);
  }

  private static void assertExplained(List<TestResult> results) {
    for (TestResult result : results) {
      if (result.status() == TestStatus.OK) {
        assertThat(result.value().statistic()).as(result.key()).isFinite();
        assertThat(result.value().pValue()).as(result.key()).isBetween(0.0, 1.0);
      } else {
        assertThat(result.value().statistic()).as(result.key()).isNaN();
        assertThat(result.reason()).as(result.key()).isNotEmpty();
      }
    }
  }
}
