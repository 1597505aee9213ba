package io.dealimpact.study.group;

/** Something a statistic may need for its size to be what it says. */
public enum Assumption {
  /** Events do not move together: no common dates, or no correlation on them. */
  INDEPENDENT("independent events"),
  /** The event does not change the variance of returns. */
  SAME_VARIANCE("no event-induced variance"),
  /** Every share trades every day. */
  TRADED("shares trade every day"),
  /** Returns are normal, so that a sum of days is distributed like a day. */
  NORMAL("normal returns"),
  /** Each resample of a quarter of the events is a large sample; of 50 events it has 12. */
  LARGE_QUARTER("a quarter of the events is a large sample");

  private final String label;

  Assumption(String label) {
    this.label = label;
  }

  /** The assumption in words, for people. */
  public String label() {
    return label;
  }
}
