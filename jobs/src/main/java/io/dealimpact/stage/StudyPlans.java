package io.dealimpact.stage;

import io.dealimpact.config.Configuration.StudySettings;
import io.dealimpact.run.Failures;
import io.dealimpact.study.EstimationWindow;
import io.dealimpact.study.EventWindow;
import io.dealimpact.study.PriceKind;
import io.dealimpact.study.ReturnKind;
import io.dealimpact.study.ReturnModel;
import io.dealimpact.study.StudyPlan;
import java.util.List;
import java.util.Locale;

/** The study's settings as the mathematics knows them. */
final class StudyPlans {
  private StudyPlans() {}

  static StudyPlan of(StudySettings settings) {
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
        .models(settings.models().stream().map(StudyPlans::model).toList())
        .confidence(settings.confidence())
        .build();
  }

  private static EventWindow window(List<Integer> days) {
    return new EventWindow(days.get(0), days.get(1));
  }

  private static ReturnModel model(String name) {
    try {
      return ReturnModel.parse(name);
    } catch (IllegalArgumentException error) {
      throw Failures.invalidValue("study.models", name, "a model: " + error.getMessage());
    }
  }
}
