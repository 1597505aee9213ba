package io.dealimpact.study.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EventVerdictTest {
  private static final double NONE = Double.NaN;

  @Test
  void theVerdictFollowsFromQThenPThenThePower() {
    assertThat(EventVerdict.of(0.001, 0.04, 1e9, 1e10, 0.05)).isEqualTo(EventVerdict.STANDS_OUT);
    assertThat(EventVerdict.of(0.04, 0.3, 1e9, 1e10, 0.05))
        .isEqualTo(EventVerdict.STANDS_OUT_ALONE);
    assertThat(EventVerdict.of(0.4, 0.9, 1e9, 1e10, 0.05))
        .isEqualTo(EventVerdict.COULD_NOT_BE_SEEN);
    assertThat(EventVerdict.of(0.4, 0.9, 2e10, 1e10, 0.05)).isEqualTo(EventVerdict.NOT_SEEN);
    assertThat(EventVerdict.of(0.4, 0.9, NONE, 1e10, 0.05)).isEqualTo(EventVerdict.NOT_SEEN);
    assertThat(EventVerdict.of(0.4, 0.9, 1e9, NONE, 0.05)).isEqualTo(EventVerdict.NOT_SEEN);
  }

  @Test
  void aPIsTheRankInTheEventsOwnHistoryWhereThatIsLongEnough() {
    assertThat(EventP.of(1.0 / 463, 462, 1e-7))
        .isEqualTo(new EventP(1.0 / 463, "own-history", "< 0.003 (1 of 463)"));
    assertThat(EventP.of(6.0 / 463, 462, 0.02).text()).isEqualTo("0.013 (6 of 463)");
    assertThat(EventP.of(1.0 / 51, 50, 1e-7)).isEqualTo(new EventP(1e-7, "car-t", "< 0.0001"));
    assertThat(EventP.of(NONE, 0, 0.25)).isEqualTo(new EventP(0.25, "car-t", "0.2500"));
    assertThat(EventP.of(NONE, 0, NONE).text()).isEmpty();
  }
}
