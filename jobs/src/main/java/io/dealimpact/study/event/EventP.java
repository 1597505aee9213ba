package io.dealimpact.study.event;

import java.util.Locale;

/**
 * The p that an event is judged by: the rank in its own history, which needs no distribution, where
 * that has at least {@value #LEAST} days; else that of its t.
 *
 * @param value the p; NaN where the event was not measured
 * @param source {@code own-history} or {@code car-t}
 * @param text for people: with its rank, and never 0 where it is only small
 */
public record EventP(double value, String source, String text) {
  /** Days from which an event's own history gives its p. */
  public static final int LEAST = 100;

  private static final double SMALLEST = 0.0001;

  /**
   * The p of a measured window.
   *
   * @param historyP rank in its own history; NaN where there is none
   * @param historyDays days of it
   * @param carP of the t; NaN where the event was not measured
   */
  public static EventP of(double historyP, int historyDays, double carP) {
    if (Double.isNaN(carP)) {
      return new EventP(Double.NaN, "", "");
    }
    return isOfHistory(historyP, historyDays)
        ? new EventP(historyP, "own-history", RankText.of(historyP, historyDays))
        : new EventP(carP, "car-t", text(carP));
  }

  /** The p of {@link #of} alone; NaN where the event was not measured. */
  public static double deciding(double historyP, int historyDays, double carP) {
    return !Double.isNaN(carP) && isOfHistory(historyP, historyDays) ? historyP : carP;
  }

  private static boolean isOfHistory(double historyP, int historyDays) {
    return historyDays >= LEAST && !Double.isNaN(historyP);
  }

  /** A p for people: {@code < 0.0001} where four digits would show nothing. */
  public static String text(double p) {
    return p < SMALLEST ? "< 0.0001" : String.format(Locale.ROOT, "%.4f", p);
  }
}
