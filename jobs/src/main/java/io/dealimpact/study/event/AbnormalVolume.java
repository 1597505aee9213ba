package io.dealimpact.study.event;

import java.util.Arrays;

/** Abnormal trading volume: the log of volume or turnover against its mean model. */
public final class AbnormalVolume {
  /** In percent of the shares; keeps days without trade finite (Campbell &amp; Wasley 1996). */
  private static final double NO_TRADE = 0.000255;

  private AbnormalVolume() {}

  /**
   * ln(100 V_t/S_t + 0.000255), turnover in percent of the shares outstanding (Ajinkya &amp; Jain
   * 1989; Campbell &amp; Wasley 1996, eq. 1), for {@link AbnormalSeries#of}.
   *
   * @param volumeShares shares traded by day; NaN where missing
   * @param sharesOutstanding by day, on the same split basis
   */
  public static double[] logTurnover(double[] volumeShares, double[] sharesOutstanding) {
    double[] log = new double[volumeShares.length];
    Arrays.setAll(
        log, t -> StrictMath.log(100 * volumeShares[t] / sharesOutstanding[t] + NO_TRADE));
    return log;
  }

  /** ln(V_t + 1) by day, where the shares outstanding are not known. */
  public static double[] logVolume(double[] volumeShares) {
    return Arrays.stream(volumeShares).map(StrictMath::log1p).toArray();
  }
}
