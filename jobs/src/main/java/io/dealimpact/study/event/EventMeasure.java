package io.dealimpact.study.event;

import java.util.Optional;

/**
 * One thing that groups of events are tested for: abnormal returns under a model, or the volume or
 * volatility of the same days in their place.
 *
 * @param name the model's code; {@code log-turnover} or {@code log-volume}; {@code
 *     volatility:MODEL}
 * @param kind what is measured
 * @param sample empty where the event could not be measured
 */
public record EventMeasure(String name, Kind kind, Optional<EventSample> sample) {
  /** What is measured. */
  public enum Kind {
    RETURNS,
    VOLUME,
    VOLATILITY
  }
}
