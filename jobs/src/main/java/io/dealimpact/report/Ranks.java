package io.dealimpact.report;

import java.util.Locale;

/** A p that is a rank among days, for people: never 0 where it is only small. */
public final class Ranks {
  private Ranks() {}

  /**
   * For instance {@code 0.019 (6 of 320)}, or {@code < 0.004 (1 of 300)} where no other day was as
   * large; empty without days to rank among.
   *
   * @param p (1 + days at least as large) / (1 + days)
   * @param days that it was ranked among
   */
  public static String text(double p, int days) {
    if (Double.isNaN(p) || days <= 0) {
      return "";
    }
    long rank = Math.round(p * (1 + days));
    double shown = rank == 1 ? Math.ceil(p * 1000) / 1000 : p;
    return String.format(
        Locale.ROOT, "%s%.3f (%d of %d)", rank == 1 ? "< " : "", shown, rank, 1 + days);
  }
}
