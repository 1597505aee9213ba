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

class OutsideDaysTest {
  private static final int DAYS = 600;

  /** Each day as an event of its own: outside where its p is at most 5 %. */
  @Test
  void aDayIsOutsideWhereItsOwnTestRejects() {
    Random random = new Random(13);
    double[] benchmark = Fixtures.normal(random, DAYS, 0.01);
    double[] stock = Fixtures.mixed(1.2, benchmark, Fixtures.normal(random, DAYS, 0.02));
    StudyPlan plan =
        StudyPlan.builder()
            .estimation(new EstimationWindow(-11, 250, 120))
            .eventWindow(new EventWindow(0, 0))
            .windows(List.of(new EventWindow(0, 0)))
            .models(List.of(StandardModel.MARKET_MODEL))
            .build();
    MarketData market = MarketData.ofBenchmark(benchmark);
    OutsideDays days = new OutsideDays(Fixtures.prices(stock, ReturnKind.SIMPLE), market, plan);
    int outside = 0;
    for (int day = 131; day < DAYS; day += 7) {
      StudyEvent event = new StudyEvent("d:X", new EventDay(day, day - 1, StudyStatus.OK, ""));
      ModelResult result =
          new InstrumentStudy(
                  "X",
                  Fixtures.calendar(DAYS),
                  Fixtures.prices(stock, ReturnKind.SIMPLE),
                  market,
                  plan,
                  List.of(event))
              .results(0)
              .get(0);
      OutsideDays.Day expected =
          result.fit().status() != StudyStatus.OK
              ? OutsideDays.Day.UNKNOWN
              : result.windows().get(0).p() <= 0.05
                  ? OutsideDays.Day.OUTSIDE
                  : OutsideDays.Day.INSIDE;
      assertThat(days.at(day)).as("day %d", day).isEqualTo(expected);
      outside += expected == OutsideDays.Day.OUTSIDE ? 1 : 0;
    }
    assertThat(outside).isPositive();
    assertThat(days.at(50)).isEqualTo(OutsideDays.Day.UNKNOWN);
  }
}
