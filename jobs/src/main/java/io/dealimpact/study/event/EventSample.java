package io.dealimpact.study.event;

import io.dealimpact.study.market.EventWindow;
import io.dealimpact.study.market.ReturnKind;

/**
 * One event under one return model: all that a test over many events needs of it.
 *
 * <p>Two axes of relative trading days: that of the estimation window and that of the event. A
 * missing return is NaN on either. Returns are fractions of the study's {@link ReturnKind}.
 *
 * @param key which event
 * @param estimation the estimation window
 * @param returns the days about the event
 * @param market the market's returns about the event
 */
public record EventSample(Key key, Estimation estimation, Returns returns, MarketDays market) {

  /**
   * Which event.
   *
   * @param eventId {@code deal_id:instrument_id}; the canonical order of events
   * @param instrumentId the instrument
   * @param epochDay day 0, days since 1970-01-01
   */
  public record Key(String eventId, String instrumentId, int epochDay) {}

  /**
   * The estimation window. {@code residuals[i]} and {@code leverages[i]} are of the relative day
   * {@code start + i}.
   *
   * @param start relative day of {@code residuals[0]}
   * @param residuals R_t − E[R_t]; where no constant is estimated (market-adjusted, synthetic
   *     control) their mean is left in, so that ranks and signs compare them with event days
   * @param leverages h_t = x_t'(X'X)⁻¹x_t of every residual, NaN where that is missing: 1/M for
   *     mean-adjusted; zeros where nothing is estimated by regression (market-adjusted, synthetic
   *     control)
   * @param degreesOfFreedom of {@code sigma}: M − k, or M − 1 for the market-adjusted model
   * @param sigma residual standard deviation s, with {@code degreesOfFreedom}
   * @param inverseCrossProduct (X'X)⁻¹: [coefficient][coefficient]
   */
  public record Estimation(
      int start,
      double[] residuals,
      double[] leverages,
      int degreesOfFreedom,
      double sigma,
      double[][] inverseCrossProduct) {

    /** The same window on other relative days. */
    Estimation startingOn(int relativeDay) {
      return new Estimation(
          relativeDay, residuals, leverages, degreesOfFreedom, sigma, inverseCrossProduct);
    }
  }

  /**
   * The days about the event. {@code abnormal[i]} and the others are of the relative day {@code
   * start + i}.
   *
   * @param start relative day of {@code abnormal[0]}
   * @param abnormal AR_t
   * @param expected E[R_t]
   * @param sigmas σ_t: s of the estimation window on every day, or a GARCH forecast
   * @param design x_t': [day][coefficient], constant first; no columns where nothing is estimated
   */
  public record Returns(
      int start, double[] abnormal, double[] expected, double[] sigmas, double[][] design) {

    /** The same days with other abnormal returns. */
    public Returns withAbnormal(double... others) {
      return new Returns(start, others, expected, sigmas, design);
    }

    /** The same returns on other relative days. */
    Returns startingOn(int relativeDay) {
      return new Returns(relativeDay, abnormal, expected, sigmas, design);
    }

    private boolean cover(EventWindow window) {
      return window.start() >= start && window.end() < start + abnormal.length;
    }
  }

  /** Σ AR_t over the window; NaN where a day of it is missing or outside the event axis. */
  public double car(EventWindow window) {
    if (!returns.cover(window)) {
      return Double.NaN;
    }
    double sum = 0;
    for (int day = window.start(); day <= window.end(); day++) {
      sum += returns.abnormal[day - returns.start];
    }
    return sum;
  }

  /**
   * S_CAR with the covariance between days that the estimated coefficients cause: S_CAR² = Σσ_t² +
   * s²·1'X_L(X'X)⁻¹X_L'1 (Mikkelson &amp; Partch 1988; Campbell, Lo &amp; MacKinlay 1997, eq.
   * 4.4.10).
   */
  public double carStandardError(EventWindow window) {
    if (!returns.cover(window)) {
      return Double.NaN;
    }
    int k = estimation.inverseCrossProduct.length;
    double[] total = new double[k];
    double variance = 0;
    for (int day = window.start(); day <= window.end(); day++) {
      int t = day - returns.start;
      variance += returns.sigmas[t] * returns.sigmas[t];
      for (int j = 0; j < k; j++) {
        total[j] += returns.design[t][j];
      }
    }
    return Math.sqrt(variance + estimation.sigma * estimation.sigma * quadraticForm(total));
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
    return estimation.inverseCrossProduct.length == 2 && market.isKnown();
  }

  /** The same on other relative days. */
  EventSample movedTo(int estimationStart, int returnsStart) {
    return new EventSample(
        key, estimation.startingOn(estimationStart), returns.startingOn(returnsStart), market);
  }

  private double quadraticForm(double[] x) {
    double form = 0;
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < x.length; j++) {
        // A coefficient without an error needs no value.
        double error = estimation.inverseCrossProduct[i][j];
        form += error == 0 ? 0 : x[i] * error * x[j];
      }
    }
    return form;
  }
}
