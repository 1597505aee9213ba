package io.dealimpact.study.group;

/**
 * Average and cumulative average abnormal return of one relative day, with intervals of the
 * cross-section.
 *
 * @param relativeDay trading days from day 0
 * @param n events with a return that day
 * @param aar Σ AR/n; NaN for n = 0
 * @param aarLow aar − t·s/√n, t the two-sided quantile with n − 1; NaN for n &lt; 2
 * @param aarHigh aar + t·s/√n
 * @param cumulativeN events with a return on every day from the first of the axis
 * @param caar mean over those events of the sum to this day, so an event with a gap leaves it
 * @param caarLow caar − t·s/√n, of those events
 * @param caarHigh caar + t·s/√n
 */
public record PathPoint(
    int relativeDay,
    long n,
    double aar,
    double aarLow,
    double aarHigh,
    long cumulativeN,
    double caar,
    double caarLow,
    double caarHigh) {}
