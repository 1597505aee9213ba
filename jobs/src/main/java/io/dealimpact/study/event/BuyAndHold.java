package io.dealimpact.study.event;

import io.dealimpact.study.market.ReturnKind;

/**
 * Buy-and-hold abnormal return: BHAR = Π(1 + R_t) − Π(1 + E[R_t]) in simple returns; log returns
 * are converted first (Lyon, Barber &amp; Tsai 1999, section I). A loss cannot exceed −100 %: a day
 * of −100 % or below ends the product at 0. NaN where a return is NaN.
 */
public final class BuyAndHold {
  private BuyAndHold() {}

  /**
   * @param actual returns R_t
   * @param expected E[R_t], as many
   * @param kind of both
   */
  static double excess(double[] actual, double[] expected, ReturnKind kind) {
    double held = 1;
    double benchmark = 1;
    for (int i = 0; i < actual.length; i++) {
      held = grown(held, actual[i], kind);
      benchmark = grown(benchmark, expected[i], kind);
    }
    return held - benchmark;
  }

  /** The worth of what was worth {@code growth} after one more day. */
  public static double grown(double growth, double dayReturn, ReturnKind kind) {
    return growth * Math.max(0, 1 + kind.toSimple(dayReturn));
  }
}
