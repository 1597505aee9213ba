package io.dealimpact.study.event;

import java.util.Locale;

/** A p that is a rank among days, for people: never 0 where it is only small. */
public final class RankText {
  private RankText() {}

  /**
   * For instance {@code 0.019 (6 of 320)}, or {@code < 0.004 (1 of 300)} where no other day was as
   * large; empty without days to rank among.
   *
   * @param p (1 + days at least as large) / (1 + days)
   * @param days that it was ranked among
   */
  public static String of(double p, int days) {
    return of(p, days, 1);
  }

  /**
   * The same where the event counts as more than one day.
   *
   * @param p (weight + days at least as large) / (weight + days)
   * @param days that it was ranked among
   * @param weight of the event, in days
   */
  public static String of(double p, int days, double weight) {
    if (Double.isNaN(p) || days <= 0) {
      return "";
    }
    double rank = p * (weight + days);
    boolean isSmallest = rank < weight + 0.5;
    double shown = isSmallest ? Math.ceil(p * 1000) / 1000 : p;
    return String.format(
        Locale.ROOT,
        "%s%.3f (%d of %d)",
        isSmallest ? "< " : "",
        shown,
        Math.round(rank),
        Math.round(weight + days));
  }
}
