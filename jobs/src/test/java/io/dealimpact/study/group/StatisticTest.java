package io.dealimpact.study.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class StatisticTest {
  private final List<TestResult> results =
      GroupStudy.results(
          TestEvents.spec()
              .with(TestVariant.values())
              .tradingDays(GroupStatePropertiesTest.days(18_900, 19_100))
              .build(),
          TestEvents.simulated(12, 3));

  @Test
  void aStudyComputesWhatIsListedForGroupsAndNothingElse() {
    assertThat(results.stream().map(TestResult::test).collect(Collectors.toSet()))
        .isEqualTo(statistics(family -> family != Statistic.Family.EVENT));
  }

  @Test
  void theTextbooksFormIsComputedForAllThatAreCalibrated() {
    assertThat(
            results.stream()
                .filter(result -> result.variant() == TestVariant.TEXTBOOK)
                .map(TestResult::test)
                .collect(Collectors.toSet()))
        .isEqualTo(
            Arrays.stream(Statistic.values())
                .filter(Statistic::isCalibrated)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Statistic.class))));
  }

  @Test
  void aNameFindsItsStatistic() {
    for (Statistic statistic : Statistic.values()) {
      assertThat(Statistic.of(statistic.code())).isEqualTo(statistic);
    }
    assertThatThrownBy(() -> Statistic.of("t-test"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no statistic is called t-test");
  }

  private static Set<Statistic> statistics(Predicate<Statistic.Family> isWanted) {
    return Arrays.stream(Statistic.values())
        .filter(statistic -> isWanted.test(statistic.family()))
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Statistic.class)));
  }
}
