package io.dealimpact.study.event;

import io.dealimpact.study.market.EventWindow;
import io.dealimpact.study.market.ReturnKind;

/**
 * One event under one return model: all that a test over many events needs of it.
 *
 * <p>Two axes of relative trading days. The estimation axis holds {@code residuals[i]} of day
 * {@code estimationStart + i}; the event axis holds {@code abnormalReturns[i]} of day {@code
 * eventStart + i}. A missing return is NaN on either. Returns are fractions of the study's {@link
 * ReturnKind}.
 *
 * @param eventId {@code deal_id:instrument_id}; the canonical order of events
 * @param instrumentId the instrument
 * @param eventEpochDay day 0, days since 1970-01-01
 * @param degreesOfFreedom of {@code sigma}: M − k, or M − 1 for the market-adjusted model
 * @param sigma residual standard deviation s of the estimation window, with {@code
 *     degreesOfFreedom}
 * @param estimationStart relative day of {@code residuals[0]}
 * @param residuals R_t − E[R_t] of the estimation window; where no constant is estimated
 *     (market-adjusted, synthetic control) their mean is left in, so that ranks and signs compare
 *     them with event days
 * @param eventStart relative day of {@code abnormalReturns[0]}
 * @param abnormalReturns AR_t
 * @param expectedReturns E[R_t], same axis as {@code abnormalReturns}
 * @param sigmaByDay σ_t of the event axis: {@code sigma} on every day, or a GARCH forecast
 * @param design x_t' of every event day: [day][coefficient], constant first; no columns where
 *     nothing is estimated
 * @param inverseCrossProduct (X'X)⁻¹ of the estimation window: [coefficient][coefficient]
 * @param leverages h_t = x_t'(X'X)⁻¹x_t of every residual, NaN where that is missing: 1/M for
 *     mean-adjusted; zeros where nothing is estimated by regression (market-adjusted, synthetic
 *     control)
 * @param market the market's returns about the event
 */
public record EventSample(
    String eventId,
    String instrumentId,
    int eventEpochDay,
    int degreesOfFreedom,
    double sigma,
    int estimationStart,
    double[] residuals,
    int eventStart,
    double[] abnormalReturns,
    double[] expectedReturns,
    double[] sigmaByDay,
    double[][] design,
    double[][] inverseCrossProduct,
    double[] leverages,
    MarketDays market) {

  /** Σ AR_t over the window; NaN where a day of it is missing or outside the event axis. */
  public double car(EventWindow window) {
    if (!covers(window)) {
      return Double.NaN;
    }
    double sum = 0;
    for (int day = window.start(); day <= window.end(); day++) {
      sum += abnormalReturns[day - eventStart];
    }
    return sum;
  }

  /**
   * S_CAR with the covariance between days that the estimated coefficients cause: S_CAR² = Σσ_t² +
   * s²·1'X_L(X'X)⁻¹X_L'1 (Mikkelson &amp; Partch 1988; Campbell, Lo &amp; MacKinlay 1997, eq.
   * 4.4.10).
   */
  public double carStandardError(EventWindow window) {
    if (!covers(window)) {
      return Double.NaN;
    }
    int k = inverseCrossProduct.length;
    double[] total = new double[k];
    double variance = 0;
    for (int day = window.start(); day <= window.end(); day++) {
      int t = day - eventStart;
      variance += sigmaByDay[t] * sigmaByDay[t];
      for (int j = 0; j < k; j++) {
        total[j] += design[t][j];
      }
    }
    return Math.sqrt(variance + sigma * sigma * quadraticForm(total));
  }

  /** SCAR = CAR / S_CAR. */
  public double scar(EventWindow window) {
    return car(window) / carStandardError(window);
  }

  /** SAR_t = AR_t / (σ_t √C_t), C_t = 1 + x_t'(X'X)⁻¹x_t (Patell 1976). */
  public double standardizedAbnormalReturn(int relativeDay) {
    return scar(new EventWindow(relativeDay, relativeDay));
  }

  /** A constant and one regressor: a market model. */
  public boolean hasOneRegressor() {
    return inverseCrossProduct.length == 2 && market.isKnown();
  }

  /** The same on other relative days. */
  EventSample movedTo(int newEstimationStart, int newEventStart) {
    return new EventSample(
        eventId,
        instrumentId,
        eventEpochDay,
        degreesOfFreedom,
        sigma,
        newEstimationStart,
        residuals,
        newEventStart,
        abnormalReturns,
        expectedReturns,
        sigmaByDay,
        design,
        inverseCrossProduct,
        leverages,
        market);
  }

  private boolean covers(EventWindow window) {
    return window.start() >= eventStart && window.end() < eventStart + abnormalReturns.length;
  }

  private double quadraticForm(double[] x) {
    double form = 0;
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < x.length; j++) {
        form += x[i] * inverseCrossProduct[i][j] * x[j];
      }
    }
    return form;
  }
}
