package io.dealimpact.study.model;

import io.dealimpact.study.market.StudyStatus;
import io.dealimpact.study.numeric.DayRange;
import java.util.List;
import java.util.Map;

/**
 * A model estimated on some days.
 *
 * @param status {@code OK} or why not
 * @param reason with numbers, where not {@code OK}
 * @param n returns used
 * @param degreesOfFreedom n − k, or n − 1 where nothing is estimated
 * @param sigma residual standard deviation with those degrees of freedom
 * @param coefficients b, in the order of the design
 * @param inverse (X'X)⁻¹; empty where the error of the estimate is not carried into the forecast
 * @param rSquared NaN where nothing is estimated
 * @param forecast standard deviation of the days after the estimation window, by distance − 1;
 *     empty where it is {@code sigma} on all days
 * @param extra estimates that are no coefficient of the design, by name
 */
public record Fit(
    StudyStatus status,
    String reason,
    int n,
    int degreesOfFreedom,
    double sigma,
    double[] coefficients,
    double[][] inverse,
    double rSquared,
    double[] forecast,
    Map<String, Double> extra) {

  public static Fit failed(StudyStatus status, String reason, int n) {
    double none = Double.NaN;
    return new Fit(
        status, reason, n, 0, none, new double[0], new double[0][], none, new double[0], Map.of());
  }

  public boolean ok() {
    return status == StudyStatus.OK;
  }

  /** Estimates a model on the days of some ranges. */
  public interface Estimator {
    /**
     * Fits.
     *
     * @param days the estimation window, what is left out taken away; ascending
     * @param minimum fewest returns
     */
    Fit fit(List<DayRange> days, int minimum);

    /**
     * The numbers of the fit without words.
     *
     * @return whether the fit is {@code OK}; if not, what is in {@code into} has no meaning
     */
    default boolean estimate(List<DayRange> days, int minimum, Estimate into) {
      Fit fit = fit(days, minimum);
      if (fit.ok()) {
        into.set(fit);
      }
      return fit.ok();
    }
  }
}
