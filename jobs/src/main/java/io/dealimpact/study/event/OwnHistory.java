package io.dealimpact.study.event;

/**
 * A CAR held against the instrument's own standardised CARs before the event.
 *
 * @param days n, how many days: the last 600 at most
 * @param p (1 + #{|z_t| ≥ |z_0|}) / (1 + n); NaN without a day
 * @param quantile of |z_t|, the ⌈(1 + n)·confidence⌉-th smallest: the calibrated interval is CAR ±
 *     quantile × S_CAR; NaN where n is too small for an end to the interval
 */
public record OwnHistory(int days, double p, double quantile) {
  static final OwnHistory NONE = new OwnHistory(0, Double.NaN, Double.NaN);
}
