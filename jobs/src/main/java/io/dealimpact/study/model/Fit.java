package io.dealimpact.study.model;

import io.dealimpact.study.market.StudyStatus;
import io.dealimpact.study.numeric.DayRange;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;

/**
 * A model estimated on some days.
 *
 * @param status {@code OK} or why not
 * @param reason with numbers, where not {@code OK}
 * @param residuals what it leaves unexplained
 * @param coefficients what it estimates
 * @param forecast standard deviation of the days after the estimation window, by distance − 1;
 *     empty where it is the residuals' on all days
 */
public record Fit(
    StudyStatus status,
    String reason,
    ResidualMoments residuals,
    Coefficients coefficients,
    double[] forecast) {

  /**
   * The estimates of a model.
   *
   * @param values b, in the order of the design
   * @param inverse (X'X)⁻¹; empty where the error of the estimate is not carried into the forecast
   * @param extra estimates that are no coefficient of the design, by name
   */
  public record Coefficients(double[] values, double[][] inverse, Map<String, Double> extra) {
    private static final Coefficients NONE =
        new Coefficients(new double[0], new double[0][], Map.of());
  }

  /** A fit whose standard deviation is that of the residuals on all days. */
  static Fit of(ResidualMoments residuals, Coefficients coefficients) {
    return new Fit(StudyStatus.OK, "", residuals, coefficients, new double[0]);
  }

  public static Fit failed(StudyStatus status, String reason, int n) {
    return new Fit(status, reason, ResidualMoments.unknown(n), Coefficients.NONE, new double[0]);
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

    /**
     * The rank of the event's gap among those of donors that nothing happened to; {@link
     * DonorPlacebo#NONE} for a model without donors.
     *
     * @param estimation the days of the fit
     * @param dayZero index in the calendar
     * @param window its days, relative to day 0
     * @param start index of the day from whose close the return of a relative day starts
     */
    default DonorPlacebo inSpace(
        Supplier<List<DayRange>> estimation, int dayZero, int[] window, IntUnaryOperator start) {
      return DonorPlacebo.NONE;
    }
  }
}
