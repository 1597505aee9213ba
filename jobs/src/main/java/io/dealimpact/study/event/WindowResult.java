package io.dealimpact.study.event;

import io.dealimpact.study.market.EventWindow;
import io.dealimpact.study.market.StudyStatus;

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
 *     {@code placeboP} 1
 * @param sampleQuantileP two-sided sample-quantile p (Gelbach, Helland &amp; Klick 2013)
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
    double sampleQuantileP) {

  static WindowResult unmeasured(EventWindow window, StudyStatus status, String reason) {
    double none = Double.NaN;
    return new WindowResult(
        window, status, reason, none, none, none, 0, none, none, none, none, 0, none);
  }
}
