package io.dealimpact.study.event;

/**
 * One day of one event under one model.
 *
 * @param relativeDay trading days from day 0
 * @param calendarIndex the day in the calendar
 * @param actual the return, a fraction; NaN where the instrument has none
 * @param expected the model's return; NaN where benchmark or factors have none
 * @param abnormal AR_t = actual − expected
 * @param standardized SAR_t = AR_t / (σ_t √C_t) (Patell 1976)
 */
public record DayResult(
    int relativeDay,
    int calendarIndex,
    double actual,
    double expected,
    double abnormal,
    double standardized) {}
