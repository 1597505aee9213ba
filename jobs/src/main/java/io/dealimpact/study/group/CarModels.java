package io.dealimpact.study.group;

import io.dealimpact.study.group.CrossSectionalRegression.Coefficient;
import io.dealimpact.study.group.CrossSectionalRegression.Errors;
import io.dealimpact.study.group.CrossSectionalRegression.Fit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/**
 * The CARs of all events under one model and window, regressed on what is known of the events.
 *
 * <ul>
 *   <li>{@code value}: a constant and ln(deal value / market value before the window)
 *   <li>{@code role}: a constant and a dummy for each role; the most frequent role (of as many, the
 *       first by name) and roles with fewer than {@value #LEAST} events are the base
 *   <li>{@code value-role}: both
 *   <li>{@code covariates}, where the study names any: a constant and the events' attributes of
 *       those names. One whose values are all numbers is a regressor; the words of another are
 *       groups, with dummies as those of roles
 * </ul>
 *
 * <p>An event with several roles has several dummies. Events without a CAR, or without an attribute
 * that a specification has, are not in it: n says how many are.
 */
public final class CarModels {
  private static final int LEAST = 5;
  private static final String VALUE = "log_deal_value_to_cap";
  private static final String ROLE = "role=";
  private static final String COVARIATES = "covariates";

  private CarModels() {}

  /**
   * An event to explain.
   *
   * @param roles of the party in the deal
   * @param car its CAR, a fraction
   * @param logValue ln(deal value / market value before the window); NaN where unknown
   * @param attributes labels and numbers by name, as delivered
   */
  public record Event(
      Set<String> roles, double car, double logValue, Map<String, String> attributes) {
    /**
     * The event of a measured window.
     *
     * @param roles joined by {@code +}
     * @param dealUsd value of the deal, USD; NaN where unknown
     * @param marketCapUsd value before the window, USD; NaN where unknown
     * @param attributes labels and numbers by name
     */
    public static Event of(
        String roles,
        double car,
        double dealUsd,
        double marketCapUsd,
        Map<String, String> attributes) {
      double ratio = dealUsd / marketCapUsd;
      return new Event(
          new TreeSet<>(List.of(roles.split("\\+", -1))),
          car,
          ratio > 0 ? StrictMath.log(ratio) : Double.NaN,
          attributes);
    }
  }

  /** What explains the CARs. */
  private enum Specification {
    VALUE_ALONE("value"),
    ROLE_ALONE("role"),
    VALUE_AND_ROLE("value-role");

    private final String code;

    Specification(String code) {
      this.code = code;
    }

    List<String> attributes(List<String> dummies) {
      List<String> names = new ArrayList<>();
      if (this != ROLE_ALONE) {
        names.add(VALUE);
      }
      if (this != VALUE_ALONE) {
        names.addAll(dummies);
      }
      return names;
    }
  }

  /**
   * One fit.
   *
   * @param specification {@code value}, {@code role}, {@code value-role} or {@code covariates}
   * @param errors how standard errors are estimated
   * @param fit the coefficients, or why there are none
   */
  public record Regression(String specification, Errors errors, Fit fit) {
    private static final Coefficient NONE =
        new Coefficient("constant", Double.NaN, Double.NaN, Double.NaN, Double.NaN);

    /** The coefficients; a constant without a value where there are none, to say why. */
    public List<Coefficient> coefficients() {
      return fit.status() == TestStatus.OK ? fit.coefficients() : List.of(NONE);
    }
  }

  /**
   * Every specification with HC1 and HC3 errors.
   *
   * @param events in an order that does not depend on how they travelled
   * @param covariates names of attributes; none for no such regression
   */
  public static List<Regression> fit(List<Event> events, List<String> covariates) {
    List<String> dummies = dummies(events);
    List<Regression> fits = new ArrayList<>();
    for (Specification specification : Specification.values()) {
      List<String> names = specification.attributes(dummies);
      for (Errors errors : List.of(Errors.HC1, Errors.HC3)) {
        fits.add(new Regression(specification.code, errors, fitted(names, errors, events)));
      }
    }
    if (!covariates.isEmpty()) {
      Map<String, ToDoubleFunction<Event>> terms = terms(events, covariates);
      for (Errors errors : List.of(Errors.HC1, Errors.HC3)) {
        fits.add(new Regression(COVARIATES, errors, fitted(terms, errors, events)));
      }
    }
    return fits;
  }

