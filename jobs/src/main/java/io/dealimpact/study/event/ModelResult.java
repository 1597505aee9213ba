package io.dealimpact.study.event;

import java.util.List;
import java.util.Optional;

/**
 * One event under one model.
 *
 * @param event the event
 * @param fit the estimated model
 * @param days the days of the plan's event window that the calendar has; empty unless fitted
 * @param windows one result for each window of the plan, in its order
 * @param sample what tests over many events need; empty unless fitted
 */
public record ModelResult(
    StudyEvent event,
    ModelFit fit,
    List<DayResult> days,
    List<WindowResult> windows,
    Optional<EventSample> sample) {}
