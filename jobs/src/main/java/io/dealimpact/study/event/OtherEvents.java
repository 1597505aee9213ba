package io.dealimpact.study.event;

/** What the estimation window does with days of the instrument's other events. */
public enum OtherEvents {
  /** They stay: the usual practice. */
  KEEP,
  /**
   * They are left out: the days of the other events' windows (the hull of the study's windows). The
   * estimation window is not made longer for them.
   */
  LEAVE_OUT
}