  /**
   * The terms of covariates: the number itself, or {@code name=WORD} for each word but the base.
   */
  private static Map<String, ToDoubleFunction<Event>> terms(
      List<Event> events, List<String> covariates) {
    Map<String, ToDoubleFunction<Event>> terms = new LinkedHashMap<>();
    for (String name : covariates) {
      boolean isNumber =
          events.stream()
              .map(event -> event.attributes().get(name))
              .allMatch(value -> value == null || Double.isFinite(number(value)));
      if (isNumber) {
        terms.put(name, event -> number(event.attributes().get(name)));
      } else {
        TreeMap<String, Integer> counts = new TreeMap<>();
        events.stream()
            .map(event -> event.attributes().get(name))
            .filter(Objects::nonNull)
            .forEach(value -> counts.merge(value, 1, Integer::sum));
        for (String word : dummies(counts)) {
          terms.put(name + "=" + word, event -> isWord(event.attributes().get(name), word));
        }
      }
    }
    return terms;
  }

  private static double number(String value) {
    try {
      // Java reads 1d, 1f and 0x1p3 as numbers; nobody who delivers data means them.
      return value == null || value.matches(".*[dDfFxX].*")
          ? Double.NaN
          : Double.parseDouble(value);
    } catch (NumberFormatException word) {
      return Double.NaN;
    }
  }

  private static double isWord(String value, String word) {
    return value == null ? Double.NaN : value.equals(word) ? 1 : 0;
  }

  private static Fit fitted(
      Map<String, ToDoubleFunction<Event>> terms, Errors errors, List<Event> events) {
    double[] car = events.stream().mapToDouble(Event::car).toArray();
    double[][] attributes =
        events.stream()
            .map(
                event -> terms.values().stream().mapToDouble(t -> t.applyAsDouble(event)).toArray())
            .toArray(double[][]::new);
    return CrossSectionalRegression.fit(List.copyOf(terms.keySet()), attributes, car, errors);
  }

  /** The roles that have a dummy, as {@code role=NAME}, by name. */
  static List<String> dummies(List<Event> events) {
    TreeMap<String, Integer> counts = new TreeMap<>();
    events.forEach(event -> event.roles().forEach(role -> counts.merge(role, 1, Integer::sum)));
    return dummies(counts).stream().map(role -> ROLE + role).toList();
  }

  /** The words that have a dummy, by name: the most frequent and rare ones are the base. */
  private static List<String> dummies(SortedMap<String, Integer> counts) {
    String base = "";
    int most = 0;
    for (Map.Entry<String, Integer> role : counts.entrySet()) {
      if (role.getValue() > most) {
        base = role.getKey();
        most = role.getValue();
      }
    }
    List<String> dummies = new ArrayList<>();
    for (Map.Entry<String, Integer> role : counts.entrySet()) {
      if (!role.getKey().equals(base) && role.getValue() >= LEAST) {
        dummies.add(role.getKey());
      }
    }
    return dummies;
  }

  private static Fit fitted(List<String> names, Errors errors, List<Event> events) {
    double[][] attributes = new double[events.size()][names.size()];
    double[] car = new double[events.size()];
    for (int i = 0; i < car.length; i++) {
      Event event = events.get(i);
      car[i] = event.car();
      for (int j = 0; j < names.size(); j++) {
        attributes[i][j] = attribute(event, names.get(j));
      }
    }
    return CrossSectionalRegression.fit(names, attributes, car, errors);
  }

  private static double attribute(Event event, String name) {
    if (name.equals(VALUE)) {
      return event.logValue();
    }
    return event.roles().contains(name.substring(ROLE.length())) ? 1 : 0;
  }
}
