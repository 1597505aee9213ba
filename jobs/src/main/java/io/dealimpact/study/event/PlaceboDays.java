package io.dealimpact.study.event;

/** The days of an instrument that its events are ranked among. */
public enum PlaceboDays {
  /** Those that end before the event's first window, so that a finished event is final. */
  BEFORE,
  /** None: an event has neither a placebo p nor an interval from its own history. */
  NONE
}
