package io.dealimpact.study.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dealimpact.study.event.EventSample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The same events, in any order and partition, with any sign and scale. */
public class GroupStatePropertiesTest {
  private static final Set<String> UNSIGNED =
      Set.of("binomial-sign/textbook", "wilcoxon/rank-sum", "wilcoxon/estudy2");

  @Property(tries = 25)
  void orderAndPartitionDoNotMatterToTheLastBit(
      @ForAll @IntRange(min = 0, max = 25) int count, @ForAll long seed) {
    GroupSpec spec =
        TestEvents.spec().with(TestVariant.values()).tradingDays(days(18_900, 19_100)).build();
    List<EventSample> events = TestEvents.simulated(count, seed);
    GroupState whole = GroupState.empty(spec);
    events.forEach(whole::add);
    GrankState wholeRanks = GrankState.empty(spec, whole.scarSpread());
    events.forEach(wholeRanks::add);

    Random random = new Random(seed);
    List<EventSample> shuffled = new ArrayList<>(events);
    Collections.shuffle(shuffled, random);
    List<GroupState> parts = new ArrayList<>();
    List<GrankState> rankParts = new ArrayList<>();
    for (int p = 0; p < 4; p++) {
      parts.add(GroupState.empty(spec));
      rankParts.add(GrankState.empty(spec, whole.scarSpread()));
    }
    for (EventSample event : shuffled) {
      int part = random.nextInt(4);
      parts.get(part).add(event);
      rankParts.get(part).add(event);
    }
    Collections.shuffle(parts, random);
    GroupState merged = GroupState.fromBytes(parts.get(0).toBytes());
    GrankState mergedRanks = GrankState.fromBytes(rankParts.get(0).toBytes());
    for (int p = 1; p < 4; p++) {
      merged.merge(GroupState.fromBytes(parts.get(p).toBytes()));
      mergedRanks.merge(rankParts.get(p));
    }
    assertThat(merged.toBytes()).isEqualTo(whole.toBytes());
    assertThat(mergedRanks.toBytes()).isEqualTo(wholeRanks.toBytes());
    assertThat(merged.results()).isEqualTo(whole.results());
    assertThat(mergedRanks.results()).isEqualTo(wholeRanks.results());
    assertThat(merged.path()).isEqualTo(whole.path());
    assertThat(merged.intervals()).isEqualTo(whole.intervals());
  }

  @Property(tries = 15)
  void aChangedSignChangesTheSign(@ForAll long seed) {
    GroupSpec spec = TestEvents.spec().with(TestVariant.values()).build();
    List<EventSample> events = TestEvents.simulated(12, seed);
    List<TestResult> results = GroupStudy.results(spec, events);
    List<TestResult> flipped =
        GroupStudy.results(spec, events.stream().map(e -> scaled(e, -1)).toList());
    for (int i = 0; i < results.size(); i++) {
      TestResult a = results.get(i);
      TestResult b = flipped.get(i);
      assertThat(b.key()).isEqualTo(a.key());
      assertThat(b.status()).isEqualTo(a.status());
      if (a.status() == TestStatus.OK && !isNotOdd(a)) {
        assertThat(b.value().pValue()).as(a.key()).isCloseTo(a.value().pValue(), within(1e-9));
        if (!UNSIGNED.contains(a.test().code() + "/" + a.variant().label())) {
          assertThat(b.value().statistic())
              .as(a.key())
              .isCloseTo(-a.value().statistic(), within(1e-9));
        }
      }
    }
  }

  @Property(tries = 15)
  void aScaleChangesNothing(@ForAll long seed) {
    GroupSpec spec =
        TestEvents.spec().with(TestVariant.values()).tradingDays(days(18_900, 19_100)).build();
    List<EventSample> events = TestEvents.simulated(12, seed);
    List<TestResult> results = GroupStudy.results(spec, events);
    List<TestResult> larger =
        GroupStudy.results(spec, events.stream().map(e -> scaled(e, 2)).toList());
    for (int i = 0; i < results.size(); i++) {
      TestResult a = results.get(i);
      boolean rounded = a.variant() == TestVariant.EVENT_STUDY_TOOLS;
      if (a.status() == TestStatus.OK && !isNotOdd(a) && !rounded) {
        assertThat(larger.get(i).value().statistic())
            .as(a.key())
            .isCloseTo(a.value().statistic(), within(1e-9));
        assertThat(larger.get(i).value().pValue())
            .as(a.key())
            .isCloseTo(a.value().pValue(), within(1e-9));
      }
    }
  }

  /**
   * Not odd in the returns: what compounds or averages exponentials of them, and estudy's ranks,
   * which are not centred.
   */
  private static boolean isNotOdd(TestResult result) {
    return result.test() == Statistic.ABHAR_SKEWNESS_BOOTSTRAP
        || (result.variant() == TestVariant.ESTUDY
            && (result.test() == Statistic.BROWN_WARNER_1980
                || result.test() == Statistic.GRANK_T));
  }

  private static EventSample scaled(EventSample e, double factor) {
    EventSample.Estimation estimation = e.estimation();
    EventSample.Returns returns = e.returns();
    return new EventSample(
        e.key(),
        new EventSample.Estimation(
            estimation.start(),
            times(estimation.residuals(), factor),
            estimation.leverages(),
            estimation.degreesOfFreedom(),
            estimation.sigma() * Math.abs(factor),
            estimation.inverseCrossProduct()),
        new EventSample.Returns(
            returns.start(),
            times(returns.abnormal(), factor),
            returns.expected(),
            times(returns.sigmas(), Math.abs(factor)),
            returns.design()),
        e.market());
  }

  private static double[] times(double[] values, double factor) {
    return Arrays.stream(values).map(x -> x * factor).toArray();
  }

  public static int[] days(int from, int to) {
    int[] days = new int[to - from];
    Arrays.setAll(days, i -> from + i);
    return days;
  }
}
