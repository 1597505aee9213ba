package io.dealimpact.stage.study;

import io.dealimpact.config.Configuration.StudySettings;
import io.dealimpact.run.Failures;
import io.dealimpact.study.event.OtherEvents;
import io.dealimpact.study.event.StudyPlan;
import io.dealimpact.study.group.TestVariant;
import io.dealimpact.study.market.EstimationWindow;
import io.dealimpact.study.market.EventWindow;
import io.dealimpact.study.market.PriceKind;
import io.dealimpact.study.market.ReturnKind;
import io.dealimpact.study.model.ReturnModel;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The study's settings as the mathematics knows them. */
public final class StudyPlans {
  private StudyPlans() {}

  static StudyPlan of(StudySettings settings) {
    return of(settings, models("study.models", settings.models()));
  }

  /** The study under other models. */
  static StudyPlan of(StudySettings settings, List<ReturnModel> models) {
    return StudyPlan.builder()
        .returns(ReturnKind.valueOf(settings.returns().toUpperCase(Locale.ROOT)))
        .price(PriceKind.valueOf(settings.price().toUpperCase(Locale.ROOT)))
        .estimation(
            new EstimationWindow(
                settings.estimation().end(),
                settings.estimation().length(),
                settings.estimation().minimum()))
        .eventWindow(window(settings.eventWindow()))
        .windows(settings.windows().stream().map(StudyPlans::window).toList())
        .models(models)
        .otherEvents(OtherEvents.valueOf(settings.otherEvents().toUpperCase(Locale.ROOT)))
        .confidence(settings.confidence())
        .build();
  }

  /**
   * Checks what only the mathematics can.
   *
   * @throws io.dealimpact.run.DealImpactException naming the key, the value given and the values
   *     allowed
   */
  public static void check(StudySettings settings) {
    of(settings);
    models("study.robustness.models", settings.robustness().models());
    settings.variants().forEach(StudyPlans::variant);
  }

  /** The models of names. */
  static List<ReturnModel> models(String key, List<String> names) {
    return names.stream().map(name -> model(key, name)).toList();
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
}
