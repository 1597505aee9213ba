package io.dealimpact.study.model;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A model of the return that would have been expected without the event. */
public sealed interface ReturnModel extends Serializable
    permits StandardModel, FactorModel, LeadLagModel {

  /** The name in configuration and tables, in lower-kebab-case: {@code market-model}. */
  String code();

  /** The name for people: {@code Market model}. */
  String label();

  /** The expected return in one line, with its reference. */
  String formula();

  /** Whether another benchmark can give another expected return. */
  boolean usesBenchmark();

  /** What is regressed on what, for an instrument's returns. */
  ModelSeries series(ReturnInputs inputs);

  /** How the coefficients are estimated from its series. */
  Fit.Estimator estimator(ModelSeries series, ReturnInputs inputs);

  /**
   * The sensitivity to the market among its coefficients; NaN where it has none.
   *
   * @param coefficients by name
   */
  double beta(Map<String, Double> coefficients);

  /** Every model that has a name of its own. */
  static List<ReturnModel> named() {
    List<ReturnModel> named = new ArrayList<>(List.of(StandardModel.values()));
    named.addAll(FactorModel.NAMED);
    named.addAll(LeadLagModel.NAMED);
    return List.copyOf(named);
  }

  /**
   * The model of a name.
   *
   * @throws IllegalArgumentException if there is none; the message lists the names
   */
  static ReturnModel parse(String code) {
    String wanted = code.strip();
    List<ReturnModel> named = named();
    for (ReturnModel model : named) {
      if (model.code().equals(wanted)) {
        return model;
      }
    }
    if (wanted.startsWith(LeadLagModel.DIMSON_PREFIX)) {
      return LeadLagModel.ofDimson(wanted.substring(LeadLagModel.DIMSON_PREFIX.length()));
    }
    if (wanted.startsWith(FactorModel.PREFIX)) {
      return FactorModel.ofFactors(wanted.substring(FactorModel.PREFIX.length()));
    }
    List<String> allowed = named.stream().map(ReturnModel::code).toList();
    throw new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "no return model '%s'. Allowed: %s, %s, or %s with any of %s",
            code,
            String.join(", ", allowed),
            LeadLagModel.DIMSON_PREFIX + "2",
            FactorModel.PREFIX + "smb+hml",
            FactorModel.NAMES));
  }
}
