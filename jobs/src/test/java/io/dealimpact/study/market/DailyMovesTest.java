package io.dealimpact.study.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dealimpact.study.market.DailyMoves.Bar;
import io.dealimpact.study.market.DailyMoves.Move;
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
    assertThat(MOVES.get(1).changeCloseUsd()).isEqualTo(200, within(ROUNDING));
    assertThat(MOVES.get(1).changeHighUsd()).isEqualTo(300, within(ROUNDING));
    assertThat(MOVES.get(2).changeCloseUsd()).isEqualTo(-300, within(ROUNDING));
    assertThat(MOVES.get(3).changeHighUsd()).isNaN();
  }

  @Test
  void theFirstDayHasNoMoveAndIsNoRecord() {
    Move first = MOVES.get(0);
    assertThat(first.simpleReturn()).isNaN();
    assertThat(first.changeCloseUsd()).isNaN();
    assertThat(first.changeHighUsd()).isNaN();
    assertThat(first.changeRank()).isZero();
    assertThat(first.recordClose()).isFalse();
  }

  @Test
  void aRankIsAmongTheChangesSoFarAndARecordIsAboveAllBefore() {
    assertThat(MOVES).extracting(Move::changeRank).containsExactly(0L, 1L, 2L, 1L);
    assertThat(MOVES).extracting(Move::recordClose).containsExactly(false, true, false, true);
  }
}
