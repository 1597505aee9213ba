package io.dealimpact.study;

/**
 * Buy-and-hold abnormal return: BHAR = Π(1 + R_t) − Π(1 + E[R_t]) in simple returns; log returns
 * are converted first (Lyon, Barber &amp; Tsai 1999, section I). A loss cannot exceed −100 %: a day
 * of −100 % or below ends the product at 0. NaN where a return is NaN.
 */
final class BuyAndHold {
  private BuyAndHold() {}

  /**
   * @param actual returns R_t
   * @param expected E[R_t], as many
   * @param kind of both
   */
  static double excess(double[] actual, double[] expected, ReturnKind kind) {
    return growth(actual, kind) - growth(expected, kind);
  }

  private static double growth(double[] returns, ReturnKind kind) {
    double growth = 1;
    for (double r : returns) {
      growth *= Math.max(0, 1 + kind.toSimple(r));
    }
    return growth;
  }
}
