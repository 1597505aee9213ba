package io.dealimpact.study.event;

import io.dealimpact.study.market.ReturnKind;
import org.hipparchus.distribution.continuous.NormalDistribution;

/**
 * One window of one event in US dollars, split into what the market, the sector and the instrument
 * itself did. With MV the market value before the window:
 *
 * <pre>raw = market + sector + own + drift</pre>
 *
 * <p>market = MV Σ β R_m, sector = MV Σ γ R_s, own = MV × CAR, each as a simple return where the
 * study's returns are logs. The drift is what is left of the raw change: α, the compounding of a
 * window's days, dividends where returns include them, and rounding. A number is NaN where the
 * model has no such parts, or a price or a market value is missing.
 *
 * @param marketUsd what the market's move was worth
 * @param sectorUsd what the sector's move was worth; 0 under a model without a sector
 * @param own the rest of the model: the abnormal dollars, with the calibrated interval MV × (CAR ±
 *     q S_CAR), q of {@link OwnHistory}
 * @param driftUsd raw change less the three
 * @param overnightOwnUsd of day 0 alone: the part of own from the close before to the open
 * @param sessionOwnUsd own less overnight: from the open to the close, α among it
 * @param detectableUsd (z₍(1+c)/2₎ + z₀.₈) × S_CAR × MV: the effect that is seen at the confidence
 *     c in 80 of 100 cases (Cohen 1988, section 2.4)
 */
public record DollarSplit(
    double marketUsd,
    double sectorUsd,
    UsdInterval own,
    double driftUsd,
    double overnightOwnUsd,
    double sessionOwnUsd,
    double detectableUsd) {
  private static final double POWER = 0.8;

  static DollarSplit of(
      WindowResult result,
      double marketCapUsd,
      double rawUsd,
      double ownUsd,
      ReturnKind kind,
      double confidence) {
    ReturnParts parts = result.parts();
    double market = kind.toSimple(parts.market()) * marketCapUsd;
    double sector = kind.toSimple(parts.sector()) * marketCapUsd;
    double own = Double.isNaN(market) ? Double.NaN : ownUsd;
    double overnight = parts.overnight() * marketCapUsd;
    double margin = result.history().quantile() * result.carSe();
    return new DollarSplit(
        market,
        sector,
        UsdInterval.of(result.car(), margin, marketCapUsd, kind).withAmount(own),
        rawUsd - (market + sector + own),
        overnight,
        own - overnight,
        detectable(confidence) * result.carSe() * marketCapUsd);
  }

  private static double detectable(double confidence) {
    NormalDistribution normal = new NormalDistribution();
    return normal.inverseCumulativeProbability((1 + confidence) / 2)
        + normal.inverseCumulativeProbability(POWER);
  }
}
