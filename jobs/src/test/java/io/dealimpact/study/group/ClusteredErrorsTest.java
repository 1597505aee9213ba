package io.dealimpact.study.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dealimpact.study.group.CrossSectionalRegression.Errors;
import io.dealimpact.study.group.CrossSectionalRegression.Fit;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Standard errors clustered by the day of the event. */
class ClusteredErrorsTest {
  private static final int[] DAY = {0, 0, 0, 1, 1, 2, 2, 2, 3, 4, 4, 5};
  private static final double[] X = {
    0.5, 1.0, 1.5, 2.0, 2.5, 0.25, 3.0, 1.25, 2.25, 0.75, 1.75, 2.75
  };
  private static final double[] Y = {
    0.010, 0.022, 0.015, -0.004, -0.010, 0.031, 0.044, 0.038, 0.002, -0.020, -0.012, 0.017
  };

  /** Both computations are a few dozen operations: a few units of the last place. */
  private static final Offset<Double> ROUND = within(1e-12);

  /**
   * By numpy 1.26 from the formula of sandwich::vcovCL(type = "HC1", cadjust = TRUE): G/(G−1) ·
   * (N−1)/(N−k) · B M B, and by scipy's t(G − 1).
   */
  @Test
  void errorsAreThoseOfVcovCl() {
    Fit fit = fit(Errors.CR1, DAY);
    assertThat(fit.status()).isEqualTo(TestStatus.OK);
    assertThat(fit.n()).isEqualTo(12);
    assertThat(fit.clusters()).isEqualTo(6);
    assertThat(fit.df()).isEqualTo(5);
    assertThat(fit.coefficients().get(0).estimate()).isCloseTo(0.01056060606060606, ROUND);
    assertThat(fit.coefficients().get(1).estimate()).isCloseTo(0.00032167832167832, ROUND);
    assertThat(fit.coefficients().get(0).standardError()).isCloseTo(0.01241706736800883, ROUND);
    assertThat(fit.coefficients().get(1).standardError()).isCloseTo(0.00469390631082241, ROUND);
    assertThat(fit.coefficients().get(0).pValue()).isCloseTo(0.4338800646444908, ROUND);
    assertThat(fit.coefficients().get(1).pValue()).isCloseTo(0.9480191274651925, ROUND);
  }

  /** The slope by sums: with x in deviations its variance is c·Σ_g(Σ_i x_i u_i)²/(Σx²)². */
  @Test
  void theSlopesErrorIsItsClustersScores() {
    double meanX = Arrays.stream(X).average().orElseThrow();
    double meanY = Arrays.stream(Y).average().orElseThrow();
    double xx = 0;
    double xy = 0;
    for (int i = 0; i < X.length; i++) {
      xx += (X[i] - meanX) * (X[i] - meanX);
      xy += (X[i] - meanX) * (Y[i] - meanY);
    }
    double slope = xy / xx;
    double[] score = new double[6];
    for (int i = 0; i < X.length; i++) {
      score[DAY[i]] += (X[i] - meanX) * (Y[i] - meanY - slope * (X[i] - meanX));
    }
    double scores = Arrays.stream(score).map(s -> s * s).sum();
    double variance = 6.0 / 5 * 11.0 / 10 * scores / (xx * xx);
    assertThat(fit(Errors.CR1, DAY).coefficients().get(1).standardError())
        .isCloseTo(Math.sqrt(variance), ROUND);
  }

  /** G = N: G/(G−1)·(N−1)/(N−k) is N/(N−k). */
  @Test
  void withADayForEachEventTheyAreHc1() {
    int[] own = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
    for (int j = 0; j < 2; j++) {
      assertThat(fit(Errors.CR1, own).coefficients().get(j).standardError())
          .isCloseTo(fit(Errors.HC1, own).coefficients().get(j).standardError(), ROUND);
    }
  }

  @Test
  void anEventTwiceOnItsDayTellsNothingNew() {
    double[][] twice = new double[24][];
    double[] cars = new double[24];
    int[] days = new int[24];
    for (int i = 0; i < 24; i++) {
      twice[i] = new double[] {X[i / 2]};
      cars[i] = Y[i / 2];
      days[i] = i / 2;
    }
    Fit clustered = CrossSectionalRegression.fit(List.of("x"), twice, cars, Errors.CR1, days);
    Fit once = fit(Errors.HC1, DAY);
    // But for (N−1)/(N−k), which counts rows.
    double rows = Math.sqrt(12.0 / 11 * 23 / 22 / (12.0 / 10));
    assertThat(clustered.coefficients().get(1).standardError())
        .isCloseTo(once.coefficients().get(1).standardError() * rows, ROUND);
  }

  @Test
  void noMoreDaysThanCoefficientsHaveNoErrors() {
    Fit fit = fit(Errors.CR1, new int[] {0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1});
    assertThat(fit.status()).isEqualTo(TestStatus.TOO_FEW_EVENTS);
    assertThat(fit.reason()).isEqualTo("clusters=2 need=3");
  }

  private static Fit fit(Errors errors, int[] days) {
    double[][] attributes =
        Arrays.stream(X).mapToObj(x -> new double[] {x}).toArray(double[][]::new);
    return CrossSectionalRegression.fit(List.of("x"), attributes, Y, errors, days);
  }
}
