package io.dealimpact.study.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dealimpact.study.Fixtures;
import io.dealimpact.study.market.EventWindow;
import io.dealimpact.study.market.PriceHistory;
import io.dealimpact.study.market.ReturnKind;
import io.dealimpact.study.market.StudyStatus;
import io.dealimpact.study.numeric.StudentT;
import org.junit.jupiter.api.Test;

class DollarsTest {
  private static final EventWindow DAY = new EventWindow(0, 0);
  private static final StudentT CONFIDENCE = StudentT.of(0.95);

  /** Shares × 100 dollars are 95.8 billion. */
  private static final DollarTerms TERMS = new DollarTerms(9.58e8, 1, Double.NaN);

  /** A share that fell by 70 % lost 70 % of its value, whatever its log return is. */
  @Test
  void aLogReturnIsCompoundedIntoDollars() {
    double fall = Math.log(0.3);
    Dollars dollars = dollars(fall, ReturnKind.LOG);
    assertThat(dollars.abnormal().usd()).isCloseTo(-67.06e9, within(1.0));
    assertThat(dollars.abnormalShareOfMarketCap()).isCloseTo(-0.7, within(1e-15));
    double margin = CONFIDENCE.quantile(248) * 0.5;
    assertThat(dollars.abnormal().lowUsd())
        .isCloseTo(95.8e9 * (0.3 * Math.exp(-margin) - 1), within(1.0))
        .isGreaterThan(-95.8e9);
    assertThat(dollars.abnormal().highUsd())
        .isCloseTo(95.8e9 * (0.3 * Math.exp(margin) - 1), within(1.0));
  }

  @Test
  void aSimpleReturnIsTakenAsItIs() {
    assertThat(dollars(-0.7, ReturnKind.SIMPLE).abnormal().usd()).isCloseTo(-67.06e9, within(1.0));
  }

  private static Dollars dollars(double car, ReturnKind kind) {
    PriceHistory prices = PriceHistory.ofCloses(new double[] {100, 30});
    WindowResult result =
        WindowResult.builder(DAY, StudyStatus.OK)
            .car(car, 0.5)
            .test(car / 0.5, 248, Double.NaN)
            .build();
    return Dollars.of(prices, day(), result, TERMS, kind, CONFIDENCE);
  }

  private static EventDay day() {
    return Fixtures.day(1);
  }
}
