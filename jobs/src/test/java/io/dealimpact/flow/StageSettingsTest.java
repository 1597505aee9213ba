package io.dealimpact.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.dealimpact.config.Configuration;
import io.dealimpact.config.ConfigurationReader;
import io.dealimpact.stage.Stage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which stages run again when a setting changes, and nothing else does. */
final class StageSettingsTest {
  private static final Set<String> MEASURING =
      Set.of(
          "fit-models",
          "measure-returns",
          "measure-events",
          "measure-deals",
          "measure-volume",
          "measure-volatility",
          "average-paths",
          "test-groups",
          "regress-cars",
          "compare-choices");

  private static final String PROGRAM = "1.0.0+0123456789ab";

  private static Map<String, String> fingerprints(String program, String... settings) {
    Configuration configuration =
        new ConfigurationReader().read(Optional.empty(), List.of(settings));
    try (Pipeline pipeline = new Pipeline()) {
      return pipeline.stages().stream()
          .collect(
              Collectors.toMap(
                  Stage::name,
                  stage -> Fingerprint.of(stage, program, configuration, Map.of(), Map.of())));
    }
  }

  private static Set<String> changedBy(String... settings) {
    Map<String, String> before = fingerprints(PROGRAM);
    Map<String, String> after = fingerprints(PROGRAM, settings);
    return before.keySet().stream()
        .filter(stage -> !before.get(stage).equals(after.get(stage)))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "capacity.quarters=3 | roll-up-capacity",
        "capacity.seed=3 | roll-up-capacity",
        "capacity.replicates=3 | roll-up-capacity",
        "capacity.first_quarter=2025Q2 | roll-up-capacity",
        "capacity.forecast.option_exercise=0.1 | roll-up-capacity",
        "capacity.forecast.mean_slip_quarters=9 | roll-up-capacity",
        "capacity.assumed_ramp_days=3 |"
            + " measure-capacity-economics, measure-delivery, measure-market-per-gw,"
            + " roll-up-capacity",
        "capacity.as_of=2025-11-03 |"
            + " audit-claims, check-article, measure-capacity-economics,"
            + " measure-commitment-shares, measure-delivery, measure-market-per-gw,"
            + " roll-up-capacity",
        "capacity.gpu_share_of_capex=[0.1, 0.2] |"
            + " audit-claims, check-article, measure-capacity-economics",
        "capacity.capex_usd_per_gw=[1e9, 2e9] |"
            + " audit-claims, check-article, measure-capacity-economics",
        "capacity.assumptions_source=x |"
            + " audit-claims, check-article, measure-capacity-economics",
        "study.name=other | average-paths, compare-choices, flatten-events, regress-cars, test-groups",
        "study.covariates=[size] | regress-cars",
        "study.groups=[all] | average-paths, compare-choices, test-groups",
        "study.variants=[textbook, stata] | compare-choices, test-groups",
        "study.tests=[patell] | compare-choices, test-groups",
        "study.bootstrap.replicates=9 | test-groups",
        "study.bootstrap.seed=9 | test-groups",
        "study.robustness.benchmarks=[X] | compare-choices",
        "study.robustness.models=[mean-adjusted] | compare-choices",
      })
  void aSettingRunsTheStagesThatReadItAgain(String setting, String stages) {
    assertThat(changedBy(setting)).containsExactly(stages.split(", "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "study.returns=log",
        "study.event_date=[filing]",
        "study.benchmarks={EUR: DAX}",
        "study.price=adjusted_close",
        "study.event_window=[-9, 20]",
        "study.estimation.length=200",
        "study.windows=[[0, 0]]",
        "study.factor_set=other",
        "study.peers=[X]",
        "study.other_events=keep",
        "study.placebo=none",
        "study.measures=[returns]",
        "study.headline_model=market-model",
        "study.models=[mean-adjusted]",
        "study.sectors={software: IGV}",
      })
  void aSettingOfTheMeasurementRunsTheStudyAgain(String setting) {
    assertThat(changedBy(setting)).isEqualTo(new TreeSet<>(MEASURING));
  }

  @Test
  void theConfidenceIsReadByWhatGivesVerdictsToo() {
    assertThat(changedBy("study.confidence=0.9")).isEqualTo(with(MEASURING, "flatten-events"));
  }

  @Test
  void howManyEventsAreKeptIsReadByWhatTestsGroups() {
    assertThat(changedBy("study.keep_events=50000"))
        .containsExactlyInAnyOrder("test-groups", "compare-choices");
  }

  @Test
  void theBenchmarkTellsTradingDaysToo() {
    assertThat(changedBy("study.benchmark=QQQ"))
        .isEqualTo(with(MEASURING, "conform-bars", "conform-refused-bars", "label-dates"));
  }

  @Test
  void aGateRunsEveryConformStageAgain() {
    assertThat(changedBy("quality.max_quarantined_share=0.25"))
        .isNotEmpty()
        .allMatch(stage -> stage.startsWith("conform-"));
  }

  @Test
  void whereTheLandingZoneAndTheLakeLieIsNoSetting() {
    assertThat(changedBy("landing=/elsewhere", "lake=/elsewhere")).isEmpty();
  }

  /** A new version, and another build of the same version. */
  @ParameterizedTest
  @CsvSource({"1.0.1+0123456789ab", "1.0.0+ba9876543210"})
  void anotherProgramRunsEveryStageAgain(String program) {
    Map<String, String> before = fingerprints(PROGRAM);
    assertThat(fingerprints(program))
        .hasSameSizeAs(before)
        .allSatisfy(
            (stage, fingerprint) -> assertThat(fingerprint).isNotEqualTo(before.get(stage)));
  }

  private static Set<String> with(Set<String> stages, String... more) {
    return Stream.concat(stages.stream(), Stream.of(more))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
