package io.dealimpact.study.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.dealimpact.study.Fixtures;
import io.dealimpact.study.market.Announcement;
import io.dealimpact.study.market.EstimationWindow;
import io.dealimpact.study.market.EventWindow;
import io.dealimpact.study.market.MarketData;
import io.dealimpact.study.market.PeerSeries;
import io.dealimpact.study.market.PriceHistory;
import io.dealimpact.study.market.ReturnKind;
import io.dealimpact.study.market.Sessions;
import io.dealimpact.study.market.StudyStatus;
import io.dealimpact.study.market.TradingCalendar;
import io.dealimpact.study.market.TradingHours;
import io.dealimpact.study.model.FactorModel;
import io.dealimpact.study.model.LeadLagModel;
import io.dealimpact.study.model.ReturnModel;
import io.dealimpact.study.model.StandardModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever comes in: a status with a reason, no exception, and no NaN where the status is OK. */
class BadInputTest {
  private static final int DAYS = 150;

  static List<String> models() {
    List<String> codes = new ArrayList<>();
    for (StandardModel model : StandardModel.values()) {
      codes.add(model.code());
    }
    FactorModel.NAMED.forEach(model -> codes.add(model.code()));
    LeadLagModel.NAMED.forEach(model -> codes.add(model.code()));
    codes.add("factors:umd");
    return codes;
  }

  @ParameterizedTest
  @MethodSource("models")
  void everyModelSaysWhatIsWrong(String code) {
    Random random = new Random(17);
    double[] market = Fixtures.normal(random, DAYS, 0.01);
    double[] stock = Fixtures.mixed(1, market, Fixtures.normal(random, DAYS, 0.02));
    double[] good = Fixtures.prices(stock, ReturnKind.SIMPLE).close();
    Map<String, double[]> prices = new LinkedHashMap<>();
    prices.put("good", good);
    prices.put("constant", filled(100));
    prices.put("missing", filled(Double.NaN));
    prices.put("infinite", filled(Double.POSITIVE_INFINITY));
    prices.put("negative", filled(-5));
    double[] one = filled(Double.NaN);
    one[120] = 7;
    prices.put("one price", one);
    double[] two = one.clone();
    two[119] = 6;
    prices.put("two prices", two);
    prices.put("the benchmark", Fixtures.prices(market, ReturnKind.SIMPLE).close());
    double[] growing = new double[DAYS];
    Arrays.setAll(growing, t -> Math.pow(1.001, t));
    prices.put("constant growth", growing);
    double[] huge = good.clone();
    huge[70] = 1e300;
    prices.put("huge", huge);
    double[] collapsed = good.clone();
    Arrays.fill(collapsed, 120, DAYS, 1e-300);
    prices.put("collapsed", collapsed);
    Map<String, double[]> markets = new LinkedHashMap<>();
    markets.put("good", market);
    markets.put("constant", filled(0));
    markets.put("missing", filled(Double.NaN));
    markets.put("infinite", filled(Double.NEGATIVE_INFINITY));
    double[] late = market.clone();
    Arrays.fill(late, 115, DAYS, Double.NaN);
    markets.put("ending", late);
    for (Map.Entry<String, double[]> price : prices.entrySet()) {
      for (Map.Entry<String, double[]> index : markets.entrySet()) {
        for (ReturnKind kind : ReturnKind.values()) {
          for (int day : new int[] {0, 30, 120, DAYS - 1}) {
            String label = code + ", prices " + price.getKey() + ", market " + index.getKey();
            check(label, measure(code, kind, day, price.getValue(), index.getValue()));
          }
        }
      }
    }
  }

  private static void check(String label, ModelResult result) {
    ModelFit fit = result.fit();
    if (fit.status() == StudyStatus.OK) {
      assertThat(fit.residuals().sigma()).as(label).isFinite().isPositive();
      assertThat(fit.alpha()).as(label).isFinite();
      assertThat(fit.residuals().degreesOfFreedom()).as(label).isPositive();
      assertThat(fit.coefficients().values())
          .as(label)
          .allSatisfy(value -> assertThat(value).isFinite());
    } else {
      assertThat(fit.reason()).as(label).startsWith(fit.status().toString());
    }
    assertThat(result.windows()).as(label).hasSize(3);
    for (WindowResult window : result.windows()) {
      if (window.status() != StudyStatus.OK) {
        assertThat(window.reason()).as(label).startsWith(window.status().toString());
        continue;
      }
      for (double number :
          new double[] {
            window.car(),
            window.carSe(),
            window.t(),
            window.p(),
            window.scar(),
            window.bhar(),
            window.placeboP(),
            window.sampleQuantileP()
          }) {
        assertThat(number).as(label + " " + window).isFinite();
      }
      assertThat(window.p()).as(label).isBetween(0.0, 1.0);
    }
  }

  private static ModelResult measure(
      String code, ReturnKind kind, int day, double[] closes, double[] market) {
    Map<String, double[]> factors = new HashMap<>();
    for (String name : FactorModel.NAMES) {
      factors.put(name, name.equals("umd") ? market : Fixtures.normal(new Random(3), DAYS, 0.01));
    }
    factors.put("rf", new double[DAYS]);
    Map<String, PeerSeries> peers = new HashMap<>();
    peers.put("A", new PeerSeries(market, filled(1)));
    peers.put("B", new PeerSeries(market, filled(Double.NaN)));
    PriceHistory prices = PriceHistory.ofCloses(closes);
    TradingCalendar calendar = Fixtures.calendar(DAYS);
    EventDay resolved =
        EventDay.resolve(
            Announcement.on(calendar.date(day)),
            Sessions.regular(TradingHours.NEW_YORK),
            calendar,
            prices);
    StudyPlan plan =
        StudyPlan.builder()
            .returns(kind)
            .estimation(new EstimationWindow(-11, 60, 20))
            .eventWindow(new EventWindow(-2, 2))
            .windows(List.of(new EventWindow(0, 0), new EventWindow(-1, 1), new EventWindow(-5, 5)))
            .models(List.of(ReturnModel.parse(code)))
            .build();
    return new InstrumentStudy(
            "X",
            calendar,
            prices,
            MarketData.ofBenchmark(market).withFactors(factors).withPeers(peers),
            plan,
            List.of(new StudyEvent("deal:X", resolved)))
        .measure(0)
        .get(0);
  }

  private static double[] filled(double value) {
    double[] values = new double[DAYS];
    Arrays.fill(values, value);
    return values;
  }
}
