package io.dealimpact.study.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dealimpact.study.market.DailyMoves.Bar;
import io.dealimpact.study.market.DailyMoves.Move;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DailyMovesTest {
  /** Figures of a few roundings each. */
  private static final double ROUNDING = 1e-12;

  /** 100 shares on every day: values and changes are by hand. */
  private static final List<Move> MOVES =
      DailyMoves.of(
          List.of(
              new Bar(1, 10, 11, 1000),
              new Bar(2, 12, 13, 1200),
              new Bar(3, 9, 12, 900),
              new Bar(4, 13, Double.NaN, 1300)));

  @Test
  void aMoveIsAgainstTheDayBeforeWithTheSharesOfTheDayBefore() {
    assertThat(MOVES.get(1).simpleReturn()).isEqualTo(0.2, within(ROUNDING));
    assertThat(MOVES.get(1).change().closeUsd()).isEqualTo(200, within(ROUNDING));
    assertThat(MOVES.get(1).change().highUsd()).isEqualTo(300, within(ROUNDING));
    assertThat(MOVES.get(2).change().closeUsd()).isEqualTo(-300, within(ROUNDING));
    assertThat(MOVES.get(3).change().highUsd()).isNaN();
  }

  @Test
  void theFirstDayHasNoMoveAndIsNoRecord() {
    Move first = MOVES.get(0);
    assertThat(first.simpleReturn()).isNaN();
    assertThat(first.change().closeUsd()).isNaN();
    assertThat(first.change().highUsd()).isNaN();
    assertThat(first.rank().place()).isZero();
    assertThat(first.recordClose()).isFalse();
  }

  @Test
  void aRecordIsAboveAllBefore() {
    assertThat(MOVES).extracting(Move::recordClose).containsExactly(false, true, false, true);
  }

  /** Closes 100, 99, 98, … with 100 shares: every change is −100; then a gain, then a loss. */
  @Test
  void aRankIsAmongTheChangesSoFarAndNoneIsGivenBelowSixtyDays() {
    List<Bar> bars = new ArrayList<>();
    for (int day = 1; day <= 61; day++) {
      bars.add(new Bar(day, 200 - day, Double.NaN, 100.0 * (200 - day)));
    }
    bars.add(new Bar(62, 150, Double.NaN, 15000));
    bars.add(new Bar(63, 149, Double.NaN, 14900));
    List<Move> moves = DailyMoves.of(bars);
    // 58 changes by day 59, 60 by day 61: there is a rank, but the best of losses is not shown.
    assertThat(moves.get(58).rank().place()).isZero();
    assertThat(moves.get(58).rank().outOf()).isEqualTo(58);
    assertThat(moves.get(60).rank().outOf()).isEqualTo(60);
    assertThat(moves.get(60).rank().place()).isZero();
    assertThat(moves.get(60).returnRank()).isEqualTo(60);
    assertThat(moves.get(61).rank().place()).isEqualTo(1);
    assertThat(moves.get(61).returnRank()).isEqualTo(1);
    assertThat(moves.get(61).rank().outOf()).isEqualTo(61);
    assertThat(moves.get(61).rank().since()).isEqualTo(2);
    // −100 again: equal to all before it but the gain, and they share the best rank of them.
    assertThat(moves.get(62).rank().place()).isEqualTo(2);
  }
}
