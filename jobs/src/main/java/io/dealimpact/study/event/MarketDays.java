package io.dealimpact.study.event;

import java.util.Arrays;

/**
 * The market about one event, for the variants of programs that use it apart from the fit: the
 * first regressor (the benchmark, {@code mkt_rf}, the peers), or the benchmark where nothing is
 * estimated. All NaN for a model without a market.
 *
 * @param returns R_m of the event axis, by day; NaN where missing
 * @param mean R̄_m over the estimation days on which the instrument has a residual
 * @param scatter Σ(R_m − R̄_m)² over the same days
 * @param wholeDays n, all estimation days on which the market has a return
 * @param wholeMean the mean over them
 * @param wholeScatter the scatter over them
 */
public record MarketDays(
    double[] returns,
    double mean,
    double scatter,
    int wholeDays,
    double wholeMean,
    double wholeScatter) {

  /** No market, on an event axis of so many days. */
  public static MarketDays none(int days) {
    double[] returns = new double[days];
    Arrays.fill(returns, Double.NaN);
    return new MarketDays(returns, Double.NaN, Double.NaN, 0, Double.NaN, Double.NaN);
  }

  /**
   * The market of an event.
   *
   * @param returns of the event axis
   * @param estimation returns of the estimation axis, NaN where missing or left out
   * @param residuals of the same axis, NaN where the instrument has none
   */
  public static MarketDays of(double[] returns, double[] estimation, double[] residuals) {
    double[] own = estimation.clone();
    for (int t = 0; t < own.length; t++) {
      own[t] = Double.isNaN(residuals[t]) ? Double.NaN : own[t];
    }
    Residuals days = Residuals.of(own);
    if (days.count() == 0) {
      return none(returns.length);
    }
    Residuals whole = Residuals.of(estimation);
    return new MarketDays(
        returns, days.mean(), days.squares(), whole.count(), whole.mean(), whole.squares());
  }

  /** The same with the returns of another axis. */
  public MarketDays withReturns(double[] others) {
    return new MarketDays(others, mean, scatter, wholeDays, wholeMean, wholeScatter);
  }

  /** Whether the model has a market. */
  boolean isKnown() {
    return scatter > 0;
  }

  /** (R_m − mean)²/scatter over the whole estimation window, of an index of the event axis. */
  public double wholeDistance(int t) {
    double distance = returns[t] - wholeMean;
    return distance * distance / wholeScatter;
  }
}
