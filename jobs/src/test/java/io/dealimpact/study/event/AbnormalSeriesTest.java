package io.dealimpact.study.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dealimpact.study.Fixtures;
import io.dealimpact.study.market.EstimationWindow;
import io.dealimpact.study.market.EventWindow;
import io.dealimpact.study.market.StudyStatus;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Abnormal volume and volatility against the golden fixtures. */
class AbnormalSeriesTest {
  private static final Offset<Double> EXACT = within(1e-10);
  private static final EstimationWindow SIX_DAYS = new EstimationWindow(-1, 6, 6);
  private static final EventWindow EVENT = new EventWindow(0, 2);

  private final List<Map<String, String>> expected = Fixtures.resource("golden_expected.csv");

  @Test
  void volume() {
    AbnormalSeries volume =
        AbnormalSeries.of(
            AbnormalVolume.logVolume(column("volume", "firm_volume")), 6, SIX_DAYS, EVENT);
    assertThat(volume.estimation().mean()).isCloseTo(value("volume", "mean_log_volume", ""), EXACT);
    assertThat(volume.estimation().sigma()).isCloseTo(value("volume", "sigma", ""), EXACT);
    for (int day = 0; day < 3; day++) {
      assertThat(volume.abnormal()[day])
          .isCloseTo(value("volume", "abnormal_volume", Integer.toString(day)), EXACT);
    }
    double[] shares = new double[9];
    Arrays.fill(shares, 1e5);
    AbnormalSeries turnover =
        AbnormalSeries.of(
            AbnormalVolume.logTurnover(column("volume", "firm_volume"), shares),
            6,
            SIX_DAYS,
            EVENT);
    assertThat(turnover.abnormal()[0])
        .isCloseTo(Math.log(2) - turnover.estimation().mean(), within(2e-4));
  }

  @Test
  void volatility() {
    AbnormalSeries volatility =
        AbnormalVolatility.ofReturns(column("volatility", "firm"), 6, SIX_DAYS, EVENT);
    assertThat(volatility.estimation().sigma()).isCloseTo(value("volatility", "sigma", ""), EXACT);
    for (int day = 0; day < 3; day++) {
      assertThat(volatility.abnormal()[day])
          .isCloseTo(value("volatility", "abnormal_volatility", Integer.toString(day)), EXACT);
    }
  }

  @Test
  void squaredStandardizedReturn() {
    EventSample sample =
        new EventSample(
            new EventSample.Key("e", "i", 0),
            new EventSample.Estimation(-10, new double[10], new double[10], 10, 2, new double[0][]),
            new EventSample.Returns(
                0,
                new double[] {6, Double.NaN},
                new double[2],
                new double[] {2, 2},
                new double[2][0]),
            MarketDays.none(2));
    AbnormalVolatility.Day day = AbnormalVolatility.of(sample, 0);
    assertThat(day.squaredSar()).isEqualTo(9);
    assertThat(day.excess()).isEqualTo(8);
    // 1 - pf(9, 1, 10)
    assertThat(day.p()).isCloseTo(0.01334366, within(1e-8));
    assertThat(day.df()).hasValue(10);
    assertThat(day.status()).isEqualTo(StudyStatus.OK);
    assertThat(day.reason()).isEmpty();
    AbnormalVolatility.Day missing = AbnormalVolatility.of(sample, 1);
    assertThat(missing.p()).isNaN();
    assertThat(missing.df()).isEmpty();
    assertThat(missing.status()).isEqualTo(StudyStatus.MISSING_RETURNS);
    assertThat(missing.reason()).isEqualTo("no abnormal return of one day on day 1");
  }

  @Test
  void badSeriesHaveAStatus() {
    double[] constant = new double[9];
    assertThat(AbnormalSeries.of(AbnormalVolume.logVolume(constant), 6, SIX_DAYS, EVENT).reason())
        .isEqualTo("ZERO_VARIANCE the 6 values of the estimation window are constant");
    Arrays.fill(constant, Double.NaN);
    assertThat(AbnormalVolatility.ofReturns(constant, 6, SIX_DAYS, EVENT).reason())
        .isEqualTo("INSUFFICIENT_HISTORY n=0 need=6");
    assertThat(AbnormalSeries.of(AbnormalVolume.logVolume(constant), 2, SIX_DAYS, EVENT).status())
        .isEqualTo(StudyStatus.INSUFFICIENT_HISTORY);
  }

  private double value(String fixture, String statistic, String day) {
    return expected.stream()
        .filter(row -> row.get("fixture").equals(fixture))
        .filter(row -> row.get("statistic").equals(statistic))
        .filter(row -> row.get("day").equals(day))
        .mapToDouble(row -> Double.parseDouble(row.get("value")))
        .findFirst()
        .orElseThrow();
  }

  private static double[] column(String fixture, String name) {
    return Fixtures.resource("golden_inputs.csv").stream()
        .filter(row -> row.get("fixture").equals(fixture))
        .mapToDouble(row -> Double.parseDouble(row.get(name)))
        .toArray();
  }
}
