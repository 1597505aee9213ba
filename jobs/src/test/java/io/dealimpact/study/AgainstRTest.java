package io.dealimpact.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dealimpact.study.group.CrossSectionalRegression;
import io.dealimpact.study.group.CrossSectionalRegression.Errors;
import io.dealimpact.study.group.EventValues;
import io.dealimpact.study.group.Inference;
import io.dealimpact.study.group.TestEvents;
import io.dealimpact.study.group.TestResult;
import io.dealimpact.study.group.TestStatus;
import io.dealimpact.study.group.TestVariant;
import io.dealimpact.study.group.ValueStatistics;
import io.dealimpact.study.group.WindowMoments;
import io.dealimpact.study.market.EventWindow;
import io.dealimpact.study.numeric.Moments;
import io.dealimpact.study.numeric.MultipleTesting;
import io.dealimpact.study.numeric.NeweyWest;
import io.dealimpact.study.numeric.PValues;
import io.dealimpact.study.numeric.Ranks;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Wilcoxon, p-values, multiple testing, HC errors, Newey–West and moments against R. */
class AgainstRTest {
  private static final Offset<Double> TOLERANCE = within(1e-12);

  private final RFigures r = new RFigures();

  @Test
  void exactWilcoxonIsPsignrank() {
    r.startingWith("signrank-")
        .forEach(
            (name, p) -> {
              String[] parts = name.split("-", -1);
              int n = Integer.parseInt(parts[1]);
              long[] doubled = new long[n];
              for (int i = 0; i < n; i++) {
                doubled[i] = 2L * (i + 1);
              }
              double ours = ValueStatistics.exactP(doubled, 2 * Long.parseLong(parts[2]));
              assertThat(ours).as(name).isCloseTo(p, TOLERANCE);
            });
  }

  @Test
  void exactWilcoxonWithTiesCountsEverySign() {
    // |x| = 1, 2, 2, 3: ranks 1, 2.5, 2.5, 4; of 16 signs one gives W = 10 and two W ≥ 9.
    long[] doubled = Ranks.doubled(new double[] {1, 2, 2, 3});
    assertThat(doubled).containsExactly(2, 5, 5, 8);
    assertThat(ValueStatistics.exactP(doubled, 20)).isEqualTo(2 / 16.0);
    assertThat(ValueStatistics.exactP(doubled, 18)).isEqualTo(4 / 16.0);
    assertThat(ValueStatistics.exactP(doubled, 10)).isEqualTo(1);
  }

  /** Ties, zeros and n = 50 against the package exactRankTests, through the whole test. */
  @Test
  void exactWilcoxonWithTiesAndZerosIsExactRankTests() {
    Map<String, double[]> samples = new HashMap<>();
    samples.put("ties", new double[] {1, -1, 2, 2, -2, 3, 4, 4, 4, -5, 6, 7, 7, -8});
    samples.put("zeros", new double[] {0, 0, 1, -1, 2, 2, -2, 3, 4, 4, 4, -5, 6, 7, 7, 8});
    double[] fifty = new double[50];
    for (int i = 0; i < 50; i++) {
      fifty[i] = i < 20 ? i + 1 : i < 35 ? -(i - 19) : new double[] {3, 5, -7}[(i - 35) % 3];
    }
    samples.put("fifty", fifty);
    Map<String, Double> packages = Fixtures.numbers("packages.csv");
    samples.forEach(
        (name, sample) -> {
          EventValues values = new EventValues(1, 100);
          WindowMoments sums = new WindowMoments();
          long event = 0;
          for (double x : sample) {
            values.add(0, 0, event++, new double[] {x}, new double[] {x});
          }
          List<TestResult> results = new ArrayList<>();
          EventWindow day = new EventWindow(0, 0);
          new ValueStatistics(TestEvents.spec().with(TestVariant.RANK_SUM).build(), 0, sums, values)
              .addTo(results, new Inference(day));
          TestResult ours = TestEvents.find(results, "wilcoxon", "rank-sum", day);
          assertThat(ours.value().statistic()).isEqualTo(packages.get("wilcoxon." + name + ".w"));
          assertThat(ours.value().pValue())
              .as(name)
              .isCloseTo(packages.get("wilcoxon." + name + ".p"), TOLERANCE);
        });
  }

  @Test
  void tailsAreRs() {
    r.startingWith("t-")
        .forEach(
            (name, p) -> {
              String[] parts = name.split("-", -1);
              double ours =
                  PValues.student(Double.parseDouble(parts[1]), Integer.parseInt(parts[2]));
              assertThat(ours / p).as(name).isCloseTo(1, within(1e-10));
            });
    r.startingWith("z-")
        .forEach(
            (name, p) ->
                assertThat(PValues.normal(Double.parseDouble(name.substring(2))) / p)
                    .as(name)
                    .isCloseTo(1, within(1e-12)));
  }

