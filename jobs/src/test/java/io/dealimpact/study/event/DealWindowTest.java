package io.dealimpact.study.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.dealimpact.study.market.EventWindow;
import io.dealimpact.study.market.ReturnKind;
import io.dealimpact.study.market.StudyStatus;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class DealWindowTest {
  private static final EventWindow DAY_ZERO = new EventWindow(0, 0);

  @Test
  void gainersAndLosersComeLargestFirstAndThenByName() {
    DealWindow deal =
        DealWindow.of(
            List.of(
                party("SMALL", 100, 1, 2),
                party("LOSER", 100, -3, -5),
                party("B", 100, 1, 7),
                party("A", 100, 1, 7),
                party("UNKNOWN", 100, Double.NaN, Double.NaN)),
            0.95,
            ReturnKind.SIMPLE);
    assertThat(deal.gained()).containsExactly("A", "B", "SMALL");
    assertThat(deal.lost()).containsExactly("LOSER");
  }

  @Test
  void rawChangesThatAreNotKnownAreLeftOutOfTheSum() {
    DealWindow deal =
        DealWindow.of(
            List.of(
                party("A", 100, 1.5, 1), party("B", 100, Double.NaN, 1), party("C", 100, -4, 1)),
            0.95,
            ReturnKind.SIMPLE);
    assertThat(deal.netRawCloseUsd()).isEqualTo(-2.5);
    assertThat(
            DealWindow.of(List.of(party("B", 1, Double.NaN, 1)), 0.95, ReturnKind.SIMPLE)
                .netRawCloseUsd())
        .isNaN();
  }

  @Test
  void theFirstDayIsThatOfTheFirstPartyThatHasOne() {
    DealWindow deal =
        DealWindow.of(
            List.of(party("A", 102, 1, 1), party("B", -1, 1, 1), party("C", 101, 1, 1)),
            0.95,
            ReturnKind.SIMPLE);
    assertThat(deal.firstEventDay()).hasValue(101);
    assertThat(
            DealWindow.of(List.of(party("B", -1, 1, 1)), 0.95, ReturnKind.SIMPLE).firstEventDay())
        .isEmpty();
  }

  @Test
  void aDealWithoutAMeasuredPartyHasNoValue() {
    assertThat(DealWindow.of(List.of(party("A", 100, 1, 1)), 0.95, ReturnKind.SIMPLE).status())
        .isEqualTo(DealWindow.Status.NO_VALUE);
  }

  @Test
  void aStatusThatIsNoneOfTheStudysIsOfAnInstrumentWithoutPrices() {
    assertThat(DealWindow.partyStatus("UNKNOWN_INSTRUMENT")).isEqualTo(StudyStatus.NO_PRICES);
    for (StudyStatus status : StudyStatus.values()) {
      assertThat(DealWindow.partyStatus(status.name())).isEqualTo(status);
    }
  }

  /** A party without a fit: the net has its own tests, {@code InstrumentStudyTest}. */
  private static DealWindow.Party party(
      String instrument, int day, double rawCloseUsd, double abnormalUsd) {
    WindowResult result =
        WindowResult.unmeasured(DAY_ZERO, StudyStatus.INSUFFICIENT_HISTORY, "too short");
    return new DealWindow.Party(
        new DealNet.Party(instrument, 1e9, result, Optional.empty()),
        day < 0 ? OptionalInt.empty() : OptionalInt.of(day),
        rawCloseUsd,
        abnormalUsd);
  }
}
