package io.dealimpact.study.event;

import io.dealimpact.study.market.EstimationWindow;
import io.dealimpact.study.market.EventWindow;
import io.dealimpact.study.market.StudyStatus;
import io.dealimpact.study.model.Fit;
import io.dealimpact.study.model.LeastSquares;
import io.dealimpact.study.numeric.PValues;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * A daily measure other than returns (log turnover, squared returns) against its mean in the
 * estimation window: abnormal_t = v_t − v̄, standardised with s√(1 + 1/n).
 *
 * @param status {@code OK}, {@code INSUFFICIENT_HISTORY} or {@code ZERO_VARIANCE}
 * @param reason why not
 * @param estimation the estimation window
 * @param start relative day of the first abnormal value
 * @param abnormal by day; NaN where missing or beyond the calendar
 * @param standardized abnormal over s√(1 + 1/n), t(n − 1) under the null if v is normal
 */
public record AbnormalSeries(
    StudyStatus status,
    String reason,
    Estimation estimation,
    int start,
    double[] abnormal,
    double[] standardized) {

  /**
   * The estimation window.
   *
   * @param start relative day of the first residual
   * @param residuals v_t − v̄ by day; NaN where missing
   * @param n values in it
   * @param mean v̄
   * @param sigma standard deviation, n − 1
   */
  public record Estimation(int start, double[] residuals, int n, double mean, double sigma) {}

  /** Two-sided p of a standardised value, t(n − 1); NaN where it is missing. */
  public double p(int relativeDay) {
    return PValues.student(standardized[relativeDay - start], estimation.n - 1.0);
  }

  /**
   * The series as an event whose expected value is its mean (k = 1), for the tests over many
   * events: a study of abnormal volume or volatility. Its BHARs are missing: it is no return. Empty
   * unless the status is OK.
   */
  public Optional<EventSample> sample(EventSample.Key event) {
    if (status != StudyStatus.OK) {
      return Optional.empty();
    }
    int days = abnormal.length;
    double[] expected = new double[days];
    Arrays.fill(expected, Double.NaN);
    double[] sigmas = new double[days];
    Arrays.fill(sigmas, estimation.sigma);
    double[][] design = new double[days][];
    Arrays.fill(design, new double[] {1});
    double[] leverages =
        Arrays.stream(estimation.residuals)
            .map(e -> Double.isNaN(e) ? Double.NaN : 1.0 / estimation.n)
            .toArray();
    return Optional.of(
        new EventSample(
            event,
            new EventSample.Estimation(
                estimation.start,
                estimation.residuals,
                leverages,
                estimation.n - 1,
                estimation.sigma,
                new double[][] {{1.0 / estimation.n}}),
            new EventSample.Returns(start, abnormal, expected, sigmas, design),
            MarketDays.none(days)));
  }

  /** Measures a series of daily values, NaN where missing, aligned to the calendar. */
  public static AbnormalSeries of(
      double[] values, int day0, EstimationWindow estimation, EventWindow window) {
    int from = Math.max(0, day0 + estimation.start());
    int to = Math.max(from - 1, day0 + estimation.end());
    double[] before = Arrays.stream(values, from, to + 1).filter(Double::isFinite).toArray();
    int n = before.length;
    if (n < estimation.minimum()) {
      return failed(LeastSquares.insufficient(n, estimation.minimum()), window);
    }
    double mean = Arrays.stream(before).sum() / n;
    double squares = Arrays.stream(before).map(v -> (v - mean) * (v - mean)).sum();
    if (squares <= n * LeastSquares.CONSTANT * LeastSquares.CONSTANT * Math.max(1, mean * mean)) {
      return failed(
          Fit.failed(
              StudyStatus.ZERO_VARIANCE,
              String.format(
                  Locale.ROOT,
                  "ZERO_VARIANCE the %d values of the estimation window are constant",
                  n),
              n),
          window);
    }
    double sigma = Math.sqrt(squares / (n - 1));
    double[] abnormal = new double[window.length()];
    Arrays.setAll(
        abnormal,
        i -> {
          int t = day0 + window.start() + i;
          return t >= 0 && t < values.length && Double.isFinite(values[t])
              ? values[t] - mean
              : Double.NaN;
        });
    double[] residuals = new double[estimation.end() - estimation.start() + 1];
    Arrays.setAll(
        residuals,
        i -> {
          int t = day0 + estimation.start() + i;
          return t >= 0 && t < values.length && Double.isFinite(values[t])
              ? values[t] - mean
              : Double.NaN;
        });
    double error = sigma * Math.sqrt(1 + 1.0 / n);
    double[] standardized = Arrays.stream(abnormal).map(a -> a / error).toArray();
    return new AbnormalSeries(
        StudyStatus.OK,
        "",
        new Estimation(estimation.start(), residuals, n, mean, sigma),
        window.start(),
        abnormal,
        standardized);
  }

  private static AbnormalSeries failed(Fit fit, EventWindow window) {
    return failed(fit.status(), fit.reason(), fit.residuals().n(), window);
  }

  /** A series that could not be measured, with so many values in its estimation window. */
  static AbnormalSeries failed(StudyStatus status, String reason, int n, EventWindow window) {
    double[] none = new double[window.length()];
    Arrays.fill(none, Double.NaN);
    return new AbnormalSeries(
        status,
        reason,
        new Estimation(0, new double[0], n, Double.NaN, Double.NaN),
        window.start(),
        none,
        none);
  }
}
