package io.dealimpact.study.market;

import io.dealimpact.study.numeric.RankSoFar;
import java.util.ArrayList;
import java.util.List;

/**
 * An instrument's daily moves: its return, and the change of its market value with the shares that
 * were known the day before. The first bar has neither, and is no record.
 */
public final class DailyMoves {
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
   * @param changeCloseUsd shares known the day before times the change of the close, in that day's
   *     USD
   * @param changeHighUsd the same up to the high
   * @param changeRank place of the change among all so far, the largest first; 0 without a change
   * @param recordClose whether the close is above all before it
   */
  public record Move(
      Bar bar,
      double simpleReturn,
      double changeCloseUsd,
      double changeHighUsd,
      long changeRank,
      boolean recordClose) {}

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
    long[] ranks = RankSoFar.largestFirst(changes);
    List<Move> moves = new ArrayList<>(changes.length);
    double record = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < changes.length; i++) {
      Bar bar = bars.get(i);
      Bar before = i == 0 ? null : bars.get(i - 1);
      moves.add(
          new Move(
              bar,
              before == null ? Double.NaN : bar.close() / before.close() - 1,
              changes[i],
              before == null ? Double.NaN : change(before, bar.high()),
              ranks[i],
              before != null && bar.close() > record));
      record = Math.max(record, bar.close());
    }
    return moves;
  }

  private static double change(Bar before, double price) {
    return before.capUsd() / before.close() * (price - before.close());
  }
}
