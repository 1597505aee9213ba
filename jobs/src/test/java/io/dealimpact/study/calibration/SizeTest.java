package io.dealimpact.study.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import io.dealimpact.study.Fixtures;
import io.dealimpact.study.event.InstrumentStudy;
import io.dealimpact.study.event.ModelResult;
import io.dealimpact.study.event.StudyEvent;
import io.dealimpact.study.event.StudyPlan;
import io.dealimpact.study.event.WindowResult;
import io.dealimpact.study.market.EstimationWindow;
import io.dealimpact.study.market.EventWindow;
import io.dealimpact.study.market.MarketData;
import io.dealimpact.study.market.ReturnKind;
import io.dealimpact.study.model.StandardModel;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Without an effect, each test of one event at 5 % rejects 5 % of simulated events. */
class SizeTest {
  private static final int EVENTS = 2000;

  /**
   * 5 % ± 2.6 binomial standard deviations of 2,000: 1 in 100 fails by chance; the seed is fixed.
   */
  private static final double TOLERANCE = 0.0127;

  /** 119 residuals: of the ranks 1 to 120, 3 at each end are 5 %. */
  @Test
  void rejectsAsOftenAsItSays() {
    Random random = new Random(20251103);
    StudyPlan plan =
        StudyPlan.builder()
            .estimation(new EstimationWindow(-11, 119, 60))
            .eventWindow(new EventWindow(0, 0))
            .windows(
                List.of(new EventWindow(0, 0), new EventWindow(-5, 5), new EventWindow(-10, 10)))
            .models(List.of(StandardModel.MARKET_MODEL, StandardModel.MARKET_ADJUSTED))
            .build();
    double[][] rejected = new double[2][6];
    for (int event = 0; event < EVENTS; event++) {
      double[] market = Fixtures.normal(random, 250, 0.01);
      double[] stock = Fixtures.mixed(1, market, Fixtures.normal(random, 250, 0.02));
      List<ModelResult> results =
          new InstrumentStudy(
                  "X",
                  Fixtures.calendar(250),
                  Fixtures.prices(stock, ReturnKind.SIMPLE),
                  MarketData.ofBenchmark(market),
                  plan,
                  List.of(new StudyEvent("e", Fixtures.day(200))))
              .measure(0);
      for (int model = 0; model < 2; model++) {
        List<WindowResult> windows = results.get(model).windows();
        count(rejected[model], 0, windows.get(0), WindowResult::p);
        count(rejected[model], 1, windows.get(1), WindowResult::p);
        count(rejected[model], 2, windows.get(0), WindowResult::sampleQuantileP);
        count(rejected[model], 3, windows.get(0), WindowResult::placeboP);
        count(rejected[model], 4, windows.get(1), WindowResult::placeboP);
        count(rejected[model], 5, windows.get(2), WindowResult::sampleQuantileP);
      }
    }
    for (double[] rates : rejected) {
      for (int test = 0; test < 4; test++) {
        assertThat(rates[test] / EVENTS)
            .as("test %d", test)
            .isBetween(0.05 - TOLERANCE, 0.05 + TOLERANCE);
      }
      // The placebo windows of eleven days overlap: few are independent in so short a history.
      assertThat(rates[4] / EVENTS).isBetween(0.03, 0.13);
    }
  }

  private static void count(
      double[] rates, int test, WindowResult window, ToDoubleFunction<WindowResult> p) {
    rates[test] += p.applyAsDouble(window) <= 0.05 ? 1 : 0;
  }
}
