package io.dealimpact.study.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dealimpact.study.Fixtures;
import io.dealimpact.study.market.MarketData;
import io.dealimpact.study.market.PriceHistory;
import io.dealimpact.study.market.ReturnKind;
import io.dealimpact.study.market.StudyStatus;
import io.dealimpact.study.numeric.DayRange;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.hipparchus.stat.regression.OLSMultipleLinearRegression;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Running sums against Hipparchus's QR decomposition. */
class LeastSquaresTest {
  private static final int DAYS = 6000;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "market-model",
        "fama-french-3",
        "carhart-4",
        "fama-french-5",
        "fama-french-5-momentum",
        "factors:smb+hml"
      })
  void agreesWithQrAnywhereInALongSeries(String code) {
    Random random = new Random(7);
    ReturnModel model = ReturnModel.parse(code);
    Map<String, double[]> factors = new HashMap<>();
    double[] benchmark = Fixtures.normal(random, DAYS, 0.01);
    for (String name : List.of("mkt_rf", "smb", "hml", "rmw", "cma", "umd")) {
      // Correlated with the market, as real factors are, and with a mean.
      double[] noise = Fixtures.normal(random, DAYS, 0.005);
      factors.put(name, Fixtures.mixed(0.6, benchmark, noise));
    }
    factors.put("rf", Fixtures.normal(random, DAYS, 1e-5));
    double[] stock = Fixtures.mixed(1.3, benchmark, Fixtures.normal(random, DAYS, 0.02));
    PriceHistory prices = Fixtures.prices(stock, ReturnKind.SIMPLE);
    // Gaps in prices and factors.
    for (int t = 100; t < DAYS; t += 97) {
      prices.close()[t] = Double.NaN;
    }
    factors.get("smb")[5500] = Double.NaN;
    ReturnInputs inputs =
        new ReturnInputs(
            prices.close(),
            ReturnKind.SIMPLE,
            MarketData.ofBenchmark(benchmark).withFactors(factors));
    ModelSeries series = model.series(inputs);
    for (int from : new int[] {1, 2500, 5400, DAYS - 250}) {
      List<DayRange> days =
          new DayRange(from, from + 249).without(List.of(new DayRange(from + 9, from + 12)));
      compare(series, new LeastSquares(series).fit(days, 30), days);
    }
  }

  private static void compare(ModelSeries series, Fit fit, List<DayRange> days) {
    int k = series.width();
    List<ModelSeries.Row> rows =
        days.stream()
            .flatMapToInt(r -> IntStream.rangeClosed(r.from(), r.to()))
            .mapToObj(series::row)
            .filter(
                row ->
                    !Double.isNaN(row.actual() + row.offset() + ModelSeries.dot(row.x(), row.x())))
            .toList();
    double[][] x = new double[rows.size()][k - 1];
    double[] y = new double[rows.size()];
    for (int i = 0; i < y.length; i++) {
      System.arraycopy(rows.get(i).x(), 1, x[i], 0, k - 1);
      y[i] = rows.get(i).actual() - rows.get(i).offset();
    }
    OLSMultipleLinearRegression qr = new OLSMultipleLinearRegression();
    qr.newSampleData(y, x);
    assertThat(fit.status()).isEqualTo(StudyStatus.OK);
    assertThat(fit.residuals().n()).isEqualTo(y.length);
    assertThat(fit.residuals().degreesOfFreedom()).isEqualTo(y.length - k);
    assertThat(fit.coefficients().values())
        .containsExactly(qr.estimateRegressionParameters(), within(1e-12));
    assertThat(fit.residuals().sigma())
        .isCloseTo(qr.estimateRegressionStandardError(), within(1e-14));
    assertThat(fit.residuals().rSquared()).isCloseTo(qr.calculateRSquared(), within(1e-12));
    double[][] variance = qr.estimateRegressionParametersVariance();
    for (int i = 0; i < k; i++) {
      for (int j = 0; j < k; j++) {
        assertThat(fit.coefficients().inverse()[i][j])
            .isCloseTo(variance[i][j], within(1e-12 * Math.sqrt(variance[i][i] * variance[j][j])));
      }
    }
  }

  @Test
  void badSeriesHaveAStatusWithNumbers() {
    Random random = new Random(3);
    int days = 300;
    double[] benchmark = Fixtures.normal(random, days, 0.01);
    double[] stock = Fixtures.mixed(1, benchmark, Fixtures.normal(random, days, 0.02));
    double[] constant = new double[days];
    double[] missing = new double[days];
    Arrays.fill(missing, Double.NaN);
    assertThat(fit("market-model", constant, benchmark))
        .isEqualTo("ZERO_VARIANCE the 250 returns of the estimation window are constant");
    assertThat(fit("mean-adjusted", constant, benchmark))
        .isEqualTo("ZERO_VARIANCE the 250 returns of the estimation window are constant");
    assertThat(fit("market-adjusted", benchmark, benchmark))
        .isEqualTo("ZERO_VARIANCE the 250 differences of the estimation window are constant");
    assertThat(fit("market-model", benchmark, benchmark))
        .isEqualTo(
            "ZERO_VARIANCE the model explains all 250 returns of the estimation window exactly");
    assertThat(fit("market-model", stock, constant))
        .isEqualTo("SINGULAR_DESIGN beta is constant in the estimation window, n=250");
    assertThat(fit("market-model", stock, missing)).isEqualTo("INSUFFICIENT_HISTORY n=0 need=120");
    double[] one = missing.clone();
    one[100] = 0.01;
    assertThat(fit("mean-adjusted", one, benchmark)).isEqualTo("INSUFFICIENT_HISTORY n=0 need=120");
    double[] infinite = benchmark.clone();
    infinite[150] = Double.POSITIVE_INFINITY;
    assertThat(fit("market-model", stock, infinite)).isEmpty();
    Map<String, double[]> factors = new HashMap<>();
    factors.put("rf", constant);
    factors.put("mkt_rf", benchmark);
    factors.put("smb", stock);
    factors.put("hml", Fixtures.mixed(2, benchmark, stock));
    ModelSeries series =
        ReturnModel.parse("fama-french-3")
            .series(
                new ReturnInputs(
                    Fixtures.prices(Fixtures.normal(random, days, 0.02), ReturnKind.SIMPLE).close(),
                    ReturnKind.SIMPLE,
                    MarketData.ofBenchmark(benchmark).withFactors(factors)));
    assertThat(new LeastSquares(series).fit(List.of(new DayRange(1, 250)), 120).reason())
        .isEqualTo("SINGULAR_DESIGN hml is a linear combination of the other regressors, n=250");
  }

  private static String fit(String code, double[] stock, double[] benchmark) {
    ModelSeries series =
        ReturnModel.parse(code)
            .series(
                new ReturnInputs(
                    Fixtures.prices(stock, ReturnKind.SIMPLE).close(),
                    ReturnKind.SIMPLE,
                    MarketData.ofBenchmark(benchmark)));
    return new LeastSquares(series).fit(List.of(new DayRange(1, 250)), 120).reason();
  }
}
