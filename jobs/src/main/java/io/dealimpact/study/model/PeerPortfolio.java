package io.dealimpact.study.model;

import io.dealimpact.study.market.MarketData;
import io.dealimpact.study.market.PeerSeries;
import java.util.Arrays;

/**
 * The return of a portfolio of peers, rebalanced daily: of those that have a return that day, NaN
 * where none has (Campbell, Lo &amp; MacKinlay 1997, section 4.3).
 */
final class PeerPortfolio {
  private PeerPortfolio() {}

  static double[] equalWeighted(MarketData market) {
    return weighted(market, (peer, day) -> 1);
  }

  /** Weights are market values of the day before; a peer without one is left out. */
  static double[] valueWeighted(MarketData market) {
    return weighted(market, (peer, day) -> day == 0 ? Double.NaN : peer.marketCapUsd()[day - 1]);
  }

  private interface Weight {
    double of(PeerSeries peer, int day);
  }

  private static double[] weighted(MarketData market, Weight weight) {
    double[] portfolio = new double[market.benchmark().length];
    Arrays.setAll(
        portfolio,
        day -> {
          double sum = 0;
          double weights = 0;
          for (PeerSeries peer : market.peers().values()) {
            double w = weight.of(peer, day);
            double product = w * peer.returns()[day];
            if (!Double.isNaN(product)) {
              sum += product;
              weights += w;
            }
          }
          return weights > 0 ? sum / weights : Double.NaN;
        });
    return portfolio;
  }
}
