package io.dealimpact.study.event;

import io.dealimpact.study.market.EventWindow;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An event of one instrument.
 *
 * @param eventId {@code deal_id:instrument_id}
 * @param day its day 0
 * @param ownWindow a window beside those of the plan; empty for none
 */
public record StudyEvent(String eventId, EventDay day, Optional<EventWindow> ownWindow) {

  /** An event with the plan's windows alone. */
  public StudyEvent(String eventId, EventDay day) {
    this(eventId, day, Optional.empty());
  }

  /** The windows it is measured over: the plan's, and its own where that is none of them. */
  List<EventWindow> windows(StudyPlan plan) {
    return ownWindow.isEmpty()
        ? plan.windows()
        : Stream.concat(plan.windows().stream(), ownWindow.stream()).distinct().toList();
  }

  /** The days whose abnormal returns are given: those of the plan, and of its own window. */
  EventWindow days(StudyPlan plan) {
    return ownWindow.map(plan.eventWindow()::hull).orElse(plan.eventWindow());
  }
}
