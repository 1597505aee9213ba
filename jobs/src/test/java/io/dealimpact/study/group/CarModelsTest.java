package io.dealimpact.study.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.dealimpact.study.group.CarModels.Event;
import io.dealimpact.study.group.CrossSectionalRegression.Coefficient;
import io.dealimpact.study.group.CrossSectionalRegression.Errors;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CarModelsTest {
  @Test
  void anEventsRolesAreApartAndItsValueIsALog() {
    Event event = Event.of("customer+provider", 0.1, 2 * Math.E, 2);
    assertThat(event.roles()).containsExactly("customer", "provider");
    assertThat(event.logValue()).isEqualTo(StrictMath.log(Math.E));
  }

  @Test
  void aValueThatIsNotKnownOrNotPositiveIsNoAttribute() {
    assertThat(Event.of("customer", 0.1, Double.NaN, 2).logValue()).isNaN();
    assertThat(Event.of("customer", 0.1, 2, Double.NaN).logValue()).isNaN();
    assertThat(Event.of("customer", 0.1, 0, 2).logValue()).isNaN();
  }

  @Test
  void theMostFrequentRoleAndRareRolesHaveNoDummy() {
    List<Event> events = new ArrayList<>();
    add(events, "provider", 7);
    add(events, "customer", 6);
    add(events, "investor", 5);
    add(events, "lender", 4);
    assertThat(CarModels.dummies(events)).containsExactly("role=customer", "role=investor");
  }

  @Test
  void ofEquallyFrequentRolesTheFirstByNameIsTheBase() {
    List<Event> events = new ArrayList<>();
    add(events, "provider", 5);
    add(events, "customer", 5);
    assertThat(CarModels.dummies(events)).containsExactly("role=provider");
  }

  @Test
  void everySpecificationIsFittedWithBothErrors() {
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      String role = i % 3 == 0 ? "customer" : "provider";
      events.add(Event.of(role, 0.01 * i * (i % 2 == 0 ? 1 : -1), 1 + i % 7, 10));
    }
    List<CarModels.Regression> fits = CarModels.fit(events);
    assertThat(fits)
        .extracting(CarModels.Regression::specification)
        .containsExactly("value", "value", "role", "role", "value-role", "value-role");
    assertThat(fits)
        .extracting(CarModels.Regression::errors)
        .containsExactly(Errors.HC1, Errors.HC3, Errors.HC1, Errors.HC3, Errors.HC1, Errors.HC3);
    assertThat(fits.get(4).fit().coefficients())
        .extracting(Coefficient::name)
        .containsExactly("constant", "log_deal_value_to_cap", "role=customer");
  }

  private static void add(List<Event> events, String role, int count) {
    for (int i = 0; i < count; i++) {
      events.add(Event.of(role, 0.01 * i, 1, 2));
    }
  }

  @Test
  void aFitWithoutCoefficientsHasAConstantWithoutAValue() {
    List<Event> events = new ArrayList<>();
    add(events, "provider", 1);
    assertThat(CarModels.fit(events))
        .allSatisfy(
            regression ->
                assertThat(regression.coefficients())
                    .singleElement()
                    .satisfies(
                        constant -> {
                          assertThat(constant.name()).isEqualTo("constant");
                          assertThat(constant.estimate()).isNaN();
                        }));
  }
}
