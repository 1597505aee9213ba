package io.dealimpact.study.event;

import io.dealimpact.study.market.EstimationWindow;
import io.dealimpact.study.market.EventWindow;
import io.dealimpact.study.numeric.DayRange;
import io.dealimpact.study.numeric.PrefixSums;
import java.util.List;

/**
 * How restless a window's days are beside what its standard error takes them for. S_CAR knows the
 * estimation window, which ended weeks before; abnormal returns spread more after restless days,
 * and on days on which the market moves. An event and the days it is held against are both divided
 * by this, so that a day of a storm is held against days as they would have been in one.
 *
 * <p>scale² = 1 + {@value #RECENT}(v − 1) + {@value #MOVE}(m − 1), where
 *
 * <ul>
 *   <li>v is the exponentially weighted mean of (AR/S_AR)² over the days before the window and
 *       before day 0, λ = {@value #DECAY} a day (J.P. Morgan/Reuters 1996, RiskMetrics Technical
 *       Document), each square at most {@value #LARGEST_SQUARE};
 *   <li>m is the root mean square of the market's returns in the window about its mean of the
 *       estimation window, over 0.8 (which is √(2/π), the mean of |N(0,1)|) times its standard
 *       deviation there.
 * </ul>
 *
 * What is not known counts as 1. Division of a conformal score by an estimate of its spread:
 * Papadopoulos, Gammerman &amp; Vovk 2008; Lei, G'Sell, Rinaldo, Tibshirani &amp; Wasserman 2018,
 * section 5.2. The weights are our own: the page of the test has what was tried, and on what.
 */
final class VolatilityScale {
  private static final double RECENT = 0.6;
  private static final double MOVE = 0.1;
  private static final double DECAY = 0.94;
  private static final double LARGEST_SQUARE = 9;
  private static final double MEAN_OF_ABSOLUTE_NORMAL = Math.sqrt(2 / Math.PI);

  /** v of the days before each. */
  private final double[] before;

  private final double[] market;
  private final EstimationWindow estimation;
  private final PrefixSums sums;
  private final PrefixSums.Moments moments;

  /**
   * The market's mean and standard deviation in the estimation window before a day, worked out for
   * the days that are asked for; {@link #isKnown} says which they are.
   */
  private final double[] mean;

  private final double[] deviation;
  private final boolean[] isKnown;

  /**
   * @param squares (AR/S_AR)² by day, each by the fit before it; NaN where there is none
   * @param market its returns by day of the calendar; NaN where unknown
   * @param estimation the days that the market's usual spread is of
   */
  VolatilityScale(double[] squares, double[] market, EstimationWindow estimation) {
    before = new double[squares.length + 1];
    before[0] = 1;
    for (int day = 0; day < squares.length; day++) {
      double square = Math.min(squares[day], LARGEST_SQUARE);
      before[day + 1] =
          Double.isNaN(square) ? before[day] : DECAY * before[day] + (1 - DECAY) * square;
    }
    this.market = market;
    this.estimation = estimation;
    mean = new double[market.length];
    deviation = new double[market.length];
    isKnown = new boolean[market.length];
    sums = new PrefixSums(new double[][] {market});
    moments = sums.moments();
  }

  private void know(int day) {
    if (isKnown[day]) {
      return;
    }
    int from = Math.max(0, day + estimation.start());
    int to = day + estimation.end();
    boolean isThere = from <= to;
    if (isThere) {
      sums.sum(List.of(new DayRange(from, to)), moments);
    }
    boolean suffices = isThere && moments.n() >= estimation.minimum();
    mean[day] = suffices ? moments.mean(0) : Double.NaN;
    deviation[day] = suffices ? Math.sqrt(moments.centred(0, 0) / moments.n()) : Double.NaN;
    isKnown[day] = true;
  }

  /** The scale of a window about a day; the window is within the calendar. */
  double of(int day, EventWindow window) {
    int known = Math.max(0, day + Math.min(0, window.start()));
    return Math.sqrt(1 + RECENT * (before[known] - 1) + MOVE * (move(day, window) - 1));
  }

  private double move(int day, EventWindow window) {
    know(day);
    double squares = 0;
    for (int t = day + window.start(); t <= day + window.end(); t++) {
      double distance = market[t] - mean[day];
      squares += distance * distance;
    }
    double usual = MEAN_OF_ABSOLUTE_NORMAL * deviation[day];
    double move = Math.sqrt(squares / window.length()) / usual;
    return Double.isFinite(move) ? move : 1;
  }
}
