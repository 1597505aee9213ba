package io.dealimpact.study.event;

import java.util.Arrays;

/**
 * The logs of one instrument's volume, taken once for all of its events.
 *
 * @param turnover by day; NaN where volume or shares are not known
 * @param volume by day; NaN where it is not known
 */
record VolumeLogs(double[] turnover, double[] volume) {

  static VolumeLogs of(InstrumentInput instrument) {
    double[] shares = new double[instrument.volumeShares().length];
    Arrays.setAll(shares, instrument::shares);
    return new VolumeLogs(
        AbnormalVolume.logTurnover(instrument.volumeShares(), shares),
        AbnormalVolume.logVolume(instrument.volumeShares()));
  }
}
