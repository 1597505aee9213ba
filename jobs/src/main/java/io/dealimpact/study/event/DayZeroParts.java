package io.dealimpact.study.event;

import io.dealimpact.study.market.PriceHistory;
import io.dealimpact.study.market.SectorSeries;
import io.dealimpact.study.model.ReturnInputs;
import java.util.Optional;

/**
 * Day 0 at the open: what the instrument gained from the close before, net of what the market and
 * the sector gained over the same hours.
 */
final class DayZeroParts {
  private final PriceHistory prices;
  private final double[] market;
  private final Optional<SectorSeries> sector;

  DayZeroParts(PriceHistory prices, ReturnInputs inputs) {
    this.prices = prices;
    market = inputs.market().overnight();
    sector = inputs.sector();
  }

  /**
   * open_t / close_{t−1} − 1 − β R_m − γ R_s, all from the close before to the open and in simple
   * returns; NaN where an open is missing. α, a drift of whole days, is not in it.
   */
  double overnight(int day, double beta, double gamma) {
    if (day < 1) {
      return Double.NaN;
    }
    double own = prices.open()[day] / prices.close()[day - 1] - 1;
    double ofSector =
        gamma == 0 ? 0 : gamma * sector.map(s -> s.overnight()[day]).orElse(Double.NaN);
    return own - beta * market[day] - ofSector;
  }
}
