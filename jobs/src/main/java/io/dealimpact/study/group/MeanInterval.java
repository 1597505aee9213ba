package io.dealimpact.study.group;

import io.dealimpact.study.market.EventWindow;

/**
 * Confidence interval of a window's CAAR.
 *
 * @param window days summed
 * @param n events
 * @param method {@code t} or {@code percentile-t}
 * @param mean CAAR
 * @param low lower end; NaN where it has none
 * @param high upper end
 * @param level 0.95, say
 */
public record MeanInterval(
    EventWindow window,
    long n,
    String method,
    double mean,
    double low,
    double high,
    double level) {}
