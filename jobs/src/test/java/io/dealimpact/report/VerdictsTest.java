package io.dealimpact.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VerdictsTest {
  @Test
  void aSmallQIsNotZero() {
    assertThat(Verdicts.q(1e-9)).isEqualTo("< 0.001");
    assertThat(Verdicts.sentence("stands-out-alone", 0.0945))
        .startsWith("stands out alone (q = 0.095)");
  }
}
