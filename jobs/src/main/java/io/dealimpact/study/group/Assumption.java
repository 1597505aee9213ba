package io.dealimpact.study.group;

/**
 * Something a statistic may need for its size to be what it says, and who showed that it matters.
 */
public enum Assumption {
  /** Events do not move together: no common dates, or no correlation on them. */
  INDEPENDENT(
      "independent events",
      "Kolari & Pynnönen 2010; windows that overlap: Mitchell & Stafford 2000"),
  /** The event does not change the variance of returns. */
  SAME_VARIANCE(
      "no event-induced variance", "Brown & Warner 1985; Boehmer, Musumeci & Poulsen 1991"),
  /** Every share trades every day. */
  TRADED("shares trade every day", "Campbell & Wasley 1993; Cowan & Sergeant 1996"),
  /** Returns are normal, so that a sum of days is distributed like a day. */
  NORMAL(
      "normal returns",
      "ranks of sums among days: Kolari & Pynnönen 2011; a t of long tails rejects too seldom:"
          + " Benjamini 1983"),
  /** Each resample of a quarter of the events is a large sample; of 50 events it has 12. */
  LARGE_QUARTER(
      "a quarter of the events is a large sample",
      "resamples of n/4: Lyon, Barber & Tsai 1999; m out of n: Bickel, Götze & van Zwet 1997");

  private final String label;
  private final String reference;

  Assumption(String label, String reference) {
    this.label = label;
    this.reference = reference;
  }

  /** The assumption in words, for people. */
  public String label() {
    return label;
  }

  /** Who showed what happens where it fails. */
  public String reference() {
    return reference;
  }
}
