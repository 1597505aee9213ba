package io.dealimpact.study.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dealimpact.study.model.ReturnInputs;
import io.dealimpact.study.model.StandardModel;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DailyReturnsTest {
  private static final double NONE = Double.NaN;
  private static final double[] NO_PRICES = {NONE, NONE, NONE, NONE};
  // Of products of two numbers near 1.
  private static final double ROUNDING = 1e-15;

  private static PriceHistory returnsOnly(double[] total, double[] withoutDividends, int... days) {
    return PriceHistory.ofCloses(NO_PRICES)
        .withReturns(DailyReturns.of(total, withoutDividends, days));
  }

  @Test
  void aMissingReturnTakesNoOtherWithIt() {
    PriceHistory history =
        returnsOnly(new double[] {0.01, NONE, 0.03, -0.5}, NO_PRICES, 0, 1, 2, 3);

    assertThat(history.returns(PriceKind.ADJUSTED_CLOSE, ReturnKind.SIMPLE))
        .containsExactly(0.01, NONE, 0.03, -0.5);
    assertThat(history.hasBar(1)).isTrue();
    assertThat(history.startOf(2)).isEqualTo(1);
    assertThat(history.lastBar()).isEqualTo(3);
    assertThat(history.has(PriceKind.CLOSE)).isFalse();
    assertThat(history.has(PriceKind.ADJUSTED_CLOSE)).isTrue();
  }

  @Test
  void theLevelGrowsWithoutDividendsAndSkipsWhatIsMissing() {
    PriceHistory history =
        returnsOnly(
            new double[] {0.5, 0.02, NONE, 0.04},
            new double[] {NONE, 0.01, NONE, 0.03},
            0,
            1,
            2,
            3);

    assertThat(history.levels()[0]).isEqualTo(1.5);
    assertThat(history.levels()[1]).isCloseTo(1.5 * 1.01, within(ROUNDING));
    assertThat(history.levels()[2]).isEqualTo(history.levels()[1]);
    assertThat(history.isLinked(0, 1)).isTrue();
    assertThat(history.isLinked(1, 3)).isFalse();
    assertThat(history.isLinked(2, 3)).isTrue();
  }

  @Test
  void belowMinusOneIsAReturnAndNoLogReturn() {
    PriceHistory history = returnsOnly(new double[] {0.01, -1.2, 0.03, 0}, NO_PRICES, 0, 1, 2, 3);

    assertThat(history.returns(PriceKind.ADJUSTED_CLOSE, ReturnKind.SIMPLE)[1]).isEqualTo(-1.2);
    assertThat(history.returns(PriceKind.ADJUSTED_CLOSE, ReturnKind.LOG)[1]).isNaN();
    assertThat(history.returns(PriceKind.ADJUSTED_CLOSE, ReturnKind.LOG)[2])
        .isCloseTo(StrictMath.log(1.03), within(ROUNDING));
    assertThat(history.levels()[1]).isPositive();
    assertThat(history.isLinked(0, 1)).isFalse();
  }

  @Test
  void aGivenReturnCountsBeforePrices() {
    PriceHistory history =
        PriceHistory.ofCloses(new double[] {100, 110, 121, 121})
            .withReturns(
                DailyReturns.of(NO_PRICES, new double[] {NONE, 0.2, NONE, NONE}, new int[] {1}));

    assertThat(history.returns(PriceKind.CLOSE, ReturnKind.SIMPLE)[1]).isEqualTo(0.2);
    assertThat(history.returns(PriceKind.CLOSE, ReturnKind.SIMPLE)[2])
        .isCloseTo(0.1, within(ROUNDING));
    assertThat(history.levels()).isSameAs(history.close());
  }

  @Test
  void modelsSeeTheSameReturns() {
    double[] total = {0.01, NONE, 0.03, -0.5};
    PriceHistory history = returnsOnly(total, NO_PRICES, 0, 1, 2, 3);
    MarketData market = MarketData.ofBenchmark(new double[] {0, 0, 0, 0});

    ReturnInputs inputs =
        new ReturnInputs(
            history, PriceKind.ADJUSTED_CLOSE, ReturnKind.SIMPLE, market, Optional.empty());

    assertThat(StandardModel.TRADE_TO_TRADE.series(inputs).actual(2)).isEqualTo(0.03);
    assertThat(StandardModel.MARKET_MODEL.series(inputs).actual(1)).isNaN();
    assertThat(StandardModel.MARKET_MODEL.series(inputs).actual(2)).isEqualTo(0.03);
  }
}
