package io.dealimpact.study.group;

/**
 * Standard deviation (n − 1) of the events' SCARs, window by window: the result of the first pass
 * that GRANK's second pass needs.
 *
 * @param deviations one for each window of the spec; NaN for fewer than two events
 */
public record ScarSpread(double[] deviations) {}
