package io.dealimpact.study.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dealimpact.study.Fixtures;
import io.dealimpact.study.market.Announcement;
import io.dealimpact.study.market.EstimationWindow;
import io.dealimpact.study.market.MarketData;
import io.dealimpact.study.market.PriceHistory;
import io.dealimpact.study.market.PriceKind;
import io.dealimpact.study.market.ReturnKind;
import io.dealimpact.study.market.Sessions;
import io.dealimpact.study.market.StudyStatus;
import io.dealimpact.study.market.TradingCalendar;
import io.dealimpact.study.market.TradingHours;
import io.dealimpact.study.numeric.StudentT;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/**
 * Amazon on 2025-11-03, real closes, against R's lm ({@code src/test/r/amzn_market_model.R}). 1e-10
 * is the promise; the differences are below 2e-13.
 */
class AmazonTest {
  private static final Offset<Double> EXACT = within(1e-10);

  private final List<Map<String, String>> rows = Fixtures.resource("amzn_spy_closes.csv");
  private final Map<String, Double> r = Fixtures.numbers("amzn_market_model.csv");
  private final TradingCalendar calendar =
      new TradingCalendar(
          rows.stream()
              .mapToInt(row -> (int) LocalDate.parse(row.get("trade_date")).toEpochDay())
              .toArray());
  private final PriceHistory prices =
      new PriceHistory(
          column("amzn_open"),
          column("amzn_high"),
          column("amzn_close"),
          column("amzn_close"),
          column("amzn_close"));
  private final EventDay day =
      EventDay.resolve(
          Announcement.at(Instant.parse("2025-11-03T14:00:00Z")),
          Sessions.regular(TradingHours.of("NASDAQ")),
          calendar,
          prices);

  @Test
  void agreesWithR() {
    List<ModelResult> results = study(calendar.size()).measure(0);
    ModelResult market = results.get(0);
    assertThat(market.fit().alpha()).isCloseTo(r.get("alpha"), EXACT);
    assertThat(market.fit().beta()).isCloseTo(r.get("beta"), EXACT);
    assertThat(market.fit().residuals().sigma()).isCloseTo(r.get("sigma"), EXACT);
    assertThat(market.fit().residuals().rSquared()).isCloseTo(r.get("r_squared"), EXACT);
    assertThat(market.fit().residuals().n()).isEqualTo(250);
    assertThat(market.fit().residuals().degreesOfFreedom()).isEqualTo(248);
    for (WindowResult window : market.windows()) {
      String label = "[%d %d]".formatted(window.window().start(), window.window().end());
      assertThat(window.car()).as(label).isCloseTo(r.get("car" + label), EXACT);
      assertThat(window.carSe()).as(label).isCloseTo(r.get("se" + label), EXACT);
      assertThat(window.t()).as(label).isCloseTo(r.get("t" + label), EXACT);
      assertThat(window.p()).as(label).isCloseTo(r.get("p" + label), EXACT);
      assertThat(window.bhar()).as(label).isCloseTo(r.get("bhar" + label), EXACT);
      EventSample sample = market.sample().orElseThrow();
      assertThat(sample.car(window.window())).isCloseTo(window.car(), within(1e-16));
      assertThat(sample.carStandardError(window.window())).isCloseTo(window.carSe(), within(1e-16));
    }
    DayResult day0 = market.days().get(10);
    assertThat(day0.relativeDay()).isZero();
    assertThat(day0.abnormal()).isCloseTo(0.0376171, within(5e-8));
    assertThat(day0.standardized()).isCloseTo(r.get("t[0 0]"), EXACT);
    ModelResult adjusted = results.get(1);
    assertThat(adjusted.fit().residuals().sigma()).isCloseTo(r.get("adjusted.sigma"), EXACT);
    assertThat(adjusted.fit().residuals().degreesOfFreedom()).isEqualTo(249);
    assertThat(adjusted.windows().get(0).car()).isCloseTo(r.get("adjusted.ar0"), EXACT);
    assertThat(adjusted.windows().get(0).t()).isCloseTo(r.get("adjusted.t0"), EXACT);
    ModelResult mean = results.get(2);
    assertThat(mean.fit().alpha()).isCloseTo(r.get("mean.alpha"), EXACT);
    assertThat(mean.fit().residuals().sigma()).isCloseTo(r.get("mean.sigma"), EXACT);
    assertThat(mean.windows().get(0).car()).isCloseTo(r.get("mean.ar0"), EXACT);
    assertThat(mean.windows().get(0).t()).isCloseTo(r.get("mean.t0"), EXACT);
  }

  @Test
  void inDollars() {
    WindowResult onTheDay = study(calendar.size()).measure(0).get(0).windows().get(0);
    DollarTerms terms = new DollarTerms(10_690_216_000.0, 1, 38e9);
    Dollars dollars =
        Dollars.of(prices, day, onTheDay, terms, ReturnKind.SIMPLE, StudentT.of(0.95));
    assertThat(dollars.raw().closeUsd()).isCloseTo(104.55e9, within(0.01e9));
    assertThat(dollars.raw().highUsd()).isCloseTo(153.7e9, within(0.1e9));
    assertThat(dollars.raw().openUsd()).isCloseTo(119.1e9, within(0.1e9));
    assertThat(dollars.abnormal().usd())
        .isCloseTo(onTheDay.car() * 10_690_216_000.0 * 244.22000122070312, within(1.0));
    // qt(0.975, 248) = 1.969576
    double margin = 1.969576 * onTheDay.carSe() * dollars.marketCapBeforeUsd();
    assertThat(dollars.abnormal().highUsd() - dollars.abnormal().usd())
        .isCloseTo(margin, within(1e5));
    assertThat(dollars.abnormal().usd() - dollars.abnormal().lowUsd())
        .isCloseTo(margin, within(1e5));
    assertThat(dollars.gainPerDealUsd()).isCloseTo(dollars.abnormal().usd() / 38e9, within(1e-12));
    assertThat(dollars.abnormalShareOfMarketCap()).isCloseTo(onTheDay.car(), within(1e-12));
  }

  @Test
  void windowsNotYetCompleteArePending() {
    int size = day.index() + 6;
    List<WindowResult> windows = study(size).measure(0).get(0).windows();
    assertThat(windows)
        .extracting(WindowResult::status)
        .containsExactly(StudyStatus.OK, StudyStatus.OK, StudyStatus.OK, StudyStatus.PENDING);
    assertThat(windows.get(3).reason())
        .isEqualTo("PENDING 6 of 21 days: the last bar is of 2025-11-10");
    assertThat(study(size).measure(0).get(0).days()).hasSize(16);
  }

  private InstrumentStudy study(int size) {
    TradingCalendar days = new TradingCalendar(Arrays.copyOf(calendar.epochDays(), size));
    PriceHistory stock = PriceHistory.ofCloses(Arrays.copyOf(prices.close(), size));
    PriceHistory spy = PriceHistory.ofCloses(Arrays.copyOf(column("spy_close"), size));
    StudyPlan plan =
        StudyPlan.builder()
            .price(PriceKind.CLOSE)
            .estimation(new EstimationWindow(-11, 250, 120))
            .build();
    return new InstrumentStudy(
        "AMZN",
        days,
        stock,
        MarketData.ofBenchmark(spy.returns(PriceKind.CLOSE, ReturnKind.SIMPLE)),
        plan,
        List.of(new StudyEvent("openai-aws:AMZN", day)));
  }

  private double[] column(String name) {
    return rows.stream().mapToDouble(row -> Double.parseDouble(row.get(name))).toArray();
  }
}
