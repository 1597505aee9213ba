package io.dealimpact.report;

import java.util.Locale;

/** Verdicts of gold.events_flat, in words. */
public final class Verdicts {
  private Verdicts() {}

  /** Three words or four: {@code stands out alone}. */
  public static String words(String verdict) {
    return verdict.replace('-', ' ');
  }

  /**
   * A sentence on a company-day.
   *
   * @param verdict its code
   * @param q over all company-days of the study
   */
  public static String sentence(String verdict, double q) {
    String why =
        switch (verdict) {
          case "stands-out" -> "it counts among all company-days of the study";
          case "stands-out-alone" ->
              "it would count if it were the only event, not among all company-days";
          case "could-not-be-seen" -> "the whole deal is smaller than what could be seen";
          case "not-seen" -> "no more than days without news";
          default -> "";
        };
    return words(verdict)
        + (Double.isNaN(q) ? "" : String.format(Locale.ROOT, " (q = %s)", q(q)))
        + (why.isEmpty() ? "" : ": " + why);
  }

  /** A q for people: {@code < 0.001} where three digits would show nothing. */
  public static String q(double q) {
    return q < 0.001 ? "< 0.001" : String.format(Locale.ROOT, "%.3f", q);
  }
}
