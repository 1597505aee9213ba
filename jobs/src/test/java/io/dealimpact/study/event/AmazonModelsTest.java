package io.dealimpact.study.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dealimpact.study.Fixtures;
import io.dealimpact.study.market.Announcement;
import io.dealimpact.study.market.EstimationWindow;
import io.dealimpact.study.market.EventWindow;
import io.dealimpact.study.market.MarketData;
import io.dealimpact.study.market.PeerSeries;
import io.dealimpact.study.market.PriceHistory;
import io.dealimpact.study.market.PriceKind;
import io.dealimpact.study.market.ReturnKind;
import io.dealimpact.study.market.Sessions;
import io.dealimpact.study.market.StudyStatus;
import io.dealimpact.study.market.TradingCalendar;
import io.dealimpact.study.market.TradingHours;
import io.dealimpact.study.model.DonorPlacebo;
import io.dealimpact.study.model.ReturnModel;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every other model on Amazon's real closes, against R's lm, quadprog and nlminb ({@code
 * src/test/r/amzn_models.R}).
 */
class AmazonModelsTest {
  private static final Offset<Double> EXACT = within(1e-10);

  private final List<Map<String, String>> rows = Fixtures.resource("amzn_spy_closes.csv");
  private final List<Map<String, String>> more = Fixtures.resource("amzn_factors_peers.csv");
  private final Map<String, Double> r = Fixtures.numbers("amzn_models.csv");
  private final TradingCalendar calendar =
      new TradingCalendar(
          rows.stream()
              .mapToInt(row -> (int) LocalDate.parse(row.get("trade_date")).toEpochDay())
              .toArray());
  private final int day0 = calendar.indexOf((int) LocalDate.parse("2025-11-03").toEpochDay());
  private final double[] closes = column(rows, "amzn_close");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "capm",
        "fama-french-3",
        "carhart-4",
        "fama-french-5",
        "fama-french-5-momentum",
        "factors:smb+hml",
        "peer-portfolio",
        "peer-portfolio-value-weighted",
        "scholes-williams",
        "dimson",
        "dimson:2",
        "dimson-fowler-rorke",
        "dimson-fowler-rorke:2"
      })
  void agreesWithR(String code) {
    ModelResult result = measure(code, closes);
    checkCoefficients(code, result);
    assertThat(result.fit().residuals().sigma()).isCloseTo(r.get(code + ".sigma"), EXACT);
    checkWindows(code, result);
  }

  @Test
  void tradeToTrade() {
    double[] gappy = closes.clone();
    for (int t = day0 - 250; t <= day0 - 20; t += 9) {
      gappy[t] = Double.NaN;
    }
    for (int t = day0 - 249; t <= day0 - 20; t += 27) {
      gappy[t] = Double.NaN;
    }
    gappy[day0 - 1] = Double.NaN;
    ModelResult result = measure("trade-to-trade", gappy);
    checkCoefficients("trade-to-trade", result);
    assertThat(result.fit().residuals().sigma()).isCloseTo(r.get("trade-to-trade.sigma"), EXACT);
    assertThat((double) result.fit().residuals().n()).isEqualTo(r.get("trade-to-trade.n"));
    checkWindows("trade-to-trade", result);
    // Without gaps it is the market model.
    ModelResult whole = measure("trade-to-trade", closes);
    ModelResult market = measure("market-model", closes);
    assertThat(whole.fit().alpha()).isCloseTo(market.fit().alpha(), EXACT);
    assertThat(whole.fit().residuals().sigma()).isCloseTo(market.fit().residuals().sigma(), EXACT);
    assertThat(whole.windows().get(1).carSe()).isCloseTo(market.windows().get(1).carSe(), EXACT);
  }

  @Test
  void syntheticControl() {
    ModelResult result = measure("synthetic-control", closes);
    // quadprog solves to about 1e-12 of its scaled problem.
    double[] weights =
        List.of("MSFT", "GOOGL", "META", "ORCL", "NVDA").stream()
            .mapToDouble(result.fit().coefficients()::get)
            .toArray();
    for (int j = 0; j < weights.length; j++) {
      assertThat(weights[j]).isCloseTo(r.get("synthetic-control.b" + j), within(1e-9));
    }
    assertThat(Arrays.stream(weights).sum()).isCloseTo(1, within(1e-14));
    assertThat(result.fit().residuals().sigma()).isCloseTo(r.get("synthetic-control.sigma"), EXACT);
    assertThat(result.fit().residuals().degreesOfFreedom()).isEqualTo(246);
    assertThat(result.windows().get(0).car()).isCloseTo(r.get("synthetic-control.car1"), EXACT);
    assertThat(result.windows().get(1).car()).isCloseTo(r.get("synthetic-control.car3"), EXACT);
    assertThat(result.windows().get(1).carSe()).isCloseTo(r.get("synthetic-control.se3"), EXACT);
    for (int i = 0; i < 2; i++) {
      assertThat(result.windows().get(i).donors())
          .isEqualTo(new DonorPlacebo(r.get("synthetic-control.donor_p" + (2 * i + 1)), 5));
    }
  }

  /** Two optimisers meet at the maximum to about the root of the precision of its value. */
  @ParameterizedTest
  @ValueSource(strings = {"market-model-garch", "market-model-egarch"})
  void conditionalVariance(String code) {
    ModelResult result = measure(code, closes);
    assertThat(result.fit().status()).isEqualTo(StudyStatus.OK);
    Map<String, Double> estimates = result.fit().coefficients();
    assertThat(estimates.get("log_likelihood"))
        .isCloseTo(r.get(code + ".log_likelihood"), within(1e-6));
    assertThat(result.fit().alpha()).isCloseTo(r.get(code + ".b0"), within(1e-7));
    assertThat(result.fit().beta()).isCloseTo(r.get(code + ".b1"), within(1e-4));
    assertThat(estimates.get("arch")).isCloseTo(r.get(code + ".arch"), within(1e-4));
    assertThat(estimates.get("garch")).isCloseTo(r.get(code + ".garch"), within(1e-4));
    double day0Sigma = result.sample().orElseThrow().returns().sigmas()[10];
    switch (code) {
      case "market-model-garch" ->
          assertThat(day0Sigma).isCloseTo(r.get(code + ".day0_sigma"), within(1e-7));
      default -> {
        assertThat(estimates.get("leverage")).isCloseTo(r.get(code + ".leverage"), within(1e-4));
        // Four million simulated paths.
        assertThat(day0Sigma).isCloseTo(r.get(code + ".day0_sigma_simulated"), within(1e-5));
      }
    }
    assertThat(result.windows().get(0).status()).isEqualTo(StudyStatus.OK);
    assertThat(result.windows().get(0).placeboN()).isPositive();
  }

  private void checkCoefficients(String code, ModelResult result) {
    List<Double> coefficients = List.copyOf(result.fit().coefficients().values());
    int j = 0;
    while (r.containsKey(code + ".b" + j)) {
      assertThat(coefficients.get(j)).as("b" + j).isCloseTo(r.get(code + ".b" + j), EXACT);
      j++;
    }
    assertThat(j).isPositive();
  }

  private void checkWindows(String code, ModelResult result) {
    for (int i = 0; i < 2; i++) {
      WindowResult window = result.windows().get(i);
      int days = window.window().length();
      assertThat(window.status()).as(window.reason()).isEqualTo(StudyStatus.OK);
      assertThat(window.car()).isCloseTo(r.get(code + ".car" + days), EXACT);
      assertThat(window.carSe()).isCloseTo(r.get(code + ".se" + days), EXACT);
    }
  }

  private ModelResult measure(String code, double[] prices) {
    Map<String, double[]> factors = new HashMap<>();
    for (String name : List.of("mkt_rf", "smb", "hml", "rmw", "cma", "umd", "rf")) {
      factors.put(name, column(more, name));
    }
    Map<String, PeerSeries> peers = new HashMap<>();
    List<String> names = List.of("msft", "googl", "meta", "orcl", "nvda");
    for (String name : names) {
      double[] close = column(more, name);
      double scale = names.indexOf(name) + 1;
      peers.put(
          name.toUpperCase(Locale.ROOT),
          new PeerSeries(
              PriceHistory.ofCloses(close).returns(PriceKind.CLOSE, ReturnKind.SIMPLE),
              Arrays.stream(close).map(c -> c * scale).toArray()));
    }
    PriceHistory stock = PriceHistory.ofCloses(prices);
    PriceHistory spy = PriceHistory.ofCloses(column(rows, "spy_close"));
    StudyPlan plan =
        StudyPlan.builder()
            .price(PriceKind.CLOSE)
            .estimation(new EstimationWindow(-11, 250, 120))
            .windows(List.of(new EventWindow(0, 0), new EventWindow(-1, 1)))
            .models(List.of(ReturnModel.parse(code)))
            .build();
    EventDay day =
        EventDay.resolve(
            Announcement.on(calendar.date(day0)),
            Sessions.regular(TradingHours.NEW_YORK),
            calendar,
            stock);
    return new InstrumentStudy(
            "AMZN",
            calendar,
            stock,
            MarketData.ofBenchmark(spy.returns(PriceKind.CLOSE, ReturnKind.SIMPLE))
                .withFactors(factors)
                .withPeers(peers),
            plan,
            List.of(new StudyEvent("deal:AMZN", day)))
        .measure(0)
        .get(0);
  }

  private static double[] column(List<Map<String, String>> rows, String name) {
    return rows.stream().mapToDouble(row -> Double.parseDouble(row.get(name))).toArray();
  }
}
