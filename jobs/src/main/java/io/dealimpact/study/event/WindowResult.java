package io.dealimpact.study.event;

import io.dealimpact.study.market.EventWindow;
import io.dealimpact.study.market.StudyStatus;
import io.dealimpact.study.model.DonorPlacebo;

/**
 * One window of one event under one model. All numbers are NaN unless the status is {@code OK}.
 *
 * @param window the days
 * @param status how it ended
 * @param reason why, and what was assumed
 * @param car Σ AR_t, a fraction
 * @param carSe S_CAR, the covariance between days included (Mikkelson &amp; Partch 1988)
 * @param t car / carSe
 * @param df degrees of freedom of t
 * @param p two-sided, of t with df
 * @param scar car / carSe, the standardised CAR
 * @param bhar Π(1 + R) − Π(1 + E[R]) in simple returns
 * @param placeboP (1 + #{days with |CAR| ≥ this event's}) / (1 + placeboN)
 * @param placeboN the instrument's non-event days before the event that it is ranked among; 0 makes
 *     {@code placeboP} 1, or NaN where no placebo was asked for
 * @param sampleQuantileP two-sided p, as {@link SampleQuantile} has it
 * @param parts what the model expected, part by part
 * @param history the CAR against the instrument's own standardised history
 * @param donors the gap against those of a synthetic control's donors
 */
public record WindowResult(
    EventWindow window,
    StudyStatus status,
    String reason,
    double car,
    double carSe,
    double t,
    int df,
    double p,
    double scar,
    double bhar,
    double placeboP,
    int placeboN,
    double sampleQuantileP,
    ReturnParts parts,
    OwnHistory history,
    DonorPlacebo donors) {

  static WindowResult unmeasured(EventWindow window, StudyStatus status, String reason) {
    return builder(window, status).reason(reason).build();
  }

  /** The builder of a result; every number is NaN, and every count 0, until it is set. */
  public static Builder builder(EventWindow window, StudyStatus status) {
    return new Builder(window, status);
  }

  /** Collects a result, a figure with its name. */
  public static final class Builder {
    private final EventWindow window;
    private final StudyStatus status;
    private String reason = "";
    private double car = Double.NaN;
    private double carSe = Double.NaN;
    private double t = Double.NaN;
    private int df;
    private double p = Double.NaN;
    private double scar = Double.NaN;
    private double bhar = Double.NaN;
    private double placeboP = Double.NaN;
    private int placeboN;
    private double sampleQuantileP = Double.NaN;
    private ReturnParts parts = ReturnParts.NONE;
    private OwnHistory history = OwnHistory.NONE;
    private DonorPlacebo donors = DonorPlacebo.NONE;

    private Builder(EventWindow window, StudyStatus status) {
      this.window = window;
      this.status = status;
    }

    /** Why, and what was assumed. */
    public Builder reason(String value) {
      reason = value;
      return this;
    }

    /** The CAR and its standard error. */
    public Builder car(double value, double standardError) {
      car = value;
      carSe = standardError;
      return this;
    }

    /** The CAR's t, its degrees of freedom and its two-sided p. */
    public Builder test(double statistic, int degreesOfFreedom, double pValue) {
      t = statistic;
      df = degreesOfFreedom;
      p = pValue;
      return this;
    }

    /** The standardised CAR. */
    public Builder scar(double value) {
      scar = value;
      return this;
    }

    /** The buy-and-hold abnormal return. */
    public Builder bhar(double value) {
      bhar = value;
      return this;
    }

    /** The placebo p and the days it ranks among. */
    public Builder placebo(double pValue, int days) {
      placeboP = pValue;
      placeboN = days;
      return this;
    }

    /** The sample-quantile p. */
    public Builder sampleQuantile(double pValue) {
      sampleQuantileP = pValue;
      return this;
    }

    /** What the model expected, part by part. */
    public Builder parts(ReturnParts value) {
      parts = value;
      return this;
    }

    /** The CAR against the instrument's own history. */
    public Builder history(OwnHistory value) {
      history = value;
      return this;
    }

    /** The gap against those of the donors. */
    public Builder donors(DonorPlacebo value) {
      donors = value;
      return this;
    }

    /** The result. */
    public WindowResult build() {
      return new WindowResult(
          window,
          status,
          reason,
          car,
          carSe,
          t,
          df,
          p,
          scar,
          bhar,
          placeboP,
          placeboN,
          sampleQuantileP,
          parts,
          history,
          donors);
    }
  }
}
