package io.dealimpact.study.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
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

  @Test
  void aTestThatIsAskedForAloneIsTheSameAsAmongAll() {
    Map<String, TestResult> all =
        textbook(EnumSet.allOf(Statistic.class)).stream()
            .collect(Collectors.toMap(TestResult::key, Function.identity()));
    for (Statistic asked : Statistic.values()) {
      for (TestResult result : textbook(EnumSet.of(asked))) {
        if (result.test() == asked) {
          assertThat(result).isEqualTo(all.get(result.key()));
        } else {
          assertThat(result.status()).as(result.key()).isEqualTo(TestStatus.NOT_REQUESTED);
          assertThat(result.value()).isEqualTo(TestResult.Value.NONE);
        }
      }
    }
  }

  @Test
  void aStateOfFewTestsIsMergedAndReadBack() {
    GroupSpec spec = textbookSpec(EnumSet.of(Statistic.PATELL, Statistic.WILCOXON));
    GroupState first = GroupState.empty(spec);
    GroupState second = GroupState.empty(spec);
    TestEvents.simulated(12, 3)
        .forEach(event -> (event.key().eventId().hashCode() % 2 == 0 ? first : second).add(event));

    first.merge(GroupState.fromBytes(second.toBytes()));

    assertThat(first.results())
        .isEqualTo(
            textbook(EnumSet.of(Statistic.PATELL, Statistic.WILCOXON)).stream()
                .filter(result -> result.test().family() != Statistic.Family.SECOND_PASS)
                .toList());
  }

  private static List<TestResult> textbook(Set<Statistic> asked) {
    return GroupStudy.results(textbookSpec(asked), TestEvents.simulated(12, 3));
  }

  private static GroupSpec textbookSpec(Set<Statistic> asked) {
    return TestEvents.spec()
        .tradingDays(GroupStatePropertiesTest.days(18_900, 19_100))
        .tests(asked)
        .build();
  }

  private static Set<Statistic> statistics(Predicate<Statistic.Family> isWanted) {
    return Arrays.stream(Statistic.values())
        .filter(statistic -> isWanted.test(statistic.family()))
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Statistic.class)));
  }
}
