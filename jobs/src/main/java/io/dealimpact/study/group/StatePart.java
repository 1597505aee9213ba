package io.dealimpact.study.group;

/** What a {@link GroupState} sums only where a test that is asked for needs it. */
enum StatePart {
  /** Residuals of estimation windows by relative day. */
  RESIDUALS,
  /** Residuals scaled to unit variance by relative day: r̄. */
  CORRELATION,
  /** The same by day of the calendar: r̄ of the variant {@code calendar}. */
  CALENDAR_CORRELATION,
  /** Ranks of events over all their days. */
  RANKS,
  /** Portfolios in calendar time. */
  PORTFOLIOS,
  /** The windows' values of single events. */
  VALUES,
  /** Shuffled residuals. */
  PERMUTATIONS
}
