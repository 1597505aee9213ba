package io.dealimpact.claim;

import io.dealimpact.capacity.QuantityRange;
import java.util.Optional;

/**
 * A day's change with its interval, after what others explain of it is taken off: what the market
 * explains, or what market and sector explain together.
 *
 * @param ofMarket net of the market; empty where the market model was not fitted
 * @param ofMarketAndSector net of market and sector; empty where the share has no sector, or the
 *     model was not fitted
 */
record Net(Optional<QuantityRange> ofMarket, Optional<QuantityRange> ofMarketAndSector) {
  /** Neither is known. */
  static final Net UNKNOWN = new Net(Optional.empty(), Optional.empty());

  /** {@code net-of-market}. */
  Reading readingOfMarket() {
    return reading("net-of-market", ofMarket, "the market model could not be fitted");
  }

  /** {@code net-of-market-and-sector}. */
  Reading readingOfMarketAndSector() {
    return reading(
        "net-of-market-and-sector",
        ofMarketAndSector,
        "the share has no sector to compare with, or the model could not be fitted");
  }

  private static Reading reading(String name, Optional<QuantityRange> net, String why) {
    return net.map(range -> Reading.estimate(name, range))
        .orElseGet(() -> Reading.missing(name, why));
  }
}
