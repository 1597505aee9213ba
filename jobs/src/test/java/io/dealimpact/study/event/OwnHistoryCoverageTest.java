package io.dealimpact.study.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.dealimpact.study.Fixtures;
import io.dealimpact.study.market.EstimationWindow;
import io.dealimpact.study.market.EventWindow;
import io.dealimpact.study.market.MarketData;
import io.dealimpact.study.market.ReturnKind;
import io.dealimpact.study.market.StudyStatus;
import io.dealimpact.study.model.StandardModel;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * How often the calibrated interval holds a true effect of 0 on returns with fat tails and a spread
 * that changes: Student's t with 3 degrees of freedom, its scale doubled in every other stretch of
 * 40 days. 4,000 simulated share-days: 1 % is three standard errors of a share of 5 % of them.
 */
class OwnHistoryCoverageTest {
  private static final int DAYS = 700;
  private static final int SHARES = 400;
  private static final int DAYS_OF_EACH = 10;

  @Test
  void theIntervalHoldsInNinetyFourToNinetySixOfAHundredCases() {
    StudyPlan plan =
        StudyPlan.builder()
            .estimation(new EstimationWindow(-11, 120, 60))
            .eventWindow(new EventWindow(0, 0))
            .windows(List.of(new EventWindow(0, 0)))
            .models(List.of(StandardModel.MARKET_MODEL))
            .build();
    Random random = new Random(2025);
    int held = 0;
    int rejected = 0;
    int all = 0;
    for (int share = 0; share < SHARES; share++) {
      double[] benchmark = Fixtures.normal(random, DAYS, 0.01);
      double[] stock = Fixtures.mixed(1, benchmark, fatTails(random));
      for (int k = 0; k < DAYS_OF_EACH; k++) {
        int day = DAYS - 1 - 31 * k;
        WindowResult window =
            new InstrumentStudy(
                    "X",
                    Fixtures.calendar(DAYS),
                    Fixtures.prices(stock, ReturnKind.SIMPLE),
                    MarketData.ofBenchmark(benchmark),
                    plan,
                    List.of(new StudyEvent("d", new EventDay(day, day - 1, StudyStatus.OK, ""))))
                .results(0)
                .get(0)
                .windows()
                .get(0);
        held += Math.abs(window.car()) <= window.history().quantile() * window.carSe() ? 1 : 0;
        rejected += window.history().p() <= 0.05 ? 1 : 0;
        all++;
      }
    }
    assertThat(held / (double) all).isBetween(0.94, 0.96);
    assertThat(rejected / (double) all).isBetween(0.04, 0.06);
  }

  private static double[] fatTails(Random random) {
    double[] noise = new double[DAYS];
    for (int t = 0; t < DAYS; t++) {
      double chi = 0;
      for (int i = 0; i < 3; i++) {
        double z = random.nextGaussian();
        chi += z * z;
      }
      noise[t] = (t / 40 % 2 + 1) * 0.01 * random.nextGaussian() / Math.sqrt(chi / 3);
    }
    return noise;
  }
}
