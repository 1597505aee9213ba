package io.dealimpact.study.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SectorSeriesTest {
  /** Figures of a few roundings each. */
  private static final double ROUNDING = 1e-15;

  /** Day 0: 100 at +1 %, 300 at +3 %. Day 1: 200 at −2 % alone. Day 2: nobody. */
  private static final SectorSeries PEERS =
      SectorSeries.ofPeers(
          "peers:chips",
          new SectorSeries.Pool(
              new double[] {10, -4, 0}, new double[] {400, 200, 0}, new int[] {2, 1, 0}));

  @Test
  void peersAreWeightedByMarketValue() {
    assertThat(PEERS.returns()[0]).isCloseTo(0.025, within(ROUNDING));
    assertThat(PEERS.returns()[1]).isCloseTo(-0.02, within(ROUNDING));
    assertThat(PEERS.returns()[2]).isNaN();
  }

  @Test
  void anInstrumentIsNotItsOwnPeer() {
    SectorSeries others =
        PEERS.without(new double[] {0.01, -0.02, 0.5}, new double[] {100, 200, Double.NaN});
    assertThat(others.returns()[0]).isCloseTo(0.03, within(ROUNDING));
    // A sector of one has no peers.
    assertThat(others.returns()[1]).isNaN();
    assertThat(others.returns()[2]).isNaN();
  }

  /** On days about its own events it was not in the pool, and nothing is taken away. */
  @Test
  void aDayOnWhichTheInstrumentDoesNotCountStaysAsItIs() {
    double none = Double.NaN;
    SectorSeries same =
        PEERS.without(new double[] {none, none, none}, new double[] {100, 200, 300});
    assertThat(same.returns()).containsExactly(PEERS.returns());
  }

  @Test
  void aFundStaysAsItIs() {
    SectorSeries fund = SectorSeries.ofFund("SMH", new double[] {0.01}, new double[] {0.02});
    assertThat(fund.without(new double[] {0.5}, new double[] {1e12})).isSameAs(fund);
    assertThatThrownBy(() -> SectorSeries.ofFund("SMH", new double[1], new double[2]))
        .hasMessage("the sector SMH has 1 returns and 2 returns overnight");
  }
}
