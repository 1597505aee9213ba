package io.dealimpact.study.event;

import io.dealimpact.study.market.StudyStatus;
import io.dealimpact.study.model.Fit;
import io.dealimpact.study.model.ResidualMoments;
import io.dealimpact.study.model.ReturnModel;
import java.util.Map;

/**
 * A return model estimated before one event. Where the status is not {@code OK} and nothing was
 * estimated, the numbers but {@code n} are NaN.
 *
 * @param model the model
 * @param alpha its constant, a fraction a day; 0 where it has none
 * @param beta its slope on the market; 1 market-adjusted, 0 mean-adjusted, NaN for a factor model
 *     without {@code mkt_rf}
 * @param coefficients all coefficients by name, in the design's order
 * @param residuals what it leaves unexplained in the estimation window
 * @param status how it ended
 * @param reason why, and what was assumed
 */
public record ModelFit(
    ReturnModel model,
    double alpha,
    double beta,
    Map<String, Double> coefficients,
    ResidualMoments residuals,
    StudyStatus status,
    String reason) {

  /** A model that could not be estimated. */
  static ModelFit failed(ReturnModel model, Fit fit, String reason) {
    return new ModelFit(
        model, Double.NaN, Double.NaN, Map.of(), fit.residuals(), fit.status(), reason);
  }

  /** An estimated model. */
  static ModelFit of(ReturnModel model, Map<String, Double> coefficients, Fit fit, String reason) {
    return new ModelFit(
        model,
        coefficients.getOrDefault("alpha", 0.0),
        model.beta(coefficients),
        coefficients,
        fit.residuals(),
        StudyStatus.OK,
        reason);
  }
}
