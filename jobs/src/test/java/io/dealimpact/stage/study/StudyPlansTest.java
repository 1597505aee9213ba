package io.dealimpact.stage.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dealimpact.config.Configuration.StudySettings;
import io.dealimpact.config.ConfigurationReader;
import io.dealimpact.run.DealImpactException;
import io.dealimpact.study.event.EventMeasure;
import io.dealimpact.study.event.OtherEvents;
import io.dealimpact.study.model.ReturnModel;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the study's settings accept and refuse. */
class StudyPlansTest {
  @Test
  void everyModelIsAcceptedByName() {
    String all =
        ReturnModel.named().stream().map(ReturnModel::code).collect(Collectors.joining("', '"));
    StudySettings settings =
        settings("study.models=['" + all + "', 'factors:smb+hml', 'dimson:3']");
    StudyPlans.check(settings);
    assertThat(StudyPlans.of(settings).models()).hasSize(ReturnModel.named().size() + 2);
  }

  @Test
  void anUnknownModelNamesTheNearestAndAllThereAre() {
    StudySettings settings = settings("study.models=[market-modle]");
    assertThatThrownBy(() -> StudyPlans.check(settings))
        .isInstanceOf(DealImpactException.class)
        .hasMessageContaining("'study.models' is 'market-modle'")
        .hasMessageContaining("Did you mean 'market-model'?")
        .hasMessageContaining("synthetic-control");
  }

  @Test
  void aModelThatIsThereTwiceIsRefused() {
    StudySettings settings = settings("study.models=[market-model, capm, market-model]");
    assertThatThrownBy(() -> StudyPlans.check(settings))
        .isInstanceOf(DealImpactException.class)
        .hasMessageContaining("'study.models' is '[market-model, capm, market-model]'")
        .hasMessageContaining("each of them once");
  }

  @Test
  void theSameForTheRobustnessMatrixAndForVariants() {
    StudySettings models = settings("study.robustness.models=[capn]");
    assertThatThrownBy(() -> StudyPlans.check(models))
        .hasMessageContaining("'study.robustness.models' is 'capn'")
        .hasMessageContaining("Did you mean 'capm'?");
    StudySettings variants = settings("study.variants=[estudy3]");
    assertThatThrownBy(() -> StudyPlans.check(variants))
        .hasMessageContaining("'study.variants' is 'estudy3'")
        .hasMessageContaining("estudy2");
  }

  @Test
  void aTestThatIsAskedForHasTheNameOfOne() {
    StudySettings tests = settings("study.tests=[bmp, patel]");
    assertThatThrownBy(() -> StudyPlans.check(tests))
        .hasMessageContaining("'study.tests' is 'patel'")
        .hasMessageContaining("Did you mean 'patell'?");
    assertThatThrownBy(() -> settings("study.tests=[]"))
        .hasMessageContaining("'study.tests' is '[]'. It must be all, or the names of tests.");
  }

  @Test
  void theSecondPassIsForTheTestsThatNeedIt() {
    assertThat(StudyPlans.hasSecondPass(settings("study.tests=[all]"))).isTrue();
    assertThat(StudyPlans.hasSecondPass(settings("study.tests=[bmp, grank-t]"))).isTrue();
    assertThat(StudyPlans.hasSecondPass(settings("study.tests=[bmp, patell]"))).isFalse();
  }

  @Test
  void returnsAreAlwaysMeasured() {
    assertThat(StudyPlans.of(settings("study.measures=[returns]")).measures())
        .containsExactly(EventMeasure.Kind.RETURNS);
    assertThatThrownBy(() -> settings("study.measures=[volume]"))
        .hasMessageContaining("It must be returns, and any of volume, volatility.");
  }

  @Test
  void otherEventsAreKeptOrLeftOut() {
    assertThat(StudyPlans.of(settings("study.other_events=leave_out")).otherEvents())
        .isEqualTo(OtherEvents.LEAVE_OUT);
    assertThatThrownBy(() -> settings("study.other_events=drop"))
        .hasMessageContaining("'study.other_events' is 'drop'. It must be keep or leave_out.");
  }

  private static StudySettings settings(String override) {
    return new ConfigurationReader().read(Optional.empty(), List.of(override)).study();
  }
}
