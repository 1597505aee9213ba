package io.dealimpact.study.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.dealimpact.study.Fixtures;
import io.dealimpact.study.market.Announcement;
import io.dealimpact.study.market.EstimationWindow;
import io.dealimpact.study.market.EventWindow;
import io.dealimpact.study.market.MarketData;
import io.dealimpact.study.market.PriceHistory;
import io.dealimpact.study.market.ReturnKind;
import io.dealimpact.study.market.StudyStatus;
import io.dealimpact.study.market.TradingCalendar;
import io.dealimpact.study.model.FactorModel;
import io.dealimpact.study.model.ReturnModel;
import io.dealimpact.study.model.StandardModel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Windows that events name themselves, and factor models of returns as they are. */
class OwnEstimationTest {
  private static final int DAYS = 700;

  private final Random random = new Random(14);
  private final TradingCalendar calendar = Fixtures.calendar(DAYS);
  private final double[] benchmark = Fixtures.normal(random, DAYS, 0.01);
  private final PriceHistory prices =
      Fixtures.prices(
          Fixtures.mixed(1.2, benchmark, Fixtures.normal(random, DAYS, 0.02)), ReturnKind.SIMPLE);

  private static StudyPlan plan(EstimationWindow estimation) {
    return StudyPlan.builder()
        .estimation(estimation)
        .models(List.of(StandardModel.MARKET_MODEL))
        .build();
  }

  private List<MeasuredEvent> measured(StudyPlan plan, List<Optional<OwnEstimation>> windows) {
    return measuredWith(
        plan, windows.stream().map(own -> new OwnWindows(own, Optional.empty())).toList());
  }

  private List<MeasuredEvent> measuredWith(StudyPlan plan, List<OwnWindows> windows) {
    double[] none = new double[DAYS];
    List<EventInput> events =
        IntStream.range(0, windows.size())
            .mapToObj(
                i ->
                    new EventInput(
                        "e" + i,
                        new DealParty("d" + i, "firm", null, Double.NaN, null, 1, null),
                        Announcement.on(calendar.date(500)),
                        calendar.epochDay(500),
                        "XNYS",
                        new MarketId("M", "M"),
                        Map.of(),
                        windows.get(i),
                        null))
            .toList();
    InstrumentInput instrument =
        new InstrumentInput(prices, none, none, none, events, List.of(), null);
    return new InstrumentMeasurer(calendar, MarketData.ofBenchmark(benchmark), plan, Map.of())
        .measure("X", instrument)
        .toList();
  }

  @Test
  void anEventsOwnWindowTakesThePlaceOfTheStudys() {
    EstimationWindow study = new EstimationWindow(-21, 250, 120);
    List<MeasuredEvent> own =
        measured(
            plan(study),
            List.of(
                Optional.empty(),
                Optional.of(new OwnEstimation(-300, -101, OwnEstimation.Unit.RELATIVE)),
                Optional.of(
                    new OwnEstimation(
                        calendar.epochDay(200), calendar.epochDay(399), OwnEstimation.Unit.DATES)),
                Optional.of(new OwnEstimation(-30, -5, OwnEstimation.Unit.RELATIVE)),
                Optional.of(
                    new OwnEstimation(
                        calendar.epochDay(490),
                        calendar.epochDay(699),
                        OwnEstimation.Unit.DATES))));

    double ofStudy = car(measured(plan(study), List.of(Optional.empty())).get(0));
    EstimationWindow other = new EstimationWindow(-101, 200, 100);
    double ofOther = car(measured(plan(other), List.of(Optional.empty())).get(0));
    assertThat(ofOther).isNotEqualTo(ofStudy);
    assertThat(car(own.get(0))).isEqualTo(ofStudy);
    assertThat(car(own.get(1))).isEqualTo(ofOther);
    assertThat(car(own.get(2))).as("the same days by their dates").isEqualTo(ofOther);
    assertThat(own.get(2).result().fit().residuals().n()).isEqualTo(200);
    // Windows that reach into the event's cannot be.
    for (MeasuredEvent event : own.subList(3, 5)) {
      assertThat(event.day().status()).isEqualTo(StudyStatus.INSUFFICIENT_HISTORY);
      assertThat(event.day().reason())
          .contains("has no two trading days before day -10, on which its windows begin");
    }
  }

