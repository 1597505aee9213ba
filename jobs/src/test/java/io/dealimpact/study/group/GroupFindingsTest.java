package io.dealimpact.study.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.dealimpact.study.event.EventSample;
import io.dealimpact.study.group.GroupFindings.Choice;
import io.dealimpact.study.group.GroupFindings.Finding;
import io.dealimpact.study.numeric.MultipleTesting;
import java.util.List;
import org.junit.jupiter.api.Test;

class GroupFindingsTest {
  private static final GroupSpec SPEC =
      TestEvents.spec().with(TestVariant.PAIRWISE, TestVariant.UNCORRECTED).build();
  private static final List<EventSample> EVENTS = TestEvents.simulated(12, 3);
  private static final GroupState STATE = state();
  private static final GrankState RANKS = ranks();
  private static final List<Finding> FINDINGS = GroupFindings.of(STATE, RANKS);

  @Test
  void onlyTheTextbooksMeasuredTestsCountForTheAdjustment() {
    List<Finding> counted =
        FINDINGS.stream().filter(f -> !Double.isNaN(f.adjusted().pHolm())).toList();
    assertThat(counted)
        .isNotEmpty()
        .hasSizeLessThan(FINDINGS.size())
        .allMatch(f -> f.result().variant() == TestVariant.TEXTBOOK)
        .allMatch(f -> f.result().status() == TestStatus.OK);
    double[] p = counted.stream().mapToDouble(f -> f.result().value().pValue()).toArray();
    assertThat(counted.stream().mapToDouble(f -> f.adjusted().pHolm()).toArray())
        .isEqualTo(MultipleTesting.holm(p));
    assertThat(counted.stream().mapToDouble(f -> f.adjusted().qValue()).toArray())
        .isEqualTo(MultipleTesting.benjaminiHochberg(p));
  }

  /** GRANK needs 20 events: twelve have its figures, and no verdict on them. */
  @Test
  void aTestOfTooFewEventsKeepsItsFiguresAndDoesNotCount() {
    List<Finding> few =
        FINDINGS.stream()
            .filter(f -> f.result().test() == Statistic.GRANK_T)
            .filter(f -> f.result().variant() == TestVariant.TEXTBOOK)
            .toList();
    assertThat(few)
        .isNotEmpty()
        .allMatch(f -> f.result().status() == TestStatus.TOO_FEW_EVENTS)
        .allMatch(f -> f.result().reason().equals("n=12 need=20: with fewer it rejects too often"))
        .allMatch(f -> Double.isFinite(f.result().value().pValue()))
        .allMatch(f -> Double.isNaN(f.adjusted().pHolm()) && Double.isNaN(f.adjusted().qValue()));
    assertThat(
            FINDINGS.stream()
                .map(Finding::result)
                .filter(r -> r.test() == Statistic.BMP && r.variant() == TestVariant.TEXTBOOK))
        .isNotEmpty()
        .allMatch(r -> r.status() == TestStatus.OK);
  }

  @Test
  void anIntervalStandsBesideTheTestOfItsOwnMethod() {
    assertThat(FINDINGS.stream().filter(f -> f.interval().isPresent()))
        .extracting(f -> f.result().test().code() + " " + f.interval().get().method().label())
        .containsExactlyInAnyOrder(
            "cross-sectional-t t",
            "cross-sectional-t t",
            "bootstrap percentile-t",
            "bootstrap percentile-t");
  }

  @Test
  void aCorrelationStandsBesideAdjustedTestsAlone() {
    assertThat(FINDINGS)
        .allMatch(
            f -> f.result().test().isAdjustedByCorrelation() || Double.isNaN(f.meanCorrelation()));
    Finding pairwise =
        FINDINGS.stream()
            .filter(f -> f.result().test().isAdjustedByCorrelation())
            .filter(f -> f.result().variant() == TestVariant.PAIRWISE)
            .findFirst()
            .orElseThrow();
    assertThat(pairwise.meanCorrelation()).isEqualTo(STATE.pairwiseCorrelation());
  }

  @Test
  void choicesAreTheTextbooksTestsWithTheirCaar() {
    List<Choice> choices = GroupFindings.choices(STATE, RANKS);
    assertThat(choices)
        .isNotEmpty()
        .allMatch(c -> c.result().variant() == TestVariant.TEXTBOOK)
        .allMatch(c -> c.result().status() != TestStatus.NOT_REQUESTED)
        .allMatch(c -> c.result().test().family() != Statistic.Family.SIMULATED)
        .allMatch(c -> Double.isFinite(c.caar()));
    assertThat(FINDINGS.stream().filter(f -> !f.decides()).map(Finding::result))
        .containsAll(choices.stream().filter(c -> !c.decides()).map(Choice::result).toList());
    assertThat(FINDINGS.stream().filter(Finding::decides).map(Finding::result))
        .containsExactlyElementsOf(
            choices.stream().filter(Choice::decides).map(Choice::result).toList());
  }

  private static GroupState state() {
    GroupState state = GroupState.empty(SPEC);
    EVENTS.forEach(state::add);
    return state;
  }

  private static GrankState ranks() {
    GrankState ranks = GrankState.empty(SPEC, STATE.scarSpread());
    EVENTS.forEach(ranks::add);
    return ranks;
  }
}
