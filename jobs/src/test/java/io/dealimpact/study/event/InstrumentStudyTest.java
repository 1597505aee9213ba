package io.dealimpact.study.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.dealimpact.study.Fixtures;
import io.dealimpact.study.market.Announcement;
import io.dealimpact.study.market.EventWindow;
import io.dealimpact.study.market.MarketData;
import io.dealimpact.study.market.PriceHistory;
import io.dealimpact.study.market.PriceKind;
import io.dealimpact.study.market.ReturnKind;
import io.dealimpact.study.market.Sessions;
import io.dealimpact.study.market.StudyStatus;
import io.dealimpact.study.market.TradingCalendar;
import io.dealimpact.study.market.TradingHours;
import io.dealimpact.study.model.ReturnModel;
import io.dealimpact.study.model.StandardModel;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class InstrumentStudyTest {
  private static final int DAYS = 700;

  private final Random random = new Random(11);
  private final TradingCalendar calendar = Fixtures.calendar(DAYS);
  private final double[] benchmark = Fixtures.normal(random, DAYS, 0.01);
  private final double[] stock =
      Fixtures.mixed(1.2, benchmark, Fixtures.normal(random, DAYS, 0.02));
  private final PriceHistory prices = Fixtures.prices(stock, ReturnKind.SIMPLE);

  @Test
  void placeboIsTheRankAmongRefittedDays() {
    List<ModelResult> results = measure(prices, plan().build(), 400, 500);
    WindowResult window = results.get(0).windows().get(1);
    assertThat(window.window()).isEqualTo(new EventWindow(-1, 1));
    // Each day by hand: its own event, in a study of its own. The event window starts on day -10.
    int n = 0;
    int atLeast = 0;
    for (int day = 1; day + 1 < 400 - 10; day++) {
      WindowResult placebo = measure(prices, plan().build(), day).get(0).windows().get(1);
      if (placebo.status() == StudyStatus.OK) {
        n++;
        atLeast += Math.abs(placebo.car()) >= Math.abs(window.car()) ? 1 : 0;
      }
    }
    assertThat(window.placeboN()).isEqualTo(n);
    assertThat(n).isEqualTo(400 - 10 - 1 - 20 - 120 - 1);
    assertThat(window.placeboP()).isEqualTo((1.0 + atLeast) / (1 + n));
  }

  @Test
  void withoutPlaceboDaysAnEventHasAllButItsHistory() {
    WindowResult with = measure(prices, plan().build(), 400).get(0).windows().get(1);
    WindowResult without =
        measure(prices, plan().placebo(PlaceboDays.NONE).build(), 400).get(0).windows().get(1);
    assertThat(without.placeboP()).isNaN();
    assertThat(without.placeboN()).isZero();
    assertThat(without.history()).isEqualTo(OwnHistory.NONE);
    assertThat(without.car()).isEqualTo(with.car());
    assertThat(without.p()).isEqualTo(with.p());
    assertThat(without.sampleQuantileP()).isEqualTo(with.sampleQuantileP());
  }

  @Test
  void sampleQuantileRanksAmongResiduals() {
    ModelResult result = measure(prices, plan().build(), 400).get(0);
    double car = result.windows().get(0).car();
    double[] residuals = result.sample().orElseThrow().estimation().residuals();
    long below = Arrays.stream(residuals).filter(e -> e <= car).count();
    assertThat(result.windows().get(0).sampleQuantileP())
        .isEqualTo(2.0 * (1 + Math.min(below, 250 - below)) / 251);
    // Two sums below it; for two days the event counts as 1.2.
    assertThat(SampleQuantile.p(new double[] {1, 2, Double.NaN, 3, 4}, 2, 20))
        .isEqualTo(2 * 1.2 / 3.2);
    assertThat(SampleQuantile.p(new double[0], 2, 10)).isEqualTo(1);
    assertThat(SampleQuantile.p(new double[] {1, 2}, 2, 10)).as("no variance of sums").isEqualTo(1);
  }

  /**
   * R − R_m with its mean, against the definition; the deviation is about the mean all the same.
   */
  @Test
  void marketAdjustedResidualsKeepTheirMean() {
    StudyPlan plan = plan().models(List.of(StandardModel.MARKET_ADJUSTED)).build();
    ModelResult result = measure(prices, plan, 400).get(0);
    EventSample sample = result.sample().orElseThrow();
    double[] stock = prices.returns(PriceKind.ADJUSTED_CLOSE, ReturnKind.SIMPLE);
    int first = 400 + sample.estimation().start();
    double sum = 0;
    for (int i = 0; i < 250; i++) {
      double difference = stock[first + i] - benchmark[first + i];
      assertThat(sample.estimation().residuals()[i]).isEqualTo(difference);
      assertThat(sample.estimation().leverages()[i]).isZero();
      sum += difference;
    }
    assertThat(sum / 250).as("a mean to leave in").isNotCloseTo(0, within(1e-5));
    double squares = 0;
    for (double residual : sample.estimation().residuals()) {
      squares += (residual - sum / 250) * (residual - sum / 250);
    }
    assertThat(sample.estimation().sigma()).isCloseTo(Math.sqrt(squares / 249), within(1e-15));
  }

  /** Σh = k, h = 1/M for the mean, and NaN on days without a return. */
  @Test
  void leveragesOfTheEstimationDays() {
    StudyPlan plan =
        plan().models(List.of(StandardModel.MARKET_MODEL, StandardModel.MEAN_ADJUSTED)).build();
    List<ModelResult> results = measure(prices, plan, 400);
    double[] market = results.get(0).sample().orElseThrow().estimation().leverages();
    assertThat(Arrays.stream(market).sum()).isCloseTo(2, within(1e-10));
    for (double h : results.get(1).sample().orElseThrow().estimation().leverages()) {
      assertThat(h).isCloseTo(1.0 / 250, within(1e-15));
    }
  }

  @Test
  void tooYoungSaysHowManyItNeeds() {
    ModelResult result = measure(prices, plan().build(), 51).get(0);
    assertThat(result.fit().status()).isEqualTo(StudyStatus.INSUFFICIENT_HISTORY);
    assertThat(result.fit().reason()).isEqualTo("INSUFFICIENT_HISTORY n=30 need=120");
    assertThat(result.fit().residuals().n()).isEqualTo(30);
    assertThat(result.sample()).isEmpty();
    assertThat(result.days()).isEmpty();
    assertThat(result.windows())
        .hasSize(4)
        .allSatisfy(
            window -> {
              assertThat(window.status()).isEqualTo(StudyStatus.INSUFFICIENT_HISTORY);
              assertThat(window.reason()).isEqualTo("INSUFFICIENT_HISTORY n=30 need=120");
            });
    assertThat(measure(prices, plan().build(), 3).get(0).fit().reason())
        .isEqualTo("INSUFFICIENT_HISTORY n=0 need=120");
  }

  @Test
  void missingReturnsAreSkippedInEstimationAndNamedInTheWindow() {
    double[] closes = prices.close().clone();
    closes[300] = Double.NaN;
    closes[402] = -1;
    ModelResult result = measure(PriceHistory.ofCloses(closes), plan().build(), 400).get(0);
    assertThat(result.fit().residuals().n()).isEqualTo(248);
    assertThat(result.windows().get(0).status()).isEqualTo(StudyStatus.OK);
    assertThat(result.windows().get(2).status()).isEqualTo(StudyStatus.MISSING_RETURNS);
    assertThat(result.windows().get(2).reason()).isEqualTo("MISSING_RETURNS on day 2, 3");
    assertThat(result.sample().orElseThrow().returns().abnormal()[12]).isNaN();
  }

  @Test
  void theReturnOfDay0SpansAHaltAndSoDoesTheBenchmarks() {
    double[] closes = prices.close().clone();
    Arrays.fill(closes, 397, 400, Double.NaN);
    PriceHistory halted = PriceHistory.ofCloses(closes);
    EventDay day =
        EventDay.resolve(
            Announcement.on(calendar.date(398)),
            Sessions.regular(TradingHours.NEW_YORK),
            calendar,
            halted);
    assertThat(day.index()).isEqualTo(400);
    ModelResult result = study(halted, plan().build(), List.of(day)).measure(0).get(0);
    double market = 1;
    for (int t = 397; t <= 400; t++) {
      market *= 1 + benchmark[t];
    }
    WindowResult onTheDay = result.windows().get(0);
    double expected = 4 * result.fit().alpha() + result.fit().beta() * (market - 1);
    assertThat(onTheDay.car()).isCloseTo(closes[400] / closes[396] - 1 - expected, within(1e-15));
    // Four days of variance.
    assertThat(onTheDay.carSe()).isCloseTo(2 * result.fit().residuals().sigma(), within(2e-3));
    // [-1, 1]: day −1 lies in the halt, which day 0 spans.
    assertThat(result.windows().get(1).status()).isEqualTo(StudyStatus.OK);
    assertThat(result.windows().get(1).car())
        .isCloseTo(onTheDay.car() + result.days().get(11).abnormal(), within(1e-15));
    assertThat(result.fit().reason()).contains("when it traded again");
  }

  /** The market of a model, over the days of the instrument and over all days of the window. */
  @Test
  void theMarketOfAnEventIsTheFirstRegressor() {
    double[] closes = prices.close().clone();
    Arrays.fill(closes, 300, 310, Double.NaN);
    List<ModelResult> results =
        measure(
            PriceHistory.ofCloses(closes),
            plan()
                .models(
                    List.of(
                        StandardModel.MARKET_MODEL,
                        StandardModel.MARKET_ADJUSTED,
                        StandardModel.MEAN_ADJUSTED))
                .build(),
            400);
    int first = 400 + results.get(0).sample().orElseThrow().estimation().start();
    double whole = Arrays.stream(benchmark, first, first + 250).average().orElseThrow();
    double gap = Arrays.stream(benchmark, 300, 311).sum();
    for (ModelResult result : results.subList(0, 2)) {
      MarketDays market = result.sample().orElseThrow().market();
      assertThat(market.returns()[-result.sample().orElseThrow().returns().start()])
          .isEqualTo(benchmark[400]);
      assertThat(market.wholeMean()).isCloseTo(whole, within(1e-15));
      assertThat(market.mean()).isCloseTo((250 * whole - gap) / 239, within(1e-15));
    }
    assertThat(results.get(2).sample().orElseThrow().market().scatter()).isNaN();
  }

  /** Small minus big of three factors is another series than that of five. */
  @Test
  void modelsOfThreeFactorsTakeTheirOwnSmallMinusBig() {
    double[] three = Fixtures.normal(random, DAYS, 0.005);
    double[] five = Fixtures.normal(random, DAYS, 0.005);
    double[] loaded = Fixtures.mixed(1, stock, three);
    Map<String, double[]> factors =
        Map.of(
            "mkt_rf",
            benchmark,
            "smb",
            five,
            "smb_3",
            three,
            "hml",
            Fixtures.normal(random, DAYS, 0.005),
            "rmw",
            Fixtures.normal(random, DAYS, 0.005),
            "cma",
            Fixtures.normal(random, DAYS, 0.005),
            "rf",
            new double[DAYS]);
    StudyPlan plan =
        plan()
            .models(List.of(ReturnModel.parse("fama-french-3"), ReturnModel.parse("fama-french-5")))
            .build();
    List<ModelResult> results =
        new InstrumentStudy(
                "X",
                calendar,
                Fixtures.prices(loaded, ReturnKind.SIMPLE),
                MarketData.ofBenchmark(benchmark).withFactors(factors),
                plan,
                events(List.of(Fixtures.day(400))))
            .measure(0);
    assertThat(results.get(0).fit().coefficients().get("smb")).isCloseTo(1, within(0.6));
    assertThat(results.get(1).fit().coefficients().get("smb")).isCloseTo(0, within(0.6));
  }

  @Test
  void aFactorSetThatEndsBeforeTheEventSaysSo() {
    double[] smb = Fixtures.normal(random, DAYS, 0.005);
    double[] hml = Fixtures.normal(random, DAYS, 0.005);
    Arrays.fill(smb, 401, DAYS, Double.NaN);
    MarketData market =
        MarketData.ofBenchmark(benchmark)
            .withFactors(
                Map.of("mkt_rf", benchmark, "smb", smb, "hml", hml, "rf", new double[DAYS]));
    StudyPlan plan = plan().models(List.of(ReturnModel.parse("fama-french-3"))).build();
    ModelResult result =
        new InstrumentStudy("X", calendar, prices, market, plan, events(List.of(Fixtures.day(400))))
            .measure(0)
            .get(0);
    assertThat(result.fit().status()).isEqualTo(StudyStatus.OK);
    assertThat(result.windows().get(0).status()).isEqualTo(StudyStatus.OK);
    assertThat(result.windows().get(1).status()).isEqualTo(StudyStatus.FACTORS_MISSING);
    assertThat(result.windows().get(1).reason())
        .isEqualTo("FACTORS_MISSING smb ends on " + calendar.date(400));
    ModelResult later =
        new InstrumentStudy("X", calendar, prices, market, plan, events(List.of(Fixtures.day(600))))
            .measure(0)
            .get(0);
    assertThat(later.fit().status()).isEqualTo(StudyStatus.FACTORS_MISSING);
    assertThat(later.fit().reason())
        .isEqualTo("FACTORS_MISSING n=71 need=120: smb ends on " + calendar.date(400));
    StudyPlan carhart = plan().models(List.of(ReturnModel.parse("carhart-4"))).build();
    assertThat(
            new InstrumentStudy(
                    "X", calendar, prices, market, carhart, events(List.of(Fixtures.day(400))))
                .measure(0)
                .get(0)
                .fit()
                .reason())
        .isEqualTo("FACTORS_MISSING n=0 need=120: no umd");
  }

  @Test
  void aFactorMissingInsideAHaltLeavesTheSpannedReturnUnmeasured() {
    double[] closes = prices.close().clone();
    Arrays.fill(closes, 397, 400, Double.NaN);
    double[] gappy = benchmark.clone();
    gappy[398] = Double.NaN;
    EventDay day = new EventDay(400, 396, StudyStatus.OK, "");
    List<WindowResult> windows =
        new InstrumentStudy(
                "X",
                calendar,
                PriceHistory.ofCloses(closes),
                MarketData.ofBenchmark(gappy),
                plan().build(),
                events(List.of(day)))
            .measure(0)
            .get(0)
            .windows();
    assertThat(windows.get(0).status()).isEqualTo(StudyStatus.FACTORS_MISSING);
    assertThat(windows.get(0).reason()).isEqualTo("FACTORS_MISSING benchmark has gaps");
  }

  @Test
  void withoutAdjustedClosesTheCloseIsUsedAndSaidSo() {
    double[] none = new double[DAYS];
    PriceHistory unadjusted = new PriceHistory(none, none, none, prices.close(), none);
    ModelFit fit = measure(unadjusted, plan().build(), 400).get(0).fit();
    assertThat(fit.status()).isEqualTo(StudyStatus.OK);
    assertThat(fit.reason())
        .isEqualTo(
            "the instrument has no adjusted close: measured on the close, without dividends");
  }

  @Test
  void daysOfOtherEventsCanBeLeftOut() {
    StudyPlan plan = plan().otherEvents(OtherEvents.LEAVE_OUT).build();
    ModelResult result = measure(prices, plan, 400, 300).get(0);
    // The hull of the windows is [-5, 20]: 26 days.
    assertThat(result.fit().residuals().n()).isEqualTo(250 - 26);
    assertThat(result.sample().orElseThrow().estimation().residuals()[300 - 400 + 270]).isNaN();
    // It is the default.
    assertThat(measure(prices, plan().build(), 400, 300).get(0).fit().residuals().n())
        .isEqualTo(250 - 26);
    StudyPlan kept = plan().otherEvents(OtherEvents.KEEP).build();
    assertThat(measure(prices, kept, 400, 300).get(0).fit().residuals().n()).isEqualTo(250);
  }

  @Test
  void anEventWithoutDay0HasItsRows() {
    EventDay pending = new EventDay(-1, -1, StudyStatus.PENDING, "PENDING: later");
    List<ModelResult> results = study(prices, plan().build(), List.of(pending)).measure(0);
    assertThat(results).hasSize(4);
    assertThat(results.get(2).fit().status()).isEqualTo(StudyStatus.PENDING);
    assertThat(results.get(2).windows()).hasSize(4);
    assertThat(results.get(2).windows().get(3).reason()).isEqualTo("PENDING: later");
  }

  @Test
  void theNetOfADealIsThatOfItsPortfolio() {
    double[] other =
        Fixtures.mixed(
            0.7, benchmark, Fixtures.mixed(0.5, stock, Fixtures.normal(random, DAYS, 0.01)));
    double[] portfolio = new double[DAYS];
    Arrays.setAll(portfolio, t -> 0.6 * stock[t] + 0.4 * other[t]);
    StudyPlan plan = plan().build();
    WindowResult whole =
        measure(Fixtures.prices(portfolio, ReturnKind.SIMPLE), plan, 400).get(0).windows().get(1);
    ModelResult a = measure(prices, plan, 400).get(0);
    ModelResult b = measure(Fixtures.prices(other, ReturnKind.SIMPLE), plan, 400).get(0);
    DealNet net = DealNet.of(List.of(party(a, 0.6e12), party(b, 0.4e12)), 0.95, ReturnKind.SIMPLE);
    assertThat(net.amount().usd()).isCloseTo(whole.car() * 1e12, within(1.0));
    assertThat(net.seUsd()).isCloseTo(whole.carSe() * 1e12, within(1.0));
    assertThat(net.df()).isEqualTo(248);
    assertThat(net.p()).isCloseTo(whole.p(), within(1e-10));
    assertThat(net.parties()).isEqualTo(2);
    // Windows without a common day, and what both estimated from the days they share.
    ModelResult later = measure(Fixtures.prices(other, ReturnKind.SIMPLE), plan, 690).get(0);
    DealNet independent =
        DealNet.of(List.of(party(a, 3), party(later, 4)), 0.95, ReturnKind.SIMPLE);
    assertThat(independent.seUsd())
        .isCloseTo(
            Math.hypot(3 * a.windows().get(1).carSe(), 4 * later.windows().get(1).carSe()),
            within(1e-12));
    DealNet lacking =
        DealNet.of(List.of(party(a, 3), party(b, Double.NaN)), 0.95, ReturnKind.SIMPLE);
    assertThat(lacking.reason()).isEqualTo("without X (no market value)");
    assertThat(DealNet.of(List.of(), 0.95, ReturnKind.SIMPLE).status())
        .isEqualTo(StudyStatus.NO_PRICES);
    DealNet.Party alone = party(a, 3);
    DealNet.Party withoutSample =
        new DealNet.Party(
            alone.instrumentId(), alone.dayZero(), 3, alone.window(), Optional.empty());
    assertThat(DealNet.of(List.of(withoutSample), 0.95, ReturnKind.SIMPLE))
        .as("the only listed party needs no covariance")
        .isEqualTo(DealNet.of(List.of(alone), 0.95, ReturnKind.SIMPLE));
  }

  /**
   * Windows [-1, 1] of one instrument about two days in a row share two of their three days, on
   * which the abnormal returns are the same but for the fits: Cov = 2σ², and what the fits add is
   * of the order of 1/250.
   */
  @Test
  void windowsThatOverlapOnDifferentDaysAreNotIndependent() {
    StudyPlan plan = plan().otherEvents(OtherEvents.KEEP).build();
    ModelResult first = measure(prices, plan, 400).get(0);
    ModelResult second = measure(prices, plan, 401).get(0);
    double sigma = first.fit().residuals().sigma();
    double a = first.windows().get(1).carSe();
    double b = second.windows().get(1).carSe();
    DealNet net =
        DealNet.of(List.of(party(first, 1e12), party(second, 1e12)), 0.95, ReturnKind.SIMPLE);
    assertThat(net.seUsd() / 1e12)
        .isCloseTo(Math.sqrt(a * a + b * b + 2 * 2 * sigma * sigma), withinPercentage(2));
    assertThat(net.seUsd() / 1e12).isGreaterThan(1.2 * Math.hypot(a, b));
    // The other way round it is the same sum.
    assertThat(
            DealNet.of(List.of(party(second, 1e12), party(first, 1e12)), 0.95, ReturnKind.SIMPLE)
                .seUsd())
        .isCloseTo(net.seUsd(), within(1.0));
    // Three days apart no day is shared; the fits still share theirs.
    ModelResult apart = measure(prices, plan, 403).get(0);
    double c = apart.windows().get(1).carSe();
    assertThat(
            DealNet.of(List.of(party(first, 1e12), party(apart, 1e12)), 0.95, ReturnKind.SIMPLE)
                    .seUsd()
                / 1e12)
        .isCloseTo(Math.hypot(a, c), withinPercentage(2));
  }

  /** By the delta method the standard error of e^CAR − 1 is e^CAR times that of the CAR. */
  @Test
  void theNetOfLogReturnsCompounds() {
    DealNet.Party party = party(measure(prices, plan().build(), 400).get(0), 2e12);
    double car = party.window().car();
    DealNet net = DealNet.of(List.of(party), 0.95, ReturnKind.LOG);
    assertThat(net.amount().usd()).isCloseTo(2e12 * (Math.exp(car) - 1), within(1.0));
    assertThat(net.seUsd()).isCloseTo(2e12 * Math.exp(car) * party.window().carSe(), within(1.0));
  }

  @Test
  void minusAHundredPercentStaysThere() {
    double[] wiped = {-1, 0.5};
    double[] zero = {0, 0};
    assertThat(BuyAndHold.excess(wiped, zero, ReturnKind.SIMPLE)).isEqualTo(-1);
    assertThat(
            BuyAndHold.excess(new double[] {Double.NEGATIVE_INFINITY, 0.5}, zero, ReturnKind.LOG))
        .isEqualTo(-1);
    assertThat(BuyAndHold.excess(new double[] {0.1}, new double[] {-1.5}, ReturnKind.SIMPLE))
        .isCloseTo(1.1, within(1e-15));
  }

  @Test
  void namesAreParsedAndUnknownOnesAreRefused() {
    for (String code : List.of("market-model", "mean-adjusted", "carhart-4", "factors:smb+hml")) {
      assertThat(ReturnModel.parse(code).code()).isEqualTo(code);
    }
    assertThatThrownBy(() -> ReturnModel.parse("markt-model"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "no return model 'markt-model'. Allowed: mean-adjusted, market-adjusted, market-model");
    assertThatThrownBy(() -> ReturnModel.parse("factors:smb+beta"))
        .hasMessageStartingWith("no factor 'beta' in 'factors:smb+beta'. Allowed: [mkt_rf, smb,");
  }

  @Test
  void mirroredReturnsMirrorTheResult() {
    double[] mirrored = Arrays.stream(stock).map(r -> -r).toArray();
    double[] index = Arrays.stream(benchmark).map(r -> -r).toArray();
    WindowResult plus = measure(prices, plan().build(), 400).get(0).windows().get(1);
    WindowResult minus =
        new InstrumentStudy(
                "X",
                calendar,
                Fixtures.prices(mirrored, ReturnKind.SIMPLE),
                MarketData.ofBenchmark(index),
                plan().build(),
                events(List.of(Fixtures.day(400))))
            .measure(0)
            .get(0)
            .windows()
            .get(1);
    assertThat(minus.car()).isCloseTo(-plus.car(), within(1e-14));
    assertThat(minus.t()).isCloseTo(-plus.t(), within(1e-12));
    assertThat(minus.p()).isCloseTo(plus.p(), within(1e-12));
  }

  private static DealNet.Party party(ModelResult result, double marketCapUsd) {
    int day = result.event().day().index();
    return new DealNet.Party(
        "X",
        new DealNet.DayZero("SPY", day, day),
        marketCapUsd,
        result.windows().get(1),
        result.sample());
  }

  private static StudyPlan.Builder plan() {
    return StudyPlan.builder();
  }

  private List<ModelResult> measure(PriceHistory of, StudyPlan plan, int... days) {
    return study(of, plan, Arrays.stream(days).mapToObj(Fixtures::day).toList()).measure(0);
  }

  private InstrumentStudy study(PriceHistory of, StudyPlan plan, List<EventDay> days) {
    return new InstrumentStudy(
        "X", calendar, of, MarketData.ofBenchmark(benchmark), plan, events(days));
  }

  private static List<StudyEvent> events(List<EventDay> days) {
    return days.stream().map(day -> new StudyEvent("deal:X", day)).toList();
  }
}
