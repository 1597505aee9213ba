package io.dealimpact.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RanksTest {
  @Test
  void aRankSaysAmongHowManyDays() {
    assertThat(Ranks.text(6 / 320.0, 319)).isEqualTo("0.019 (6 of 320)");
  }

  @Test
  void theFirstRankIsBelowTheResolutionAndNeverZero() {
    assertThat(Ranks.text(1 / 463.0, 462)).isEqualTo("< 0.003 (1 of 463)");
    assertThat(Ranks.text(1 / 100_001.0, 100_000)).isEqualTo("< 0.001 (1 of 100001)");
  }

  @Test
  void withoutDaysThereIsNoRank() {
    assertThat(Ranks.text(1, 0)).isEmpty();
    assertThat(Ranks.text(Double.NaN, 300)).isEmpty();
  }

  @Test
  void aSmallQIsNotZero() {
    assertThat(Verdicts.q(1e-9)).isEqualTo("< 0.001");
    assertThat(Verdicts.sentence("stands-out-alone", 0.0945))
        .startsWith("stands out alone (q = 0.095)");
  }
}
