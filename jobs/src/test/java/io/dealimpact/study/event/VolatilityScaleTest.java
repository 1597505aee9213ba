package io.dealimpact.study.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dealimpact.study.market.EstimationWindow;
import io.dealimpact.study.market.EventWindow;
import java.util.Arrays;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VolatilityScaleTest {
  private static final EventWindow DAY = new EventWindow(0, 0);
  private static final EstimationWindow ESTIMATION = new EstimationWindow(-2, 4, 4);
  private static final double NORMAL = Math.sqrt(2 / Math.PI);

  private static double[] ones(int days) {
    double[] squares = new double[days];
    Arrays.fill(squares, 1);
    return squares;
  }

  private static double[] unknown(int days) {
    double[] market = new double[days];
    Arrays.fill(market, Double.NaN);
    return market;
  }

  /** The market's mean of the four days is 0, its standard deviation 1 %. */
  @Test
  void aMoveOfTheMarketWidensItsDay() {
    double[] market = {0.01, -0.01, 0.01, -0.01, 0.5, 0.03, 0};
    VolatilityScale scale = new VolatilityScale(ones(6), market, ESTIMATION);
    assertThat(scale.of(5, DAY)).isCloseTo(Math.sqrt(0.9 + 0.1 * 3 / NORMAL), within(1e-12));
    // The root mean square of 0.03 and 0.
    assertThat(scale.of(5, new EventWindow(0, 1)))
        .isCloseTo(Math.sqrt(0.9 + 0.1 * 3 / Math.sqrt(2) / NORMAL), within(1e-12));
  }

  @Test
  void restlessDaysBeforeItCountLessTheOlderTheyAreAndNineAtMost() {
    double[] squares = {1, 100, Double.NaN, 4, 1};
    VolatilityScale scale = new VolatilityScale(squares, unknown(5), ESTIMATION);
    double afterTheStorm = 0.94 + 0.06 * 9;
    double later = 0.94 * afterTheStorm + 0.06 * 4;
    assertThat(scale.of(0, DAY)).isEqualTo(1);
    assertThat(scale.of(2, DAY)).isCloseTo(Math.sqrt(0.4 + 0.6 * afterTheStorm), within(1e-12));
    // A day without a residual tells nothing.
    assertThat(scale.of(3, DAY)).isEqualTo(scale.of(2, DAY));
    assertThat(scale.of(4, DAY)).isCloseTo(Math.sqrt(0.4 + 0.6 * later), within(1e-12));
    // The window's own days do not count, nor those from day 0 on.
    assertThat(scale.of(4, new EventWindow(-1, 0))).isEqualTo(scale.of(3, DAY));
    assertThat(scale.of(3, new EventWindow(1, 1))).isEqualTo(scale.of(3, DAY));
  }

  @Test
  void aMarketThatIsUnknownOrDoesNotMoveIsAsUsual() {
    assertThat(new VolatilityScale(ones(9), unknown(9), ESTIMATION).of(8, DAY)).isEqualTo(1);
    assertThat(new VolatilityScale(ones(9), new double[9], ESTIMATION).of(8, DAY)).isEqualTo(1);
    // Three of four days in the estimation window.
    double[] young = {Double.NaN, 0.01, -0.01, 0.02, 0.5, 0.03};
    assertThat(new VolatilityScale(ones(6), young, ESTIMATION).of(5, DAY)).isEqualTo(1);
  }

  /** By numerical integration; the line is within a tenth of it up to 21 days. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 5, 6, 11, 21})
  void overlappingWindowsAreLargeTogether(int length) {
    double weight = 1;
    for (int lag = 1; lag < length; lag++) {
      double both = bothLarge(1 - (double) lag / length);
      weight += 2 * (both - 0.05 * 0.05) / (0.05 * 0.95);
    }
    assertThat(OwnHistory.weight(length)).isCloseTo(weight, within(0.1 * weight));
  }

  /** P(|X| > q, |Y| > q) of two standard normal numbers with a correlation, q their 97.5 %. */
  private static double bothLarge(double correlation) {
    NormalDistribution normal = new NormalDistribution();
    double q = normal.inverseCumulativeProbability(0.975);
    double rest = Math.sqrt(1 - correlation * correlation);
    double step = 0.001;
    double sum = 0;
    for (double x = q + step / 2; x < 9; x += step) {
      double upper = 1 - normal.cumulativeProbability((q - correlation * x) / rest);
      double lower = normal.cumulativeProbability((-q - correlation * x) / rest);
      sum += normal.density(x) * (upper + lower) * step;
    }
    return 2 * sum;
  }
}
