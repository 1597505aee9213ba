package io.dealimpact.study.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dealimpact.study.group.CarModels.Event;
import io.dealimpact.study.group.CrossSectionalRegression.Coefficient;
import io.dealimpact.study.group.CrossSectionalRegression.Errors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CarModelsTest {
  @Test
  void anEventsRolesAreApartAndItsValueIsALog() {
    Event event = Event.of("customer+provider", 0.1, 2 * Math.E, 2, Map.of());
    assertThat(event.roles()).containsExactly("customer", "provider");
    assertThat(event.logValue()).isEqualTo(StrictMath.log(Math.E));
  }

  @Test
  void aValueThatIsNotKnownOrNotPositiveIsNoAttribute() {
    assertThat(Event.of("customer", 0.1, Double.NaN, 2, Map.of()).logValue()).isNaN();
    assertThat(Event.of("customer", 0.1, 2, Double.NaN, Map.of()).logValue()).isNaN();
    assertThat(Event.of("customer", 0.1, 0, 2, Map.of()).logValue()).isNaN();
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
      events.add(Event.of(role, 0.01 * i * (i % 2 == 0 ? 1 : -1), 1 + i % 7, 10, Map.of()));
    }
    List<CarModels.Regression> fits = CarModels.fit(events, List.of());
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
      events.add(Event.of(role, 0.01 * i, 1, 2, Map.of()));
    }
  }

  @Test
  void aFitWithoutCoefficientsHasAConstantWithoutAValue() {
    List<Event> events = new ArrayList<>();
    add(events, "provider", 1);
    assertThat(CarModels.fit(events, List.of()))
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

  /** CAR = 0.02 + 0.003 size + 0.01 where the country is DE, and noise of 1e-6. */
  @Test
  void covariatesAreNumbersOrWords() {
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      String country = i % 4 == 0 ? "DE" : "US";
      double car = 0.02 + 0.003 * (i % 9) + (country.equals("DE") ? 0.01 : 0);
      car += 1e-6 * Math.sin(i);
      Map<String, String> attributes = Map.of("size", String.valueOf(i % 9), "country", country);
      events.add(Event.of("firm", car, Double.NaN, Double.NaN, attributes));
    }
    // Without its size an event is not in the regression.
    events.add(Event.of("firm", 9, Double.NaN, Double.NaN, Map.of("country", "US")));

    CarModels.Regression fit =
        CarModels.fit(events, List.of("size", "country")).stream()
            .filter(regression -> regression.specification().equals("covariates"))
            .findFirst()
            .orElseThrow();

    assertThat(fit.fit().n()).isEqualTo(40);
    assertThat(fit.coefficients())
        .extracting(CrossSectionalRegression.Coefficient::name)
        .containsExactly("constant", "size", "country=DE");
    // The noise moves no coefficient by more than itself.
    assertThat(fit.coefficients().get(0).estimate()).isCloseTo(0.02, within(1e-6));
    assertThat(fit.coefficients().get(1).estimate()).isCloseTo(0.003, within(1e-6));
    assertThat(fit.coefficients().get(2).estimate()).isCloseTo(0.01, within(1e-6));
  }
}
