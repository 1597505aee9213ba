package io.dealimpact.study.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dealimpact.study.market.MarketData;
import io.dealimpact.study.market.ReturnKind;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Factors are published as simple returns; a study of log returns takes none of them as logs. */
class LogFactorsTest {
  private static final double[] PRICES = {100, 101, 99, 102};
  private static final double[] BENCHMARK = {0, 0.02, -0.03, 0.01};
  private static final double[] EXCESS = {0, 0.019, -0.031, 0.009};
  private static final double[] RISK_FREE = {0, 0.001, 0.001, 0.002};
  private static final double[] SMALL = {0, 0.004, -0.002, 0.003};
  private static final Map<String, double[]> FACTORS =
      Map.of("mkt_rf", EXCESS, "rf", RISK_FREE, "smb", SMALL);

  /** From day 0 to day {@code to}, over a halt where that is not 1: logs add up. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void excessReturnsAreDifferencesOfLogs(int to) {
    ModelSeries.Row row = series("factors:mkt_rf+smb", ReturnKind.LOG, FACTORS).row(0, to);

    double market = 1;
    double safe = 1;
    double small = 0;
    for (int t = 1; t <= to; t++) {
      market *= 1 + EXCESS[t] + RISK_FREE[t];
      safe *= 1 + RISK_FREE[t];
      small += SMALL[t];
    }
    assertThat(row.actual()).isCloseTo(Math.log(PRICES[to] / PRICES[0]), within(1e-15));
    assertThat(row.offset()).isCloseTo(Math.log(safe), within(1e-15));
    assertThat(row.x()[1]).isCloseTo(Math.log(market) - Math.log(safe), within(1e-15));
    assertThat(row.x()[2]).isCloseTo(small, within(1e-15));
  }

  @Test
  void theCapmTakesTheLogOfTheRisklessReturn() {
    ModelSeries.Row row = series("capm", ReturnKind.LOG, FACTORS).row(1, 2);
    assertThat(row.offset()).isEqualTo(StrictMath.log1p(0.001));
    assertThat(row.x()[0]).isEqualTo(BENCHMARK[2] - StrictMath.log1p(0.001));
  }

  @Test
  void theMarketsOwnReturnIsALog() {
    assertThat(series("factors:mkt", ReturnKind.LOG, FACTORS).row(1, 2).x()[1])
        .isCloseTo(Math.log(1 - 0.031 + 0.001), within(1e-15));
  }

  @Test
  void aMarketWithoutARisklessReturnIsALogToo() {
    FactorModel raw = ((FactorModel) ReturnModel.parse("factors:mkt_rf")).ofRawReturns();
    ReturnInputs inputs = inputs(ReturnKind.LOG, Map.of("mkt_rf", EXCESS));
    assertThat(raw.series(inputs).row(1, 2).x()[1]).isEqualTo(StrictMath.log1p(-0.031));
  }

  @Test
  void simpleReturnsStayAsPublished() {
    ModelSeries.Row row = series("factors:mkt_rf+smb", ReturnKind.SIMPLE, FACTORS).row(1, 2);
    assertThat(row.offset()).isEqualTo(0.001);
    assertThat(row.x()).containsExactly(1, -0.031, -0.002);
  }

  private static ModelSeries series(String code, ReturnKind kind, Map<String, double[]> factors) {
    return ReturnModel.parse(code).series(inputs(kind, factors));
  }

  private static ReturnInputs inputs(ReturnKind kind, Map<String, double[]> factors) {
    return new ReturnInputs(PRICES, kind, MarketData.ofBenchmark(BENCHMARK).withFactors(factors));
  }
}
