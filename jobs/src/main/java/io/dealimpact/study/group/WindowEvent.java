package io.dealimpact.study.group;

import io.dealimpact.study.event.BuyAndHold;
import io.dealimpact.study.event.EventSample;
import io.dealimpact.study.event.Residuals;
import io.dealimpact.study.market.EventWindow;
import io.dealimpact.study.market.ReturnKind;

/**
 * What one event contributes to the tests of one window. A value that is missing, or would be
 * divided by no variance, is NaN.
 *
 * @param car Σ AR_t
 * @param standardized over its standard error
 * @param rounded of rounded returns
 * @param patellScale q = df/(df − 2), the variance of a SAR
 * @param bhar Π(1 + R_t) − Π(1 + E[R_t]), in simple returns
 */
record WindowEvent(
    double car, Standardized standardized, Rounded rounded, double patellScale, double bhar) {

  /**
   * The window's returns over their standard error.
   *
   * @param scar CAR/S_CAR
   * @param csar Σ SAR_t
   * @param rawCsar Σ AR_t/σ_t, without the forecast-error correction
   * @param simpleScar CAR/(s√L)
   * @param estudySar SAR with the residual deviation over M − 1, for a window of one day; with one
   *     regressor its mean and scatter are over all days of the estimation window, as in estudy2
   */
  record Standardized(
      double scar, double csar, double rawCsar, double simpleScar, double estudySar) {}

  /**
   * The window's returns, each day rounded to 4 decimals.
   *
   * @param car Σ of AR_t
   * @param csar Σ of AR_t over S_AR
   */
  record Rounded(double car, double csar) {}

  static WindowEvent of(
      EventSample event, EventDays days, Residuals residuals, EventWindow window, ReturnKind kind) {
    EventSample.Estimation estimation = event.estimation();
    EventSample.Returns returns = event.returns();
    double car = finite(event.car(window));
    boolean varies = estimation.sigma() > Residuals.LEAST_SIGMA;
    double scar = varies ? finite(event.scar(window)) : Double.NaN;
    double csar = 0;
    double rawCsar = 0;
    double roundedCar = 0;
    double roundedCsar = 0;
    for (int day = window.start(); day <= window.end(); day++) {
      int t = day - returns.start();
      boolean present = t >= 0 && t < returns.abnormal().length;
      double abnormal = present ? returns.abnormal()[t] : Double.NaN;
      csar += days.standardized(day);
      double rounded = rounded(abnormal);
      roundedCar += rounded;
      roundedCsar += rounded / rounded(days.error(day));
      rawCsar += present ? abnormal / returns.sigmas()[t] : Double.NaN;
    }
    double df = estimation.degreesOfFreedom();
    return new WindowEvent(
        car,
        new Standardized(
            scar,
            varies ? finite(csar) : Double.NaN,
            varies ? finite(rawCsar) : Double.NaN,
            varies ? finite(car / (estimation.sigma() * Math.sqrt(window.length()))) : Double.NaN,
            window.length() == 1 ? estudySar(event, residuals, scar, window.start()) : Double.NaN),
        new Rounded(finite(roundedCar), varies ? finite(roundedCsar) : Double.NaN),
        df > 2 ? df / (df - 2) : Double.NaN,
        finite(bhar(returns, window, kind)));
  }

  private static double estudySar(
      EventSample event, Residuals residuals, double scar, int relativeDay) {
    if (!event.hasOneRegressor() || Double.isNaN(scar)) {
      return scar * event.estimation().sigma() / residuals.deviation();
    }
    int t = relativeDay - event.returns().start();
    double c = 1 + 1.0 / residuals.count() + event.market().wholeDistance(t);
    return event.returns().abnormal()[t] / (residuals.deviation() * Math.sqrt(c));
  }

  private static double bhar(EventSample.Returns returns, EventWindow window, ReturnKind kind) {
    double held = 1;
    double expected = 1;
    for (int day = window.start(); day <= window.end(); day++) {
      int t = day - returns.start();
      if (t < 0 || t >= returns.abnormal().length) {
        return Double.NaN;
      }
      double e = returns.expected()[t];
      held = BuyAndHold.grown(held, returns.abnormal()[t] + e, kind);
      expected = BuyAndHold.grown(expected, e, kind);
    }
    return held - expected;
  }

  private static double rounded(double x) {
    return Math.rint(x * 1e4) / 1e4;
  }

  private static double finite(double x) {
    return Math.abs(x) <= Double.MAX_VALUE ? x : Double.NaN;
  }
}
