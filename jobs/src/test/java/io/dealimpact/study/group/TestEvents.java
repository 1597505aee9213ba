package io.dealimpact.study.group;

import io.dealimpact.study.event.EventSample;
import io.dealimpact.study.event.MarketDays;
import io.dealimpact.study.market.EventWindow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.QRDecomposition;
import org.hipparchus.linear.RealMatrix;

/** Events for tests: from returns by least squares, and simulated. */
public final class TestEvents {
  private TestEvents() {}

  public enum Model {
    MARKET,
    MEAN,
    MARKET_ADJUSTED
  }

  /**
   * Returns of a firm, its market and, for the market's model, further factors on one axis; NaN
   * where the firm has none.
   */
  public record Returns(int start, double[] firm, double[] market, double[]... factors) {
    double[] row(int columns, int t) {
      double[] row = new double[columns];
      for (int j = 0; j < columns; j++) {
        row[j] = j == 0 ? 1 : j == 1 ? market[t] : factors[j - 2][t];
      }
      return row;
    }
  }

  public static EventSample sample(
      String id, int epochDay, Model model, Returns estimation, Returns event) {
    int columns =
        switch (model) {
          case MARKET -> 2 + estimation.factors.length;
          case MEAN -> 1;
          case MARKET_ADJUSTED -> 0;
        };
    double[] y = new double[estimation.firm.length];
    List<double[]> rows = new ArrayList<>();
    List<Double> left = new ArrayList<>();
    for (int t = 0; t < y.length; t++) {
      y[t] = estimation.firm[t] - (columns == 0 ? estimation.market[t] : 0);
      if (!Double.isNaN(y[t])) {
        rows.add(estimation.row(columns, t));
        left.add(y[t]);
      }
    }
    double[] response = left.stream().mapToDouble(Double::doubleValue).toArray();
    double[] b = new double[0];
    double[][] inverse = new double[0][0];
    if (columns > 0) {
      RealMatrix x = new Array2DRowRealMatrix(rows.toArray(new double[0][]));
      QRDecomposition qr = new QRDecomposition(x);
      b = qr.getSolver().solve(new Array2DRowRealMatrix(response)).getColumn(0);
      RealMatrix r = qr.getR().getSubMatrix(0, columns - 1, 0, columns - 1);
      RealMatrix inverseR = new QRDecomposition(r).getSolver().getInverse();
      inverse = inverseR.multiplyTransposed(inverseR).getData();
    }
    double centre = columns == 0 ? Arrays.stream(response).average().orElse(0) : 0;
    double[] residuals = new double[y.length];
    double[] leverages = new double[y.length];
    double squares = 0;
    for (int t = 0; t < y.length; t++) {
      residuals[t] = y[t] - fitted(b, estimation.row(columns, t));
      leverages[t] =
          Double.isNaN(residuals[t]) ? Double.NaN : leverage(estimation.row(columns, t), inverse);
      double u = residuals[t] - centre;
      squares += Double.isNaN(u) ? 0 : u * u;
    }
    int df = response.length - Math.max(columns, 1);
    double sigma = Math.sqrt(squares / df);
    int length = event.firm.length;
    double[] abnormal = new double[length];
    double[] expected = new double[length];
    double[] sigmas = new double[length];
    double[][] design = new double[length][];
    for (int t = 0; t < length; t++) {
      design[t] = event.row(columns, t);
      expected[t] = columns == 0 ? event.market[t] : fitted(b, design[t]);
      abnormal[t] = event.firm[t] - expected[t];
      sigmas[t] = sigma;
    }
    return new EventSample(
        new EventSample.Key("deal:" + id, id, epochDay),
        new EventSample.Estimation(estimation.start, residuals, leverages, df, sigma, inverse),
        new EventSample.Returns(event.start, abnormal, expected, sigmas, design),
        model == Model.MEAN
            ? MarketDays.none(length)
            : MarketDays.of(event.market, estimation.market, residuals));
  }

  /** Events of simulated returns: 40 residual days before −3, days −2 to 2. */
  public static List<EventSample> simulated(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<EventSample> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Returns estimation = returns(-42, 40, random);
      Returns event = returns(-2, 5, random);
      events.add(sample("firm" + i % 7 + "-" + i, 19_000 + i % 5, Model.MARKET, estimation, event));
    }
    return events;
  }

  static Returns returns(int start, int length, SplittableRandom random) {
    double[] market = random.doubles(length, -0.02, 0.02).toArray();
    double[] firm = new double[length];
    for (int t = 0; t < length; t++) {
      firm[t] = 1.1 * market[t] + 0.03 * (random.nextDouble() + random.nextDouble() - 1);
    }
    return new Returns(start, firm, market);
  }

  /** The spec of {@link #simulated}. */
  public static GroupSpec.Builder spec() {
    return GroupSpec.of(
            new EventWindow(-2, 2),
            new EventWindow(-42, -3),
            List.of(new EventWindow(0, 0), new EventWindow(-1, 1)))
        .bootstrap(99, 7);
  }

  /** The same event with other abnormal returns. */
  static EventSample withAbnormal(EventSample e, double... abnormal) {
    return new EventSample(e.key(), e.estimation(), e.returns().withAbnormal(abnormal), e.market());
  }

  /** The same event with other residuals and their deviation. */
  static EventSample withResiduals(EventSample e, double sigma, double... residuals) {
    EventSample.Estimation estimation = e.estimation();
    EventSample.Returns returns = e.returns();
    double[] sigmas = new double[returns.abnormal().length];
    Arrays.fill(sigmas, sigma);
    return new EventSample(
        e.key(),
        new EventSample.Estimation(
            estimation.start(),
            residuals,
            estimation.leverages(),
            estimation.degreesOfFreedom(),
            sigma,
            estimation.inverseCrossProduct()),
        new EventSample.Returns(
            returns.start(), returns.abnormal(), returns.expected(), sigmas, returns.design()),
        e.market());
  }

  public static TestResult find(
      List<TestResult> results, String test, String variant, EventWindow w) {
    return results.stream()
        .filter(
            r ->
                r.test().code().equals(test)
                    && r.variant().label().equals(variant)
                    && r.window().equals(w))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + test + "/" + variant + w));
  }

  private static double leverage(double[] x, double[][] inverse) {
    double h = 0;
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < x.length; j++) {
        h += x[i] * inverse[i][j] * x[j];
      }
    }
    return h;
  }

  private static double fitted(double[] b, double[] x) {
    double sum = 0;
    for (int j = 0; j < b.length; j++) {
      sum += b[j] * x[j];
    }
    return sum;
  }
}
