package io.dealimpact.study.event;

import io.dealimpact.study.market.EstimationWindow;
import io.dealimpact.study.market.EventWindow;
import io.dealimpact.study.market.StudyStatus;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import org.hipparchus.distribution.continuous.TDistribution;

/** Abnormal volatility: how large the event day's move is, whatever its sign. */
public final class AbnormalVolatility {
  private AbnormalVolatility() {}

  /**
   * One day of one event.
   *
   * @param relativeDay trading days after day 0
   * @param squaredSar SAR_t² = AR_t²/(σ_t²C_t), 1 on average where the event adds no variance; with
   *     a GARCH sample σ_t is the forecast (Savickas 2003)
   * @param excess SAR_t² − 1
   * @param df degrees of freedom of the test; empty where there is no value
   * @param p of a value as large or larger: F(1, df), which is |t(df)|
   */
  public record Day(int relativeDay, double squaredSar, double excess, OptionalInt df, double p) {
    /** Whether there is a value, and why not. */
    public StudyStatus status() {
      return df.isPresent() ? StudyStatus.OK : StudyStatus.MISSING_RETURNS;
    }

    /** Why there is no value; empty if there is. */
    public String reason() {
      return df.isPresent() ? "" : "no abnormal return of one day on day " + relativeDay;
    }
  }

  /** A day of a sample; NaN where it has no abnormal return. */
  public static Day of(EventSample sample, int relativeDay) {
    double sar = sample.standardizedAbnormalReturn(relativeDay);
    double square = sar * sar;
    TDistribution t = new TDistribution(sample.estimation().degreesOfFreedom());
    return new Day(
        relativeDay,
        square,
        square - 1,
        Double.isFinite(square)
            ? OptionalInt.of(sample.estimation().degreesOfFreedom())
            : OptionalInt.empty(),
        Double.isNaN(sar) ? Double.NaN : 2 * t.cumulativeProbability(-Math.abs(sar)));
  }

  /**
   * An event's volatility as an event of its own, for the tests over many events (Beaver 1968's U
   * in daily returns; Landsman &amp; Maydew 2002): on event days SAR_t²·(df − 2)/df, on estimation
   * days e_t²/(s²(1 − h_t)), both 1 on average where nothing happens, against their mean in the
   * estimation window. Skewed as squares are: prefer the rank tests. Empty for fewer than three
   * degrees of freedom or without variance.
   */
  public static Optional<EventSample> sample(EventSample sample) {
    EventSample.Estimation estimation = sample.estimation();
    EventSample.Returns returns = sample.returns();
    double df = estimation.degreesOfFreedom();
    if (df < 3 || !(estimation.sigma() > Residuals.LEAST_SIGMA)) {
      return Optional.empty();
    }
    int before = estimation.residuals().length;
    if (before < 2) {
      return Optional.empty();
    }
    double[] values = new double[before + returns.abnormal().length];
    for (int t = 0; t < before; t++) {
      double z = estimation.residuals()[t] / estimation.sigma();
      values[t] = z * z / (1 - estimation.leverages()[t]);
    }
    for (int i = 0; before + i < values.length; i++) {
      double sar = sample.standardizedAbnormalReturn(returns.start() + i);
      values[before + i] = sar * sar * (df - 2) / df;
    }
    // The two axes laid end to end, day 0 at the first event day.
    return AbnormalSeries.of(
            values,
            before,
            new EstimationWindow(-1, before, 2),
            new EventWindow(0, returns.abnormal().length - 1))
        .sample(sample.key())
        .map(volatility -> volatility.movedTo(estimation.start(), returns.start()));
  }

  /**
   * R_t²/s² − 1 against the estimation window, s² the variance of the returns there (n − 1); {@code
   * sigma} is the standard deviation of R²/s² − 1 in that window. The abnormal value is not taken
   * from a mean: R²/s² − 1 has mean near 0 by construction.
   *
   * @param returns by day; NaN where missing
   */
  public static AbnormalSeries ofReturns(
      double[] returns, int day0, EstimationWindow estimation, EventWindow window) {
    AbnormalSeries plain = AbnormalSeries.of(returns, day0, estimation, window);
    if (plain.status() != StudyStatus.OK) {
      return plain;
    }
    double variance = plain.estimation().sigma() * plain.estimation().sigma();
    double[] ratios = Arrays.stream(returns).map(r -> r * r / variance - 1).toArray();
    AbnormalSeries squared = AbnormalSeries.of(ratios, day0, estimation, window);
    if (squared.status() != StudyStatus.OK) {
      return squared;
    }
    double[] abnormal =
        Arrays.stream(squared.abnormal()).map(a -> a + squared.estimation().mean()).toArray();
    double[] standardized =
        Arrays.stream(abnormal).map(a -> a / squared.estimation().sigma()).toArray();
    return new AbnormalSeries(
        StudyStatus.OK, "", squared.estimation(), squared.start(), abnormal, standardized);
  }
}
