package io.dealimpact.study.group;

import static io.dealimpact.study.group.TestEvents.find;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dealimpact.study.event.EventSample;
import io.dealimpact.study.market.EventWindow;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Jackknife, two-way clusters and calendar time by hand, over simulated events. */
class ValueStatisticsTest {
  private static final EventWindow THREE = new EventWindow(-1, 1);
  private static final EventWindow DAY = new EventWindow(0, 0);
  private static final Offset<Double> TOLERANCE = within(1e-11);

  private final List<EventSample> events = TestEvents.simulated(20, 77);
  private final double[] cars = events.stream().mapToDouble(e -> e.car(THREE)).toArray();
  private final GroupSpec spec =
      TestEvents.spec()
          .with(TestVariant.STANDARDIZED)
          .tradingDays(GroupStatePropertiesTest.days(18_900, 19_100))
          .build();
  private final List<TestResult> results = GroupStudy.results(spec, events);

  @Test
  void jackknifeLeavesEachEventOut() {
    int n = cars.length;
    double[] pseudo = new double[n];
    for (int i = 0; i < n; i++) {
      int left = i;
      double[] others =
          IntStream.range(0, n).filter(j -> j != left).mapToDouble(j -> cars[j]).toArray();
      pseudo[i] = n * ratio(cars) - (n - 1) * ratio(others);
    }
    TestResult ours = find(results, "jackknife", "textbook", THREE);
    assertThat(ours.value().statistic()).isCloseTo(Math.sqrt(n) * ratio(pseudo), TOLERANCE);
    assertThat(ours.value().df()).isEqualTo(n - 1);
  }

  @Test
  void clustersByDateAndInstrument() {
    double mean = mean(cars);
    double variance =
        squares(e -> e.key().epochDay())
            + squares(e -> e.key().instrumentId())
            - squares(e -> e.key().epochDay() + e.key().instrumentId());
    double n = cars.length;
    TestResult ours = find(results, "two-way-clustered", "textbook", THREE);
    assertThat(ours.value().statistic()).isCloseTo(mean / Math.sqrt(variance / (n * n)), TOLERANCE);
    assertThat(ours.value().df()).as("five dates").isEqualTo(4);
  }

  @Test
  void aPortfolioForEveryTradingDay() {
    // Day 0s are five consecutive trading days, so single-day portfolios are five means.
    Map<Integer, Double> portfolios =
        events.stream()
            .collect(
                Collectors.groupingBy(
                    e -> e.key().epochDay(), Collectors.averagingDouble(e -> e.car(DAY))));
    double[] values = portfolios.keySet().stream().sorted().mapToDouble(portfolios::get).toArray();
    double squares = Arrays.stream(values).map(value -> Math.pow(value - mean(values), 2)).sum();
    double error = Math.sqrt(squares / 4 / 5);
    TestResult ours = find(results, "calendar-time", "textbook", DAY);
    assertThat(ours.value().statistic()).isCloseTo(mean(values) / error, TOLERANCE);
    assertThat(ours.value().df()).isEqualTo(4);
    assertThat(ours.n()).isEqualTo(20);
    assertThat(find(results, "calendar-time", "standardized", THREE).value().df())
        .as("seven days hold a window of three")
        .isEqualTo(6);
  }

  /** G/(G − 1)·Σ of the squared cluster sums. */
  private double squares(Function<EventSample, Object> cluster) {
    double mean = mean(cars);
    Map<Object, Double> sums =
        events.stream()
            .collect(
                Collectors.groupingBy(cluster, Collectors.summingDouble(e -> e.car(THREE) - mean)));
    double g = sums.size();
    return sums.values().stream().mapToDouble(u -> u * u).sum() * g / (g - 1);
  }

  private static double ratio(double[] values) {
    double mean = mean(values);
    double squares = Arrays.stream(values).map(x -> (x - mean) * (x - mean)).sum();
    return mean / Math.sqrt(squares / (values.length - 1));
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }
}
