package io.dealimpact.study.group;

import io.dealimpact.study.group.CrossSectionalRegression.Coefficient;
import io.dealimpact.study.group.CrossSectionalRegression.Errors;
import io.dealimpact.study.group.CrossSectionalRegression.Fit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The CARs of all events under one model and window, regressed on what is known of the events.
 *
 * <ul>
 *   <li>{@code value}: a constant and ln(deal value / market value before the window)
 *   <li>{@code role}: a constant and a dummy for each role; the most frequent role (of as many, the
 *       first by name) and roles with fewer than {@value #LEAST} events are the base
 *   <li>{@code value-role}: both
 * </ul>
 *
 * <p>An event with several roles has several dummies. Events without a CAR, or without an attribute
 * that a specification has, are not in it: n says how many are.
 */
public final class CarModels {
  private static final int LEAST = 5;
  private static final String VALUE = "log_deal_value_to_cap";
  private static final String ROLE = "role=";

  private CarModels() {}

  /**
   * An event to explain.
   *
   * @param roles of the party in the deal
   * @param car its CAR, a fraction
   * @param logValue ln(deal value / market value before the window); NaN where unknown
   */
  public record Event(Set<String> roles, double car, double logValue) {
    /**
     * The event of a measured window.
     *
     * @param roles joined by {@code +}
     * @param dealUsd value of the deal, USD; NaN where unknown
     * @param marketCapUsd value before the window, USD; NaN where unknown
     */
    public static Event of(String roles, double car, double dealUsd, double marketCapUsd) {
      double ratio = dealUsd / marketCapUsd;
      return new Event(
          new TreeSet<>(List.of(roles.split("\\+", -1))),
          car,
          ratio > 0 ? StrictMath.log(ratio) : Double.NaN);
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
   * @param specification {@code value}, {@code role} or {@code value-role}
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
   */
  public static List<Regression> fit(List<Event> events) {
    List<String> dummies = dummies(events);
    List<Regression> fits = new ArrayList<>();
    for (Specification specification : Specification.values()) {
      List<String> names = specification.attributes(dummies);
      for (Errors errors : List.of(Errors.HC1, Errors.HC3)) {
        fits.add(new Regression(specification.code, errors, fitted(names, errors, events)));
      }
    }
    return fits;
  }

  /** The roles that have a dummy, as {@code role=NAME}, by name. */
  static List<String> dummies(List<Event> events) {
    TreeMap<String, Integer> counts = new TreeMap<>();
    events.forEach(event -> event.roles().forEach(role -> counts.merge(role, 1, Integer::sum)));
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
        dummies.add(ROLE + role.getKey());
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