  @Test
  void multipleTestingIsPAdjust() {
    double[] p = {0.011, 0.02, 0.001, 0.4, 0.02, 0.8, 0.0004};
    double[] holm = MultipleTesting.holm(p);
    double[] q = MultipleTesting.benjaminiHochberg(p);
    for (int i = 0; i < p.length; i++) {
      assertThat(holm[i]).isCloseTo(r.get("holm-" + (i + 1)), TOLERANCE);
      assertThat(q[i]).isCloseTo(r.get("bh-" + (i + 1)), TOLERANCE);
    }
  }

  @Test
  void aMissingPValueIsNoTest() {
    double[] p = {0.01, Double.NaN, 0.04};
    assertThat(MultipleTesting.holm(p)).containsExactly(0.02, Double.NaN, 0.04);
    assertThat(MultipleTesting.benjaminiHochberg(p)).containsExactly(0.02, Double.NaN, 0.04);
  }

  @Test
  void heteroskedasticityConsistentErrorsAreTheFormulas() throws IOException {
    double[][] attributes = new double[24][];
    Agreement agreement = new Agreement();
    for (CrossSectionalRegression.Errors errors : EnumSet.range(Errors.HC0, Errors.HC3)) {
      CrossSectionalRegression.Fit fit =
          CrossSectionalRegression.fit(
              List.of("size", "role"), attributes, cars(attributes), errors);
      assertThat(fit.status()).isEqualTo(TestStatus.OK);
      assertThat(fit.df()).isEqualTo(21);
      agreement.compare("R", "r-squared", r.get("r-squared"), fit.rSquared());
      for (int j = 0; j < 3; j++) {
        CrossSectionalRegression.Coefficient c = fit.coefficients().get(j);
        double b = r.get("coefficient-" + (j + 1));
        double error = r.get(errors + "-" + (j + 1));
        agreement.compare("R", "coefficients (relative)", 1, c.estimate() / b);
        agreement.compare("R", errors + " (relative)", 1, c.standardError() / error);
      }
    }
    agreement.save("r");
    assertThat(agreement.largest()).as(agreement.table()).isLessThan(1e-10);
  }

  @Test
  void dependentAttributesOrTooFewEventsHaveAStatus() {
    double[][] attributes = new double[24][];
    double[] cars = cars(attributes);
    for (double[] row : attributes) {
      row[1] = 3 * row[0];
    }
    CrossSectionalRegression.Fit dependent =
        CrossSectionalRegression.fit(
            List.of("size", "role"), attributes, cars, CrossSectionalRegression.Errors.HC3);
    assertThat(dependent.status()).isEqualTo(TestStatus.NOT_DEFINED);
    assertThat(dependent.reason()).isEqualTo("the attributes are linearly dependent");
    CrossSectionalRegression.Fit few =
        CrossSectionalRegression.fit(
            List.of("size"),
            new double[][] {{1}, {2}, {Double.NaN}},
            new double[] {0.1, 0.2, 0.3},
            CrossSectionalRegression.Errors.HC1);
    assertThat(few.status()).isEqualTo(TestStatus.TOO_FEW_EVENTS);
    assertThat(few.reason()).isEqualTo("n=2 need=3");
  }

  @Test
  void neweyWestWithAGap() {
    int[] days = {1, 2, 3, 4, 7, 8, 9, 10, 11, 12, 15, 16};
    double[] values = new double[days.length];
    for (int i = 0; i < days.length; i++) {
      values[i] = 0.01 * Math.sin(days[i]) + 0.002 * days[i];
    }
    assertThat(NeweyWest.standardError(days, values, 3)).isCloseTo(r.get("newey-west"), TOLERANCE);
    assertThat(NeweyWest.lag(100)).isEqualTo(4);
    assertThat(NeweyWest.lag(2)).isEqualTo(1);
  }

  @Test
  void moments() {
    Moments moments = new Moments();
    for (double car : cars(new double[24][])) {
      moments.add(car);
    }
    moments.add(Double.NaN);
    moments.add(Double.POSITIVE_INFINITY);
    assertThat(moments.count()).isEqualTo(24);
    assertThat(moments.mean()).isCloseTo(r.get("mean"), TOLERANCE);
    assertThat(moments.standardDeviation()).isCloseTo(r.get("sd"), TOLERANCE);
    assertThat(moments.skewness()).isCloseTo(r.get("skewness"), TOLERANCE);
  }

  @Test
  void alikeNumbersHaveNoVarianceAtAll() {
    Moments moments = new Moments();
    for (int i = 0; i < 7; i++) {
      moments.add(0.1);
    }
    assertThat(moments.variance()).isZero();
  }

  /** The CARs of figures.R; fills in their attributes. */
  private static double[] cars(double[][] attributes) {
    double[] cars = new double[24];
    for (int k = 0; k < 24; k++) {
      int i = k + 1;
      double size = 1e9 * (1 + (i * 37) % 23);
      double role = i % 3 == 0 ? 1 : 0;
      attributes[k] = new double[] {size, role};
      cars[k] = 0.01 + 2e-12 * size - 0.015 * role + 0.02 * Math.sin(i * 1.7) * (1 + size / 1e10);
    }
    return cars;
  }
}
