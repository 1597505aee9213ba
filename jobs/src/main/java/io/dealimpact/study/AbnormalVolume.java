package io.dealimpact.study;

import java.util.Arrays;

/** Abnormal trading volume: the log of volume or turnover against its mean model. */
public final class AbnormalVolume {
  /** In percent of the shares; keeps days without trade finite (Campbell &amp; Wasley 1996). */
  private static final double NO_TRADE = 0.000255;

  private AbnormalVolume() {}

  /**
   * ln(100 V_t/S_t + 0.000255), turnover in percent of the shares outstanding (Ajinkya &amp; Jain
   * 1989; Campbell &amp; Wasley 1996, eq. 1), against its mean.
   *
   * @param volumeShares shares traded by day; NaN where missing
   * @param sharesOutstanding by day, on the same split basis
   * @param day0 index of the event day
   * @param estimation the days of the mean
   * @param window the days measured
   */
  public static AbnormalSeries ofTurnover(
      double[] volumeShares,
      double[] sharesOutstanding,
      int day0,
      EstimationWindow estimation,
      EventWindow window) {
    double[] log = new double[volumeShares.length];
    Arrays.setAll(
        log, t -> StrictMath.log(100 * volumeShares[t] / sharesOutstanding[t] + NO_TRADE));
    return AbnormalSeries.of(log, day0, estimation, window);
  }

  /** ln(V_t + 1) against its mean, where the shares outstanding are not known. */
  public static AbnormalSeries ofVolume(
      double[] volumeShares, int day0, EstimationWindow estimation, EventWindow window) {
    double[] log = Arrays.stream(volumeShares).map(StrictMath::log1p).toArray();
    return AbnormalSeries.of(log, day0, estimation, window);
  }
}
