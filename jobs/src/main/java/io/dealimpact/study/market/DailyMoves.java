package io.dealimpact.study.market;

import io.dealimpact.study.numeric.RankSoFar;
import java.util.ArrayList;
import java.util.List;

/**
 * An instrument's daily moves: its return, and the change of its market value with the shares that
 * were known the day before. The first bar has neither, and is no record.
 */
public final class DailyMoves {
  /** Days below which a rank is not given: about a quarter of a year. */
  static final int LEAST_DAYS = 60;

  private DailyMoves() {}

  /**
   * One day.
   *
   * @param epochDay since 1970-01-01
   * @param close last price
   * @param high highest price; NaN where unknown
   * @param capUsd market value at the close, USD; NaN where unknown
   */
  public record Bar(int epochDay, double close, double high, double capUsd) {}

  /**
   * What a day brought. A number is NaN where it is not known.
   *
   * @param bar the day
   * @param simpleReturn close over the close before, less 1
   * @param change of the market value
   * @param rank of the change
   * @param returnRank place of the return among all so far; 0 as that of the change
   * @param recordClose whether the close is above all before it
   */
  public record Move(
      Bar bar,
      double simpleReturn,
      Change change,
      ChangeRank rank,
      long returnRank,
      boolean recordClose) {}

  /**
   * Shares known the day before times the change of the price, in that day's USD.
   *
   * @param closeUsd up to the close
   * @param highUsd up to the high
   */
  public record Change(double closeUsd, double highUsd) {}

  /**
   * The rank of a change among all so far.
   *
   * @param place the largest first; 0 without a change, below {@value #LEAST_DAYS} of them, and for
   *     a loss that would be first
   * @param outOf changes so far, this one included
   * @param since day of the first of them, since 1970-01-01; 0 without one
   */
  public record ChangeRank(long place, long outOf, int since) {}

  /**
   * The moves of bars.
   *
   * @param bars by day
   */
  public static List<Move> of(List<Bar> bars) {
    double[] changes = new double[bars.size()];
    for (int i = 0; i < changes.length; i++) {
      changes[i] = i == 0 ? Double.NaN : change(bars.get(i - 1), bars.get(i).close());
    }
    double[] returns = new double[bars.size()];
    for (int i = 0; i < returns.length; i++) {
      returns[i] = i == 0 ? Double.NaN : bars.get(i).close() / bars.get(i - 1).close() - 1;
    }
    long[] ranks = shown(RankSoFar.largestFirst(changes), changes);
    long[] returnRanks = shown(RankSoFar.largestFirst(returns), returns);
    long ranked = 0;
    int since = 0;
    List<Move> moves = new ArrayList<>(changes.length);
    double record = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < changes.length; i++) {
      Bar bar = bars.get(i);
      Bar before = i == 0 ? null : bars.get(i - 1);
      if (!Double.isNaN(changes[i])) {
        since = ranked == 0 ? bar.epochDay() : since;
        ranked++;
      }
      moves.add(
          new Move(
              bar,
              returns[i],
              new Change(changes[i], before == null ? Double.NaN : change(before, bar.high())),
              new ChangeRank(ranks[i], ranked, since),
              returnRanks[i],
              before != null && bar.close() > record));
      record = Math.max(record, bar.close());
    }
    return moves;
  }

  /** Ranks without those of the first days, which say nothing, and without a loss as the best. */
  private static long[] shown(long[] ranks, double[] values) {
    long[] shown = ranks.clone();
    long seen = 0;
    for (int i = 0; i < shown.length; i++) {
      seen += Double.isNaN(values[i]) ? 0 : 1;
      boolean bestIsLoss = ranks[i] == 1 && !(values[i] > 0);
      shown[i] = seen < LEAST_DAYS || bestIsLoss ? 0 : ranks[i];
    }
    return shown;
  }

  private static double change(Bar before, double price) {
    return before.capUsd() / before.close() * (price - before.close());
  }
}