  /** Held against studies whose windows they are. */
  @Test
  void anEventMayHaveAWindowOfItsOwnBesideTheStudys() {
    StudyPlan plan = plan(new EstimationWindow(-31, 250, 120));
    List<EventWindow> own =
        List.of(
            new EventWindow(3, 9),
            new EventWindow(-25, 60),
            new EventWindow(-1, 1),
            new EventWindow(-40, -35),
            new EventWindow(150, 250));
    for (EventWindow window : own) {
      MeasuredEvent event =
          measuredWith(plan, List.of(new OwnWindows(Optional.empty(), Optional.of(window)))).get(0);
      List<WindowResult> windows = event.result().windows();
      assertThat(windows.subList(0, 4))
          .as("the study's, as without it")
          .isEqualTo(measured(plan, List.of(Optional.empty())).get(0).result().windows());
      WindowResult last = windows.get(windows.size() - 1);
      assertThat(event.dollars()).hasSameSizeAs(windows);
      if (window.equals(own.get(2))) {
        assertThat(windows).as("it is one of the study's").hasSize(4);
      } else if (window.equals(own.get(3))) {
        assertThat(last.status()).isEqualTo(StudyStatus.INSUFFICIENT_HISTORY);
        assertThat(last.reason())
            .startsWith(
                "INSUFFICIENT_HISTORY: the event's own window [-40,-35] reaches into its estimation"
                    + " window, which ends on day -31");
      } else if (window.equals(own.get(4))) {
        assertThat(last.status()).isEqualTo(StudyStatus.PENDING);
      } else {
        StudyPlan withIt =
            StudyPlan.builder()
                .estimation(plan.estimation())
                .models(plan.models())
                .windows(List.of(window))
                .build();
        WindowResult expected =
            measured(withIt, List.of(Optional.empty())).get(0).result().windows().get(0);
        assertThat(last.car()).isEqualTo(expected.car());
        assertThat(last.carSe()).isEqualTo(expected.carSe());
        assertThat(last.bhar()).isEqualTo(expected.bhar());
        assertThat(last.placeboP()).isEqualTo(expected.placeboP());
        assertThat(event.result().days())
            .as("the days that the window is the sum of are given")
            .anyMatch(day -> day.relativeDay() == window.start())
            .anyMatch(day -> day.relativeDay() == window.end());
      }
    }
  }

  private static double car(MeasuredEvent event) {
    return event.result().windows().get(0).car();
  }

  /** The market model against a market that is a factor: its own return, mkt_rf + rf. */
  @Test
  void aFactorMayBeTheMarket() {
    double[] riskFree = Fixtures.normal(random, DAYS, 0.0001);
    double[] excess = new double[DAYS];
    double[] market = new double[DAYS];
    for (int t = 0; t < DAYS; t++) {
      excess[t] = benchmark[t] - riskFree[t];
      market[t] = excess[t] + riskFree[t];
    }
    Map<String, double[]> factors = Map.of("mkt_rf", excess, "rf", riskFree);
    ReturnModel raw = ((FactorModel) ReturnModel.parse("factors:mkt")).ofRawReturns();
    ModelResult byFactor = result(raw, MarketData.ofBenchmark(benchmark).withFactors(factors));
    ModelResult byMarket = result(StandardModel.MARKET_MODEL, MarketData.ofBenchmark(market));

    assertThat(byFactor.fit().coefficients().get("mkt"))
        .isEqualTo(byMarket.fit().coefficients().get("beta"));
    assertThat(byFactor.windows().get(0).car()).isEqualTo(byMarket.windows().get(0).car());
    assertThat(raw.beta(byFactor.fit().coefficients()))
        .isEqualTo(byFactor.fit().coefficients().get("mkt"));
    assertThat(raw.formula()).startsWith("E[R] = α + Σ b F over mkt");
    // Without a riskless return in the factor set raw returns can still be explained.
    ReturnModel smb = ((FactorModel) ReturnModel.parse("factors:smb")).ofRawReturns();
    MarketData noRate = MarketData.ofBenchmark(benchmark).withFactors(Map.of("smb", excess));
    assertThat(result(smb, noRate).fit().status()).isEqualTo(StudyStatus.OK);
    assertThat(result(ReturnModel.parse("factors:smb"), noRate).fit().status())
        .isEqualTo(StudyStatus.FACTORS_MISSING);
  }

  private ModelResult result(ReturnModel model, MarketData market) {
    return new InstrumentStudy(
            "X",
            calendar,
            prices,
            market,
            StudyPlan.builder().models(List.of(model)).build(),
            List.of(new StudyEvent("e", Fixtures.day(500))))
        .measure(0)
        .get(0);
  }
}
