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
 * @param regressand what is regressed on them
 */
public record FactorModel(String code, List<String> factors, Regressand regressand)
    implements ReturnModel {

  /** The instrument's return less the riskless one, or as it is. */
  public enum Regressand {
    EXCESS,
    RAW
  }

  static final String PREFIX = "factors:";

  /** The market's own return, mkt_rf + rf: a market that is a factor. */
  static final String MARKET = "mkt";

  public static final List<String> NAMES =
      List.of("mkt_rf", "smb", "hml", "rmw", "cma", "umd", MARKET);

  /** Fama &amp; French 1993; Carhart 1997; Fama &amp; French 2015. */
  public static final List<FactorModel> NAMED =
      List.of(
          new FactorModel("fama-french-3", List.of("mkt_rf", "smb", "hml"), Regressand.EXCESS),
          new FactorModel("carhart-4", List.of("mkt_rf", "smb", "hml", "umd"), Regressand.EXCESS),
          new FactorModel(
              "fama-french-5", List.of("mkt_rf", "smb", "hml", "rmw", "cma"), Regressand.EXCESS),
          new FactorModel(
              "fama-french-5-momentum",
              List.of("mkt_rf", "smb", "hml", "rmw", "cma", "umd"),
              Regressand.EXCESS));

  /** Copies the list. */
  public FactorModel {
    factors = List.copyOf(factors);
  }

  /** The same of returns as they are. */
  public FactorModel ofRawReturns() {
    return new FactorModel(code, factors, Regressand.RAW);
  }

  @Override
  public boolean usesBenchmark() {
    return false;
  }

  @Override
  public String label() {
    return switch (code) {
      case "fama-french-3" -> "Fama and French, three factors";
      case "carhart-4" -> "Carhart, four factors";
      case "fama-french-5" -> "Fama and French, five factors";
      case "fama-french-5-momentum" -> "Fama and French, five factors and momentum";
      default -> "Factors " + String.join(", ", factors);
    };
  }

  @Override
  public String formula() {
    return String.format(
        Locale.ROOT,
        "E[R] = %sα + Σ b F over %s (Fama & French 1993; Carhart 1997; Fama & French 2015)",
        switch (regressand) {
          case EXCESS -> "R_f + ";
          case RAW -> "";
        },
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
    return coefficients.getOrDefault("mkt_rf", coefficients.getOrDefault(MARKET, Double.NaN));
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
    return new FactorModel(PREFIX + names, factors, Regressand.EXCESS);
  }
}
