package io.dealimpact.study.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class MarketDataTest {
  @Test
  void anInstrumentIsNeverItsOwnPeer() {
    PeerSeries peer = new PeerSeries(new double[] {0.01, 0.02}, new double[] {1, 1});
    MarketData market =
        MarketData.ofBenchmark(new double[] {0, 0.01}).withPeers(Map.of("A", peer, "B", peer));
    assertThat(market.forInstrument("A").peers()).containsOnlyKeys("B");
    assertThat(market.forInstrument("C")).isSameAs(market);
  }
}
