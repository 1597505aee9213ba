package io.dealimpact.stage.study;

import io.dealimpact.config.Configuration.StudySettings;
import io.dealimpact.stage.StageContext;
import io.dealimpact.study.model.ReturnModel;
import io.dealimpact.study.model.StandardModel;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The choices that each result of the study is held against: of benchmark, sector, estimation
 * window and model.
 *
 * @param ofOwn models that are compared as the study itself measures them, by their codes; none
 *     where the study does not measure all of them
 * @param beside the choices beside the study's own, which the study does not measure by itself
 * @param passedOver benchmarks that have no bars
 */
record StudyChoices(
    List<String> ofOwn, List<MeasuredEvents.Choice> beside, List<String> passedOver) {
  /** Nothing is compared. */
  static final StudyChoices NONE = new StudyChoices(List.of(), List.of(), List.of());

  /** Name of the choice that takes the other instruments of a sector for it. */
  static final String PEERS = "peers";

  /** The choices of the study's settings. */
  static StudyChoices of(StageContext context) {
    StudySettings settings = context.configuration().study();
    List<String> without =
        otherBenchmarks(settings).stream()
            .filter(benchmark -> MeasuredEvents.bars(context, benchmark).isEmpty())
            .toList();
    List<MeasuredEvents.Choice> beside = new ArrayList<>();
    List<String> models = codes(models(settings));
    List<String> ofOwn = settings.models().containsAll(models) ? models : List.of();
    if (ofOwn.isEmpty()) {
      beside.add(own(settings));
    }
    List<ReturnModel> ofBenchmark =
        models(settings).stream().filter(ReturnModel::usesBenchmark).toList();
    for (String benchmark : otherBenchmarks(settings)) {
      if (!without.contains(benchmark) && !ofBenchmark.isEmpty()) {
        beside.add(choice(settings, benchmark, SectorChoice.FUND, ofBenchmark));
      }
    }
    for (int length : settings.robustness().estimationLengths()) {
      if (length != settings.estimation().length()) {
        beside.add(
            new MeasuredEvents.Choice(
                settings.benchmark(),
                SectorChoice.FUND,
                StudyPlans.of(settings, models(settings), length).ofReturns()));
      }
    }
    if (settings.robustness().sectors().contains(PEERS)) {
      beside.add(
          choice(
              settings,
              settings.benchmark(),
              SectorChoice.PEERS,
              List.of(StandardModel.MARKET_SECTOR)));
    }
    return new StudyChoices(ofOwn, List.copyOf(beside), without);
  }

  /** The study's own choice, of the models that are compared. */
  static MeasuredEvents.Choice own(StudySettings settings) {
    return choice(settings, settings.benchmark(), SectorChoice.FUND, models(settings));
  }

  /** The codes of models. */
  static List<String> codes(List<ReturnModel> models) {
    return models.stream().map(ReturnModel::code).toList();
  }

  private static Set<String> otherBenchmarks(StudySettings settings) {
    Set<String> others = new LinkedHashSet<>(settings.robustness().benchmarks());
    others.remove(settings.benchmark());
    return others;
  }

  private static List<ReturnModel> models(StudySettings settings) {
    List<String> names = settings.robustness().models();
    return StudyPlans.models(
        settings, "study.robustness.models", names.isEmpty() ? settings.models() : names);
  }

  private static MeasuredEvents.Choice choice(
      StudySettings settings, String benchmark, SectorChoice sectors, List<ReturnModel> models) {
    return new MeasuredEvents.Choice(
        benchmark, sectors, StudyPlans.of(settings, models).ofReturns());
  }
}
