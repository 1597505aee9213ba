package io.dealimpact.study.group;

import io.dealimpact.study.group.CrossSectionalRegression.Coefficient;
import io.dealimpact.study.group.CrossSectionalRegression.Errors;
import io.dealimpact.study.group.CrossSectionalRegression.Fit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/**
 * The CARs of all events under one model and window, regressed on what is known of the events.
 *
 * <ul>
 *   <li>{@code value:KIND}: a constant and ln(deal value / market value before the window). A
 *       contract, an investment, a backlog and an intention are not one quantity, so each kind of
 *       value has a regression of its own, over its events alone
 *   <li>{@code role}: a constant and a dummy for each role; the most frequent role (of as many, the
 *       first by name) and roles with fewer than {@value #LEAST} events are the base
 *   <li>{@code value-role:KIND}: both, over the events of that kind
 *   <li>{@code covariates}, where the study names any: a constant and the events' attributes of
 *       those names. One whose values are all numbers is a regressor; the words of another are
 *       groups, with dummies as those of roles
 * </ul>
 *
 * <p>Errors are HC1, HC3, and CR1 clustered by the day of the event: deals of one day share what
 * else happened on it (Petersen 2009; Cameron, Gelbach &amp; Miller 2011). An event with several
 * roles has several dummies. Events without a CAR, or without an attribute that a specification
 * has, are not in it: n says how many are.
 */
public final class CarModels {
  private static final int LEAST = 5;
  private static final String VALUE = "log_deal_value_to_cap";
  private static final String ROLE = "role=";
  private static final String COVARIATES = "covariates";
  private static final List<Errors> ERRORS = List.of(Errors.HC1, Errors.HC3, Errors.CR1);

  /** What the types of a deal's value are kinds of; another type is a kind of its own. */
  private static final Map<String, String> KINDS =
      Map.of(
          "contract_value", "contract",
          "lease_value", "contract",
          "purchase_commitment", "contract",
          "equity_investment", "equity",
          "remaining_performance_obligations", "backlog",
          "intended_investment", "intention");

  private CarModels() {}

  /**
   * The value of a deal beside that of a party.
   *
   * @param dealUsd value of the deal, USD; NaN where unknown
   * @param marketCapUsd of the party before the window, USD; NaN where unknown
   * @param type what the deal's value is, as delivered; null is read as a contract
   */
  public record Value(double dealUsd, double marketCapUsd, String type) {
    double logRatio() {
      double ratio = dealUsd / marketCapUsd;
      return ratio > 0 ? StrictMath.log(ratio) : Double.NaN;
    }

    String kind() {
      return type == null ? "contract" : KINDS.getOrDefault(type, type);
    }
  }

  /**
   * An event to explain.
   *
   * @param roles of the party in the deal
   * @param day day 0, days since 1970-01-01: events of one day are one cluster
   * @param car its CAR, a fraction
   * @param logValue ln(deal value / market value before the window); NaN where unknown
   * @param valueKind contract, equity, backlog, intention or the deal's own word
   * @param attributes labels and numbers by name, as delivered
   */
  public record Event(
      Set<String> roles,
      int day,
      double car,
      double logValue,
      String valueKind,
      Map<String, String> attributes) {
    /**
     * The event of a measured window.
     *
     * @param roles joined by {@code +}
     * @param day day 0, days since 1970-01-01
     * @param car its CAR, a fraction
     * @param attributes labels and numbers by name
     */
    public static Event of(
        String roles, int day, double car, Value value, Map<String, String> attributes) {
      return new Event(
          new TreeSet<>(List.of(roles.split("\\+", -1))),
          day,
          car,
          value.logRatio(),
          value.kind(),
          attributes);
    }
  }

  /**
   * One fit.
   *
   * @param specification {@code value:KIND}, {@code role}, {@code value-role:KIND} or {@code
   *     covariates}
   * @param errors how standard errors are estimated
   * @param base what the dummies are compared with: {@code role=provider}, with the rare that are
   *     in it after a {@code +}; several joined by {@code ; }; empty without dummies
   * @param fit the coefficients, or why there are none
   */
  public record Regression(String specification, Errors errors, String base, Fit fit) {
    private static final Coefficient NONE =
        new Coefficient("constant", Double.NaN, Double.NaN, Double.NaN, Double.NaN);

    /** The coefficients; a constant without a value where there are none, to say why. */
    public List<Coefficient> coefficients() {
      return fit.status() == TestStatus.OK ? fit.coefficients() : List.of(NONE);
    }
  }

