package io.dealimpact.study.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dealimpact.study.group.CarModels.Event;
import io.dealimpact.study.group.CrossSectionalRegression.Coefficient;
import io.dealimpact.study.group.CrossSectionalRegression.Errors;
import io.dealimpact.study.group.CrossSectionalRegression.Fit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CarModelsTest {
  private static final CarModels.Value NO_VALUE = new CarModels.Value(Double.NaN, Double.NaN, null);

  @Test
  void anEventsRolesAreApartAndItsValueIsALog() {
    Event event = event("customer+provider", 0.1, 2 * Math.E, 2);
    assertThat(event.roles()).containsExactly("customer", "provider");
    assertThat(event.logValue()).isEqualTo(StrictMath.log(Math.E));
  }

  @Test
  void aValueThatIsNotKnownOrNotPositiveIsNoAttribute() {
    assertThat(event("customer", 0.1, Double.NaN, 2).logValue()).isNaN();
    assertThat(event("customer", 0.1, 2, Double.NaN).logValue()).isNaN();
    assertThat(event("customer", 0.1, 0, 2).logValue()).isNaN();
  }

  @Test
  void theMostFrequentRoleAndRareRolesAreTheBase() {
    List<Event> events = new ArrayList<>();
    add(events, "provider", 7);
    add(events, "customer", 6);
    add(events, "investor", 5);
    add(events, "lender", 4);
    CarModels.Regression roles = found(CarModels.fit(events, List.of()), "role", Errors.HC1);
    assertThat(roles.fit().coefficients())
        .extracting(Coefficient::name)
        .containsExactly("constant", "role=customer", "role=investor");
    assertThat(roles.base()).isEqualTo("role=provider+lender");
  }

  @Test
  void ofEquallyFrequentRolesTheFirstByNameIsTheBase() {
    List<Event> events = new ArrayList<>();
    add(events, "provider", 5);
    add(events, "customer", 5);
    assertThat(found(CarModels.fit(events, List.of()), "role", Errors.HC1).base())
        .isEqualTo("role=customer");
  }

  @Test
  void everySpecificationIsFittedWithEveryKindOfErrors() {
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      String role = i % 3 == 0 ? "customer" : "provider";
      events.add(event(role, 0.01 * i * (i % 2 == 0 ? 1 : -1), 1 + i % 7, 10));
    }
    List<CarModels.Regression> fits = CarModels.fit(events, List.of());
    assertThat(fits)
        .extracting(fit -> fit.specification() + " " + fit.errors())
        .containsExactly(
            "value:contract HC1",
            "value:contract HC3",
            "value:contract CR1",
            "role HC1",
            "role HC3",
            "role CR1",
            "value-role:contract HC1",
            "value-role:contract HC3",
            "value-role:contract CR1");
    assertThat(fits.get(6).fit().coefficients())
        .extracting(Coefficient::name)
        .containsExactly("constant", "log_deal_value_to_cap", "role=customer");
    assertThat(fits.get(0).base()).isEmpty();
  }

  /** Ten contracts whose CAR rises with their value, ten investments whose CAR falls with it. */
  @Test
  void valuesOfDifferentKindsAreNotPooled() {
    List<Event> events = new ArrayList<>();
    for (int i = 1; i <= 10; i++) {
      double noise = 1e-6 * Math.sin(i);
      events.add(valued(i, 0.01 * Math.log(i) + noise, i, "contract_value"));
      events.add(valued(i, -0.02 * Math.log(i) + noise, i, "equity_investment"));
    }
    events.add(valued(30, 0.3, 3, "remaining_performance_obligations"));
    events.add(valued(31, 0.3, 3, "capacity_backstop"));
    List<CarModels.Regression> fits = CarModels.fit(events, List.of());

    // The noise moves no slope by more than itself.
    assertThat(slope(found(fits, "value:contract", Errors.CR1))).isCloseTo(0.01, within(1e-6));
    assertThat(slope(found(fits, "value:equity", Errors.CR1))).isCloseTo(-0.02, within(1e-6));
    assertThat(found(fits, "value:contract", Errors.CR1).fit().n()).isEqualTo(10);
    assertThat(fits)
        .extracting(CarModels.Regression::specification)
        .contains("value:backlog", "value:capacity_backstop")
        .doesNotContain("value");
    assertThat(found(fits, "value:backlog", Errors.HC3).fit().reason()).isEqualTo("n=1 need=3");
  }

  @Test
  void whatLeaseAndPurchasePayIsAContract() {
    assertThat(
            Stream.of("lease_value", "purchase_commitment", null, "intended_investment", "x")
                .map(type -> new CarModels.Value(1, 1, type).kind()))
        .containsExactly("contract", "contract", "contract", "intention", "x");
  }

  /** Two events a day: as many clusters as days. */
  @Test
  void eventsOfOneDayAreOneCluster() {
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      events.add(valued(i / 2, 0.01 * Math.cos(i), 1 + i % 5, "contract_value"));
    }
    Fit fit = found(CarModels.fit(events, List.of()), "value:contract", Errors.CR1).fit();
    assertThat(fit.n()).isEqualTo(20);
    assertThat(fit.clusters()).isEqualTo(10);
    assertThat(fit.df()).isEqualTo(9);
  }

  private static CarModels.Regression found(
      List<CarModels.Regression> fits, String specification, Errors errors) {
    return fits.stream()
        .filter(fit -> fit.specification().equals(specification) && fit.errors() == errors)
        .findFirst()
        .orElseThrow();
  }

  private static double slope(CarModels.Regression regression) {
    return regression.coefficients().get(1).estimate();
  }

  private static Event valued(int day, double car, double dealUsd, String type) {
    return Event.of("provider", day, car, new CarModels.Value(dealUsd, 1, type), Map.of());
  }

  private static Event event(String roles, double car, double dealUsd, double capUsd) {
    return Event.of(roles, 1, car, new CarModels.Value(dealUsd, capUsd, null), Map.of());
  }

  private static void add(List<Event> events, String role, int count) {
    for (int i = 0; i < count; i++) {
      events.add(event(role, 0.01 * i, 1, 2));
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
      events.add(Event.of("firm", i, car, NO_VALUE, attributes));
    }
    // Without its size an event is not in the regression.
    events.add(Event.of("firm", 40, 9, NO_VALUE, Map.of("country", "US")));

    CarModels.Regression fit =
        CarModels.fit(events, List.of("size", "country")).stream()
            .filter(regression -> regression.specification().equals("covariates"))
            .findFirst()
            .orElseThrow();

    assertThat(fit.fit().n()).isEqualTo(40);
    assertThat(fit.coefficients())
        .extracting(CrossSectionalRegression.Coefficient::name)
        .containsExactly("constant", "size", "country=DE");
    assertThat(fit.base()).isEqualTo("country=US");
    // The noise moves no coefficient by more than itself.
    assertThat(fit.coefficients().get(0).estimate()).isCloseTo(0.02, within(1e-6));
    assertThat(fit.coefficients().get(1).estimate()).isCloseTo(0.003, within(1e-6));
    assertThat(fit.coefficients().get(2).estimate()).isCloseTo(0.01, within(1e-6));
  }
}
