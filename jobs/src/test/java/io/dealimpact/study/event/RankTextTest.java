package io.dealimpact.study.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RankTextTest {
  @Test
  void aRankSaysAmongHowManyDays() {
    assertThat(RankText.of(6 / 320.0, 319)).isEqualTo("0.019 (6 of 320)");
  }

  @Test
  void theFirstRankIsBelowTheResolutionAndNeverZero() {
    assertThat(RankText.of(1 / 463.0, 462)).isEqualTo("< 0.003 (1 of 463)");
    assertThat(RankText.of(1 / 100_001.0, 100_000)).isEqualTo("< 0.001 (1 of 100001)");
  }

  @Test
  void withoutDaysThereIsNoRank() {
    assertThat(RankText.of(1, 0)).isEmpty();
    assertThat(RankText.of(Double.NaN, 300)).isEmpty();
  }
}
