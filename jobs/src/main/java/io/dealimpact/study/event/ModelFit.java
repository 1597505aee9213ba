package io.dealimpact.study.event;

import io.dealimpact.study.market.StudyStatus;
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
 * @param sigma residual standard deviation, with {@code degreesOfFreedom}
 * @param n returns in the estimation window
 * @param rSquared share of the variance explained; NaN where nothing is estimated (market-adjusted)
 * @param degreesOfFreedom n − k, or n − 1 market-adjusted
 * @param status how it ended
 * @param reason why, and what was assumed
 */
public record ModelFit(
    ReturnModel model,
    double alpha,
    double beta,
    Map<String, Double> coefficients,
    double sigma,
    int n,
    double rSquared,
    int degreesOfFreedom,
    StudyStatus status,
    String reason) {}