  /**
   * Regressors by name, and what the dummies among them are compared with.
   *
   * @param values of an event, by the term's name
   * @param bases of the dummies; none without dummies
   */
  private record Terms(Map<String, ToDoubleFunction<Event>> values, List<String> bases) {
    static Terms none() {
      return new Terms(new LinkedHashMap<>(), new ArrayList<>());
    }

    Terms value() {
      values.put(VALUE, Event::logValue);
      return this;
    }

    Terms roles(List<Event> events) {
      TreeMap<String, Integer> counts = new TreeMap<>();
      events.forEach(event -> event.roles().forEach(role -> counts.merge(role, 1, Integer::sum)));
      Words words = Words.of(counts);
      for (String role : words.dummies()) {
        values.put(ROLE + role, event -> event.roles().contains(role) ? 1 : 0);
      }
      words.base(ROLE).ifPresent(bases::add);
      return this;
    }
  }

  /**
   * Words that are groups.
   *
   * @param dummies those compared with the base, by name
   * @param base the most frequent, then the rare, by name
   */
  private record Words(List<String> dummies, List<String> base) {
    static Words of(SortedMap<String, Integer> counts) {
      String most = null;
      for (Map.Entry<String, Integer> word : counts.entrySet()) {
        if (most == null || word.getValue() > counts.get(most)) {
          most = word.getKey();
        }
      }
      List<String> dummies = new ArrayList<>();
      List<String> base = new ArrayList<>();
      for (Map.Entry<String, Integer> word : counts.entrySet()) {
        if (word.getKey().equals(most)) {
          base.add(0, word.getKey());
        } else if (word.getValue() < LEAST) {
          base.add(word.getKey());
        } else {
          dummies.add(word.getKey());
        }
      }
      return new Words(dummies, base);
    }

    /** The base as {@code role=provider+lender}; empty without dummies. */
    Optional<String> base(String name) {
      return dummies.isEmpty() ? Optional.empty() : Optional.of(name + String.join("+", base));
    }
  }

  /**
   * Every specification with every kind of errors.
   *
   * @param events in an order that does not depend on how they travelled
   * @param covariates names of attributes; none for no such regression
   */
  public static List<Regression> fit(List<Event> events, List<String> covariates) {
    SortedMap<String, List<Event>> kinds = new TreeMap<>();
    for (Event event : events) {
      if (Double.isFinite(event.logValue())) {
        kinds.computeIfAbsent(event.valueKind(), kind -> new ArrayList<>()).add(event);
      }
    }
    List<Regression> fits = new ArrayList<>();
    kinds.forEach((kind, of) -> add(fits, "value:" + kind, Terms.none().value(), of));
    add(fits, "role", Terms.none().roles(events), events);
    kinds.forEach(
        (kind, of) -> add(fits, "value-role:" + kind, Terms.none().value().roles(of), of));
    if (!covariates.isEmpty()) {
      add(fits, COVARIATES, terms(events, covariates), events);
    }
    return fits;
  }

  private static void add(
      List<Regression> fits, String specification, Terms terms, List<Event> events) {
    double[] car = events.stream().mapToDouble(Event::car).toArray();
    int[] days = events.stream().mapToInt(Event::day).toArray();
    double[][] attributes =
        events.stream()
            .map(
                event ->
                    terms.values().values().stream()
                        .mapToDouble(term -> term.applyAsDouble(event))
                        .toArray())
            .toArray(double[][]::new);
    List<String> names = List.copyOf(terms.values().keySet());
    for (Errors errors : ERRORS) {
      fits.add(
          new Regression(
              specification,
              errors,
              String.join("; ", terms.bases()),
              CrossSectionalRegression.fit(names, attributes, car, errors, days)));
    }
  }

  /**
   * The terms of covariates: the number itself, or {@code name=WORD} for each word but the base.
   */
  private static Terms terms(List<Event> events, List<String> covariates) {
    Terms terms = Terms.none();
    for (String name : covariates) {
      boolean isNumber =
          events.stream()
              .map(event -> event.attributes().get(name))
              .allMatch(value -> value == null || Double.isFinite(number(value)));
      if (isNumber) {
        terms.values().put(name, event -> number(event.attributes().get(name)));
      } else {
        TreeMap<String, Integer> counts = new TreeMap<>();
        events.stream()
            .map(event -> event.attributes().get(name))
            .filter(Objects::nonNull)
            .forEach(value -> counts.merge(value, 1, Integer::sum));
        Words words = Words.of(counts);
        for (String word : words.dummies()) {
          terms
              .values()
              .put(name + "=" + word, event -> isWord(event.attributes().get(name), word));
        }
        words.base(name + "=").ifPresent(terms.bases()::add);
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
}
