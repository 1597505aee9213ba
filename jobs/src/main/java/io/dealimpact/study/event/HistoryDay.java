package io.dealimpact.study.event;

/**
 * A day without an event, held against the days before it as an event of that day would be.
 *
 * @param day index in the calendar
 * @param z CAR / S_CAR of the window about the day
 * @param df degrees of freedom of the day's fit
 * @param history the days before, with the end of the calibrated interval in units of S_CAR
 */
public record HistoryDay(int day, double z, int df, OwnHistory history) {}
