package io.dealimpact.study.group;

/** Whether a test over many events has a result, and if not, why. */
public enum TestStatus {
  /** The statistic and its p-value are numbers. */
  OK,
  /**
   * Fewer usable events than the statistic needs; or than it holds its size with: then it has
   * figures, on which no verdict rests.
   */
  TOO_FEW_EVENTS,
  /** Fewer usable days (of the estimation window, or of the calendar) than the statistic needs. */
  TOO_FEW_DAYS,
  /** What the statistic divides by is zero: all values alike. */
  ZERO_VARIANCE,
  /** The correction for dependence has no real root, or clusters do not vary. */
  NOT_DEFINED,
  /** A value is too large to be summed or to be a return. */
  OUT_OF_RANGE,
  /** More events than the study may keep one by one. */
  TOO_MANY_EVENTS,
  /** Not computed: the study was created without what it needs. */
  NOT_REQUESTED
}
