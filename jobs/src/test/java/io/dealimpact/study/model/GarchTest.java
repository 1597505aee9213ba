package io.dealimpact.study.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dealimpact.study.Fixtures;
import io.dealimpact.study.numeric.Bfgs;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.hipparchus.util.FastMath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GarchTest {
  /**
   * The benchmark of GARCH software: Fiorentini, Calzolari &amp; Panattoni 1996 (Journal of Applied
   * Econometrics 11:399-417) by analytic second derivatives, given to six digits; McCullough &amp;
   * Renfro 1999 check packages against it.
   */
  @Test
  void meetsThePublishedBenchmark() {
    double[] y = returns("dem_gbp.csv", "return_percent");
    assertThat(y).hasSize(1974);
    GarchLikelihood likelihood = constantMean(y, Garch.Variance.GARCH);
    Bfgs.Minimum minimum = likelihood.maximise(new double[] {Arrays.stream(y).sum() / y.length});
    Map<String, Double> parameters = likelihood.parameters(minimum.x(), 1);
    assertThat(minimum.converged()).isTrue();
    assertThat(minimum.x()[0]).isCloseTo(-0.00619041, within(5e-8));
    assertThat(parameters.get("omega")).isCloseTo(0.0107613, within(1e-7));
    assertThat(parameters.get("arch")).isCloseTo(0.153134, within(1e-6));
    assertThat(parameters.get("garch")).isCloseTo(0.805974, within(1e-6));
    assertThat(-minimum.value() * y.length).isCloseTo(-1106.60788, within(1e-4));
  }

  /**
   * Short series, where the likelihood has several tops and ridges: no point of a grid lies above
   * the estimate, which the grid knows nothing of.
   */
  @Test
  void noGridPointLiesAboveTheEstimate() {
    int onBoundary = 0;
    for (int seed = 0; seed < 12; seed++) {
      double[] y = Fixtures.normal(new Random(seed), 150, 1);
      GarchLikelihood likelihood = constantMean(y, Garch.Variance.GARCH);
      double mean = Arrays.stream(y).sum() / y.length;
      Bfgs.Minimum best = likelihood.maximise(new double[] {mean});
      onBoundary += likelihood.boundary(best.x()).isPresent() ? 1 : 0;
      for (double sum = 0.02; sum < 1; sum += 0.07) {
        for (double share = 0.02; share < 1; share += 0.07) {
          double[] point = {mean, FastMath.log(1 - sum), logit(sum), logit(share)};
          assertThat(best.value())
              .as("seed %d, a + b = %.2f, share of a %.2f", seed, sum, share)
              .isLessThan(likelihood.at(point, new double[4]) + 1e-6);
        }
      }
    }
    // Returns without any ARCH effect: their estimates often end where a parameter does.
    assertThat(onBoundary).isBetween(1, 11);
  }

  private static double logit(double p) {
    return FastMath.log(p / (1 - p));
  }

  /** Parameters and forecasts of another program's fit, as far as its optimiser settles. */
  @Test
  void agreesWithFGarch() {
    double[] y = returns("dem_gbp.csv", "return_percent");
    GarchLikelihood likelihood = constantMean(y, Garch.Variance.GARCH);
    double[] theta = likelihood.maximise(new double[] {Arrays.stream(y).sum() / y.length}).x();
    Map<String, Double> ours = likelihood.parameters(theta, 1);
    Map<String, Double> r = Fixtures.numbers("packages.csv");
    assertThat(theta[0]).isCloseTo(r.get("garch.mu"), within(1e-7));
    assertThat(ours.get("omega")).isCloseTo(r.get("garch.omega"), within(1e-6));
    assertThat(ours.get("arch")).isCloseTo(r.get("garch.alpha1"), within(1e-5));
    assertThat(ours.get("garch")).isCloseTo(r.get("garch.beta1"), within(1e-5));
    double[] forecast = likelihood.forecast(theta, 12);
    for (int day : new int[] {1, 2, 12}) {
      assertThat(Math.sqrt(forecast[day - 1])).isCloseTo(r.get("garch.sigma." + day), within(1e-6));
    }
  }

  /**
   * Stata 18, {@code arch r, earch(1) egarch(1)}, as StatsPAI publishes it (commit 0f89708). Its
   * likelihood holds the variance before the first day fixed while it climbs, ours moves it with
   * the mean, and |z| has a kink at every residual of zero: the same value at its estimates, ours
   * 1e-4 apart in it and 2e-4 in the estimates, a hundredth of their errors.
   */
  @Test
  void egarchIsStatas() {
    double[] y = returns("garch_asymmetric.csv", "return");
    assertThat(y).hasSize(2000);
    GarchLikelihood likelihood = constantMean(y, Garch.Variance.EGARCH);
    double mean = 0.0050917200180093;
    double arch = 0.2183411346524718;
    double leverage = -0.1128109090612143;
    double garch = 0.9572020916040751;
    double omega = 0.0083947386438697;
    double logLikelihood = -2920.155725945626;
    double[] theirs = {
      mean, omega, FastMath.atanh(arch), FastMath.atanh(leverage), Math.log(garch / (1 - garch))
    };
    assertThat(-likelihood.at(theirs, new double[5]) * y.length)
        .isCloseTo(logLikelihood, within(1e-6));
    Bfgs.Minimum minimum = likelihood.maximise(new double[] {Arrays.stream(y).sum() / y.length});
    assertThat(minimum.converged()).isTrue();
    Map<String, Double> ours = likelihood.parameters(minimum.x(), 1);
    assertThat(minimum.x()[0]).isCloseTo(mean, within(2e-4));
    assertThat(ours.get("arch")).isCloseTo(arch, within(2e-4));
    assertThat(ours.get("leverage")).isCloseTo(leverage, within(2e-4));
    assertThat(ours.get("garch")).isCloseTo(garch, within(2e-4));
    assertThat(ours.get("omega")).isCloseTo(omega, within(2e-4));
    assertThat(-minimum.value() * y.length).isCloseTo(logLikelihood, within(1e-4));
  }

  @ParameterizedTest
  @EnumSource
  void theGradientIsThatOfTheLikelihood(Garch.Variance variance) {
    Random random = new Random(5);
    int n = 300;
    double[] y = Fixtures.normal(random, n, 1);
    double[][] x = new double[n][];
    Arrays.setAll(x, t -> new double[] {1, random.nextGaussian()});
    GarchLikelihood likelihood = new GarchLikelihood(y, x, variance);
    double[] theta =
        variance == Garch.Variance.GARCH
            ? new double[] {0.1, 0.3, -1, 1.2, -0.4}
            : new double[] {0.1, 0.3, 0.05, 0.2, -0.1, 0.7};
    double[] gradient = new double[theta.length];
    likelihood.at(theta, gradient);
    for (int j = 0; j < theta.length; j++) {
      double[] up = theta.clone();
      double[] down = theta.clone();
      up[j] += 1e-6;
      down[j] -= 1e-6;
      double[] unused = new double[theta.length];
      double difference = (likelihood.at(up, unused) - likelihood.at(down, unused)) / 2e-6;
      assertThat(gradient[j]).as("%s %d", variance, j).isCloseTo(difference, within(1e-7));
    }
  }

  private static double[] returns(String resource, String column) {
    return Fixtures.resource(resource).stream()
        .mapToDouble(row -> Double.parseDouble(row.get(column)))
        .toArray();
  }

  private static GarchLikelihood constantMean(double[] y, Garch.Variance variance) {
    double[][] x = new double[y.length][];
    Arrays.setAll(x, t -> new double[] {1});
    return new GarchLikelihood(y, x, variance);
  }
}
