package io.dealimpact.study.model;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The market model with a β that allows for thin trading, from leads and lags of the market: E[R_t]
 * = α + βR_m,t with α = R̄ − βR̄_m; k = 2. {@link LeadLag} has the formulas.
 *
 * @param code its name
 * @param aggregation how leads and lags become one β
 * @param lags leads, and as many lags
 */
public record LeadLagModel(String code, Aggregation aggregation, int lags) implements ReturnModel {

  /** How leads and lags become one β. */
  public enum Aggregation {
    /** Simple slopes over 1 + 2ρ (Scholes &amp; Williams 1977). */
    SCHOLES_WILLIAMS,
    /** The sum of the multiple slopes (Dimson 1979). */
    DIMSON,
    /** Their weighted sum (Fowler &amp; Rorke 1983). */
    FOWLER_RORKE
  }

  static final String DIMSON_PREFIX = "dimson:";

  public static final List<LeadLagModel> NAMED =
      List.of(
          new LeadLagModel("scholes-williams", Aggregation.SCHOLES_WILLIAMS, 1),
          new LeadLagModel("dimson", Aggregation.DIMSON, 1),
          new LeadLagModel("dimson-fowler-rorke", Aggregation.FOWLER_RORKE, 1),
          new LeadLagModel("dimson-fowler-rorke:2", Aggregation.FOWLER_RORKE, 2));

  @Override
  public boolean usesBenchmark() {
    return true;
  }

  @Override
  public String label() {
    String name =
        switch (aggregation) {
          case SCHOLES_WILLIAMS -> "Scholes and Williams";
          case DIMSON -> "Dimson";
          case FOWLER_RORKE -> "Fowler and Rorke";
        };
    return String.format(
        Locale.ROOT, "%s, %d %s", name, lags, lags == 1 ? "lead and lag" : "leads and lags");
  }

  @Override
  public String formula() {
    String beta =
        switch (aggregation) {
          case SCHOLES_WILLIAMS -> "simple slopes over 1 + 2ρ (Scholes & Williams 1977)";
          case DIMSON -> "the sum of the multiple slopes (Dimson 1979)";
          case FOWLER_RORKE -> "the weighted sum of the multiple slopes (Fowler & Rorke 1983)";
        };
    return String.format(Locale.ROOT, "E[R] = α + β R_m, β from %d leads and lags: %s", lags, beta);
  }

  @Override
  public ModelSeries series(ReturnInputs inputs) {
    return ModelDesigns.marketModel(inputs);
  }

  @Override
  public Fit.Estimator estimator(ModelSeries series, ReturnInputs inputs) {
    return new LeadLag(this, series, inputs.market().benchmark());
  }

  @Override
  public double beta(Map<String, Double> coefficients) {
    return coefficients.getOrDefault("beta", Double.NaN);
  }

  /** Dimson's with a number of leads and lags: {@code dimson:2}. */
  static LeadLagModel ofDimson(String lags) {
    if (!lags.matches("[1-5]")) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "'%s%s' asks for '%s' leads and lags; allowed are 1 to 5",
              DIMSON_PREFIX,
              lags,
              lags));
    }
    return new LeadLagModel(DIMSON_PREFIX + lags, Aggregation.DIMSON, Integer.parseInt(lags));
  }
}
