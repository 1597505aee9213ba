package io.dealimpact.study.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.dealimpact.study.market.Announcement;
import io.dealimpact.study.market.StudyStatus;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CompanyDaysTest {
  private static final LocalDate DATE = LocalDate.of(2025, 11, 3);

  @Test
  void theLargestDealStandsForItsDay() {
    assertThat(primaries(event("cipher", "customer", 5.5e9), event("aws", "provider", 38e9)))
        .containsExactly(1);
    assertThat(primaries(event("unknown", "provider", Double.NaN), event("small", "provider", 1)))
        .containsExactly(1);
  }

  @Test
  void aCompetitorDoesNotStandForADayOnWhichItIsMore() {
    assertThat(primaries(event("aws", "competitor", 38e9), event("iren", "customer", 9.7e9)))
        .containsExactly(1);
    assertThat(primaries(event("aws", "competitor", 38e9))).containsExactly(0);
  }

  @Test
  void ofEqualDealsTheFirstByIdStands() {
    assertThat(primaries(event("b", "provider", 1), event("a", "provider", 1))).containsExactly(1);
  }

  @Test
  void anEventWithoutADayStandsForItself() {
    EventDay none = new EventDay(-1, -1, StudyStatus.PENDING, "later");
    EventInput input = event("a", "provider", 1);
    CompanyDays days =
        new CompanyDays(
            List.of(input, input), List.of(new StudyEvent("a", none), new StudyEvent("b", none)));
    assertThat(days.isPrimary(0)).isTrue();
    assertThat(days.isPrimary(1)).isTrue();
  }

  /** News that names another instrument does not count. */
  @Test
  void statedNewsCountsForThePartyThatItNames() {
    DealParty party =
        new DealParty("d", "provider", "cloud", 1, null, 2, "results [NVDA]; a storm; sale [AMZN]");
    assertThat(party.statedNews("AMZN")).containsExactly("a storm", "sale [AMZN]");
    assertThat(party.statedNews("NVDA")).containsExactly("results [NVDA]", "a storm");
  }

  @Test
  void onlyAProviderOrSupplierOfAContractIsPaid() {
    assertThat(party("provider", "contract_value").isPaid()).isTrue();
    assertThat(party("investor+supplier", "lease_value").isPaid()).isTrue();
    assertThat(party("provider", null).isPaid()).isTrue();
    assertThat(party("customer", "contract_value").isPaid()).isFalse();
    assertThat(party("provider", "remaining_performance_obligations").isPaid()).isFalse();
    assertThat(party("supplier", "equity_investment").isPaid()).isFalse();
  }

  private static DealParty party(String role, String valueType) {
    return new DealParty("d", role, "cloud", 1, valueType, 1, null);
  }

  private static List<Integer> primaries(EventInput... inputs) {
    EventDay day = new EventDay(5, 4, StudyStatus.OK, "");
    List<StudyEvent> events =
        List.of(inputs).stream().map(input -> new StudyEvent(input.eventId(), day)).toList();
    CompanyDays days = new CompanyDays(List.of(inputs), events);
    return IntStream.range(0, inputs.length).filter(days::isPrimary).boxed().toList();
  }

  private static EventInput event(String deal, String role, double usd) {
    return new EventInput(
        deal + ":AMZN",
        new DealParty(deal, role, "cloud", usd, null, 1, null),
        Announcement.on(DATE),
        (int) DATE.toEpochDay(),
        "NASDAQ",
        new MarketId("SPY", "SPY"),
        Map.of(),
        OwnWindows.NONE,
        null);
  }
}
