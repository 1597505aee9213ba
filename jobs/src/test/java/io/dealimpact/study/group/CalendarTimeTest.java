package io.dealimpact.study.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.dealimpact.study.numeric.Moments;
import io.dealimpact.study.numeric.NeweyWest;
import java.util.Random;
import java.util.stream.IntStream;
import org.hipparchus.distribution.continuous.TDistribution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CalendarTimeTest {
  private static final int SERIES = 5_000;

  /** 2.6 binomial standard deviations of 5,000 at 5 %: one in 100 fails by chance. */
  private static final double BY_CHANCE = 0.008;

  /** Portfolios of independent days: the size is 5 %, and below 6 % where the error has lags. */
  @ParameterizedTest
  @ValueSource(ints = {11, 21, 60, 199, 200})
  void rejectsAsOftenAsItSays(int days) {
    Random random = new Random(days);
    int[] calendar = IntStream.range(0, days).toArray();
    double critical = new TDistribution(days - 1).inverseCumulativeProbability(0.975);
    int rejected = 0;
    for (int series = 0; series < SERIES; series++) {
      double[] values =
          IntStream.range(0, days).mapToDouble(day -> random.nextGaussian()).toArray();
      Moments moments = new Moments();
      for (double value : values) {
        moments.add(value);
      }
      double error = NeweyWest.standardError(calendar, values, CalendarTimePortfolio.lag(days));
      rejected += Math.abs(moments.mean()) > critical * error ? 1 : 0;
    }
    double most = days < CalendarTimePortfolio.LEAST_DAYS_FOR_LAGS ? 0.05 : 0.06;
    assertThat((double) rejected / SERIES).isBetween(0.05 - BY_CHANCE, most + BY_CHANCE);
  }
}
