package io.dealimpact.stage.study;

import io.dealimpact.codec.EventMeasurer;
import io.dealimpact.config.Configuration.StudySettings;
import io.dealimpact.run.Failures;
import io.dealimpact.study.event.EventMeasure;
import io.dealimpact.study.event.OtherEvents;
import io.dealimpact.study.event.PlaceboDays;
import io.dealimpact.study.event.StudyPlan;
import io.dealimpact.study.group.GroupSpec;
import io.dealimpact.study.group.Statistic;
import io.dealimpact.study.group.TestVariant;
import io.dealimpact.study.market.EstimationWindow;
import io.dealimpact.study.market.EventWindow;
import io.dealimpact.study.market.PriceKind;
import io.dealimpact.study.market.ReturnKind;
import io.dealimpact.study.model.FactorModel;
import io.dealimpact.study.model.ReturnModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;

/** The study's settings as the mathematics knows them. */
public final class StudyPlans {
  private StudyPlans() {}

  static StudyPlan of(StudySettings settings) {
    return of(settings, models(settings, "study.models", settings.models()));
  }

  /** The study under other models. */
  static StudyPlan of(StudySettings settings, List<ReturnModel> models) {
    return of(settings, models, settings.estimation().length());
  }

  /**
   * The study under other models and with another length of the estimation window. A shorter one
   * needs half its returns, where the study asks for more than that.
   */
  static StudyPlan of(StudySettings settings, List<ReturnModel> models, int length) {
    int minimum = settings.estimation().minimum();
    return StudyPlan.builder()
        .returns(ReturnKind.valueOf(settings.returns().toUpperCase(Locale.ROOT)))
        .price(PriceKind.valueOf(settings.price().toUpperCase(Locale.ROOT)))
        .estimation(
            new EstimationWindow(
                settings.estimation().end(),
                length,
                length < settings.estimation().length() ? Math.min(minimum, length / 2) : minimum))
        .eventWindow(window(settings.eventWindow()))
        .windows(settings.windows().stream().map(StudyPlans::window).toList())
        .models(models)
        .headlineModel(settings.headlineModel())
        .otherEvents(OtherEvents.valueOf(settings.otherEvents().toUpperCase(Locale.ROOT)))
        .placebo(PlaceboDays.valueOf(settings.placebo().toUpperCase(Locale.ROOT)))
        .measures(
            settings.measures().stream()
                .map(name -> EventMeasure.Kind.valueOf(name.toUpperCase(Locale.ROOT)))
                .collect(Collectors.toSet()))
        .confidence(settings.confidence())
        .build();
  }

  /**
   * What groups of events are tested for.
   *
   * @param estimation days that estimation windows reach over
   * @param tradingDays of the calendar, since 1970-01-01
   * @param replicates of the bootstraps
   */
  static EventMeasurer.SpecSource tests(
      StudySettings settings,
      StudyPlan plan,
      EventWindow estimation,
      int[] tradingDays,
      int replicates) {
    long seed = settings.bootstrap().seed();
    List<String> variants = new ArrayList<>(settings.variants());
    List<String> tests = new ArrayList<>(settings.tests());
    EventWindow axis = axis(plan);
    int keepAtMost = settings.keepEvents();
    return () ->
        GroupSpec.of(axis, estimation, plan.windows())
            .returns(plan.returns())
            .tradingDays(tradingDays)
            .bootstrap(replicates, seed)
            .confidence(plan.confidence())
            .keepAtMost(keepAtMost)
            .with(variants.stream().map(StudyPlans::variant).toArray(TestVariant[]::new))
            .tests(asked(tests))
            .build();
  }

  private static EventWindow axis(StudyPlan plan) {
    List<EventWindow> all =
        Stream.concat(Stream.of(plan.eventWindow()), plan.windows().stream()).toList();
    IntStream starts = all.stream().mapToInt(EventWindow::start);
    IntStream ends = all.stream().mapToInt(EventWindow::end);
    return new EventWindow(starts.min().orElseThrow(), ends.max().orElseThrow());
  }

  /**
   * Checks what only the mathematics can.
   *
   * @throws io.dealimpact.run.DealImpactException naming the key, the value given and the values
   *     allowed
   */
  public static void check(StudySettings settings) {
    of(settings);
    models("study.headline_model", List.of(settings.headlineModel()));
    models("study.robustness.models", settings.robustness().models());
    settings.variants().forEach(StudyPlans::variant);
    asked(settings.tests());
  }

  /** Whether a test is asked for that needs the events twice. */
  static boolean hasSecondPass(StudySettings settings) {
    return asked(settings.tests()).stream()
        .anyMatch(test -> test.family() == Statistic.Family.SECOND_PASS);
  }

  /** The tests of names; {@code all} stands for every one. */
  private static Set<Statistic> asked(List<String> names) {
    Set<Statistic> asked = EnumSet.noneOf(Statistic.class);
    for (String name : names) {
      asked.addAll(
          name.equals(StudySettings.ALL_TESTS)
              ? EnumSet.allOf(Statistic.class)
              : EnumSet.of(test(name)));
    }
    return asked;
  }

  private static Statistic test(String name) {
    List<String> known = Arrays.stream(Statistic.values()).map(Statistic::code).toList();
    if (!known.contains(name)) {
      throw Failures.invalidValue(
          "study.tests", name, "all, or any of " + known + "." + Failures.didYouMean(name, known));
    }
    return Statistic.of(name);
  }

  /** The models of names, as the study wants them. */
  static List<ReturnModel> models(StudySettings settings, String key, List<String> names) {
    return models(key, names).stream()
        .map(
            model ->
                model instanceof FactorModel factors && !settings.excess()
                    ? factors.ofRawReturns()
                    : model)
        .toList();
  }

  private static List<ReturnModel> models(String key, List<String> names) {
    List<ReturnModel> models = names.stream().map(name -> model(key, name)).toList();
    if (models.stream().map(ReturnModel::code).distinct().count() < models.size()) {
      throw Failures.invalidValue(key, names, "models, each of them once");
    }
    return models;
  }

  static TestVariant variant(String label) {
    for (TestVariant variant : TestVariant.values()) {
      if (variant.label().equals(label)) {
        return variant;
      }
    }
    throw Failures.invalidValue(
        "study.variants",
        label,
        "any of " + Arrays.stream(TestVariant.values()).map(TestVariant::label).toList());
  }

  private static EventWindow window(List<Integer> days) {
    return new EventWindow(days.get(0), days.get(1));
  }

  private static ReturnModel model(String key, String name) {
    try {
      return ReturnModel.parse(name);
    } catch (IllegalArgumentException error) {
      throw Failures.invalidValue(
          key,
          name,
          "a model: "
              + error.getMessage()
              + "."
              + Failures.didYouMean(
                  name, ReturnModel.named().stream().map(ReturnModel::code).toList()));
    }
  }

  /** Whether a window of an event, a struct, is one of the study's and not the event's own. */
  static Column isOfStudy(StudySettings study, Column window) {
    return study.windows().stream()
        .map(
            days ->
                window
                    .getField("window_start")
                    .equalTo(days.get(0))
                    .and(window.getField("window_end").equalTo(days.get(1))))
        .reduce(Column::or)
        .orElseThrow();
  }
}
