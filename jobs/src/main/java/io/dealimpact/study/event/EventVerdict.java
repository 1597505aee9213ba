package io.dealimpact.study.event;

/** What can be said of one company-day, among all of a study. */
public enum EventVerdict {
  /** Its q is at most the level: it counts among all events that were looked at. */
  STANDS_OUT("stands-out"),
  /** Its p is at most the level and its q is not: it would count if it were the only event. */
  STANDS_OUT_ALONE("stands-out-alone"),
  /** The whole deal is worth less than the effect that could be seen. */
  COULD_NOT_BE_SEEN("could-not-be-seen"),
  /** An effect of the size of the deal would have been seen, or its size is not known. */
  NOT_SEEN("not-seen");

  private final String code;

  EventVerdict(String code) {
    this.code = code;
  }

  /** The value of the column {@code verdict}. */
  public String code() {
    return code;
  }

  /**
   * The verdict of an event that was measured.
   *
   * @param p of the event alone
   * @param q over all events
   * @param dealUsd the largest stated value of the deal; NaN where unknown
   * @param detectableUsd the effect that is seen in 80 of 100 cases; NaN where unknown
   * @param level of p and q
   */
  public static EventVerdict of(
      double p, double q, double dealUsd, double detectableUsd, double level) {
    if (q <= level) {
      return STANDS_OUT;
    }
    if (p <= level) {
      return STANDS_OUT_ALONE;
    }
    return dealUsd < detectableUsd ? COULD_NOT_BE_SEEN : NOT_SEEN;
  }
}
