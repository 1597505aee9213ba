package io.dealimpact.study.event;

/**
 * What a model expected of a window, part by part: with the CAR they add up to the sum of the
 * window's returns. NaN under a model that has no such parts.
 *
 * @param alpha Σ α, a fraction
 * @param market Σ β R_m, a fraction
 * @param sector Σ γ R_s, a fraction; 0 under a model without a sector
 * @param overnight of day 0 alone, R − β R_m − γ R_s from the close before to the open, a fraction;
 *     NaN for other windows, and where the instrument, the benchmark or the sector has no open
 */
public record ReturnParts(double alpha, double market, double sector, double overnight) {
  static final ReturnParts NONE = new ReturnParts(Double.NaN, Double.NaN, Double.NaN, Double.NaN);
}
