package io.dealimpact.study.market;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PriceHistoryTest {
  private static final double[] CLOSE = {10, 11, 12};

  @Test
  void closesStandForAdjustedClosesWhereThereIsNone() {
    double[] none = {Double.NaN, Double.NaN, Double.NaN};
    PriceHistory prices = PriceHistory.ofCloses(CLOSE, none);
    assertThat(prices.adjustedClose()).isEqualTo(CLOSE);
    assertThat(prices.open()).isEqualTo(none);
  }

  @Test
  void oneAdjustedCloseIsEnoughForNoCloseToStandIn() {
    double[] one = {Double.NaN, 5.5, Double.NaN};
    PriceHistory prices = PriceHistory.ofCloses(CLOSE, one);
    assertThat(prices.adjustedClose()).isEqualTo(one);
    assertThat(prices.close()).isEqualTo(CLOSE);
  }
}
