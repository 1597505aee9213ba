package io.dealimpact.study.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * E[R] = R_f + α + Σ b_j F_j, by ordinary least squares of R − R_f on a constant and factors; k = 1
 * + the number of factors.
 *
 * @param code its name
 * @param factors the factors, in the order of the coefficients
 */
public record FactorModel(String code, List<String> factors) implements ReturnModel {

  static final String PREFIX = "factors:";

  public static final List<String> NAMES = List.of("mkt_rf", "smb", "hml", "rmw", "cma", "umd");

  /** Fama &amp; French 1993; Carhart 1997; Fama &amp; French 2015. */
  public static final List<FactorModel> NAMED =
      List.of(
          new FactorModel("fama-french-3", List.of("mkt_rf", "smb", "hml")),
          new FactorModel("carhart-4", List.of("mkt_rf", "smb", "hml", "umd")),
          new FactorModel("fama-french-5", List.of("mkt_rf", "smb", "hml", "rmw", "cma")),
          new FactorModel(
              "fama-french-5-momentum", List.of("mkt_rf", "smb", "hml", "rmw", "cma", "umd")));

  /** Copies the list. */
  public FactorModel {
    factors = List.copyOf(factors);
  }

  @Override
  public boolean usesBenchmark() {
    return false;
  }

  @Override
  public String formula() {
    return String.format(
        Locale.ROOT,
        "E[R] = R_f + α + Σ b F over %s (Fama & French 1993; Carhart 1997; Fama & French 2015)",
        String.join(", ", factors));
  }

  @Override
  public ModelSeries series(ReturnInputs inputs) {
    return ModelDesigns.ofFactors(this, inputs);
  }

  @Override
  public Fit.Estimator estimator(ModelSeries series, ReturnInputs inputs) {
    return new LeastSquares(series);
  }

  @Override
  public double beta(Map<String, Double> coefficients) {
    return coefficients.getOrDefault("mkt_rf", Double.NaN);
  }

  /**
   * A model of named factors: {@code smb+hml}.
   *
   * @throws IllegalArgumentException if a factor is unknown or named twice
   */
  static FactorModel ofFactors(String names) {
    List<String> factors = new ArrayList<>();
    for (String name : names.split("\\+", -1)) {
      if (!NAMES.contains(name)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT, "no factor '%s' in '%s%s'. Allowed: %s", name, PREFIX, names, NAMES));
      }
      if (factors.contains(name)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT, "factor '%s' is named twice in '%s%s'", name, PREFIX, names));
      }
      factors.add(name);
    }
    return new FactorModel(PREFIX + names, factors);
  }
}
