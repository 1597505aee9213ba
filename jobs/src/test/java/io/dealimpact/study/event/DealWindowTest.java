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
  private static final DealNet.DayZero DAY = new DealNet.DayZero("SPY", 100, 20_000);

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
    assertThat(deal.gained()).containsExactly("A", "B", "SMALL").isEqualTo(deal.gainers());
    assertThat(deal.lost()).containsExactly("LOSER").isEqualTo(deal.losers());
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

  /**
   * Microsoft–Nebius without a count of Nebius's shares: it rose 49.2 %, and nobody knows how much.
   */
  @Test
  void aPartyWithoutAMarketValueAppearsWithItsReturnAndMakesTheRowPartial() {
    DealWindow deal =
        DealWindow.of(
            List.of(measured("MSFT", 3.7e12, -0.001), measured("NBIS", Double.NaN, 0.492)),
            0.95,
            ReturnKind.SIMPLE);
    assertThat(deal.status()).isEqualTo(DealWindow.Status.PARTIAL);
    assertThat(deal.gained()).containsExactly("NBIS (+49.2 %)");
    assertThat(deal.gainers()).containsExactly("NBIS");
    assertThat(deal.lost()).containsExactly("MSFT");
    assertThat(deal.net().parties()).isEqualTo(1);
    assertThat(deal.net().reason()).isEqualTo("without NBIS (no market value)");
    assertThat(deal.net().amount().usd()).isEqualTo(-0.001 * 3.7e12);
    assertThat(deal.net().t()).isEqualTo(-0.1);
    assertThat(deal.net().df()).isEqualTo(248);
  }

  /** A standard error of 1 %, 248 degrees of freedom. */
  private static DealWindow.Party measured(String instrument, double marketCapUsd, double car) {
    WindowResult result =
        WindowResult.builder(DAY_ZERO, StudyStatus.OK)
            .car(car, 0.01)
            .test(car / 0.01, 248, 0.5)
            .build();
    return new DealWindow.Party(
        new DealNet.Party(instrument, DAY, marketCapUsd, result, Optional.empty()),
        OptionalInt.of(20_000),
        Double.NaN,
        car * marketCapUsd);
  }

  /** Weekdays stand for trading days where two markets count alike. */
  @Test
  void daysOfTwoMarketsAreCountedInWeekdays() {
    // Friday 2025-11-07, and the Monday and Sunday after it.
    DealNet.DayZero friday = new DealNet.DayZero("SPY", 17, 20_399);
    assertThat(friday.until(new DealNet.DayZero("DAX", 900, 20_402))).isEqualTo(1);
    assertThat(friday.until(new DealNet.DayZero("DAX", 900, 20_401))).isEqualTo(1);
    assertThat(new DealNet.DayZero("DAX", 900, 20_402).until(friday)).isEqualTo(-1);
    assertThat(friday.until(new DealNet.DayZero("SPY", 20, 20_404))).isEqualTo(3);
  }

  /** A party without a fit: the net has its own tests, {@code InstrumentStudyTest}. */
  private static DealWindow.Party party(
      String instrument, int day, double rawCloseUsd, double abnormalUsd) {
    WindowResult result =
        WindowResult.unmeasured(DAY_ZERO, StudyStatus.INSUFFICIENT_HISTORY, "too short");
    return new DealWindow.Party(
        new DealNet.Party(instrument, DAY, 1e9, result, Optional.empty()),
        day < 0 ? OptionalInt.empty() : OptionalInt.of(day),
        rawCloseUsd,
        abnormalUsd);
  }
}
