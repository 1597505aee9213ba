package io.dealimpact.study.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.dealimpact.study.market.Announcement;
import io.dealimpact.study.market.DailyReturns;
import io.dealimpact.study.market.PriceHistory;
import io.dealimpact.study.market.Sessions;
import io.dealimpact.study.market.StudyStatus;
import io.dealimpact.study.market.TradingCalendar;
import io.dealimpact.study.market.TradingHours;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EventDayTest {
  /** Monday 2025-11-24 to Friday 12-05 without Thanksgiving, the 27th; the 28th closes at 13:00. */
  private static final TradingCalendar CALENDAR =
      new TradingCalendar(
          Arrays.stream(
                  new String[] {
                    "2025-11-24",
                    "2025-11-25",
                    "2025-11-26",
                    "2025-11-28",
                    "2025-12-01",
                    "2025-12-02",
                    "2025-12-03",
                    "2025-12-04",
                    "2025-12-05"
                  })
              .mapToInt(EventDayTest::epochDay)
              .toArray());

  private static final Sessions NEW_YORK =
      new Sessions(TradingHours.of("NASDAQ"), Map.of(epochDay("2025-11-28"), LocalTime.of(13, 0)));

  private static final double[] CLOSES = {1, 2, 3, 4, 5, 6, 7, 8, 9};

  @Test
  void beforeTheOpenAndInSessionAreTheSameDay() {
    assertThat(dayOf("2025-11-25T06:00:00-05:00")).isEqualTo("2025-11-25");
    assertThat(dayOf("2025-11-25T15:59:59-05:00")).isEqualTo("2025-11-25");
    assertThat(resolve("2025-11-25T06:00:00-05:00", CLOSES).reason()).isEmpty();
  }

  @Test
  void atAndAfterTheCloseIsTheNextTradingDay() {
    EventDay atClose = resolve("2025-11-26T16:00:00-05:00", CLOSES);
    assertThat(CALENDAR.date(atClose.index())).isEqualTo("2025-11-28");
    assertThat(atClose.reason())
        .isEqualTo(
            "announced after the close of 2025-11-26 (16:00): day 0 is the next trading day;"
                + " 2025-11-27 is no trading day: day 0 is 2025-11-28");
    assertThat(dayOf("2025-12-01T16:30:00-05:00")).isEqualTo("2025-12-02");
  }

  @Test
  void halfDaysCloseEarly() {
    assertThat(dayOf("2025-11-28T12:59:00-05:00")).isEqualTo("2025-11-28");
    assertThat(dayOf("2025-11-28T13:00:00-05:00")).isEqualTo("2025-12-01");
  }

  @Test
  void theInstantIsReadInTheExchangesTime() {
    // 02:30 UTC on the 26th is the evening of the 25th in New York, after the close.
    assertThat(dayOf("2025-11-26T02:30:00Z")).isEqualTo("2025-11-26");
    // In summer time 19:30 UTC is in session, in winter too; 20:30 UTC only in winter.
    assertThat(dayOf("2025-12-02T20:30:00Z")).isEqualTo("2025-12-02");
    assertThat(TradingHours.of("xetra").zone().getId()).isEqualTo("Europe/Berlin");
    assertThat(TradingHours.of("nobody knows")).isEqualTo(TradingHours.NEW_YORK);
  }

  @Test
  void holidaysAndWeekEndsMoveOn() {
    assertThat(dayOf("2025-11-27T10:00:00-05:00")).isEqualTo("2025-11-28");
    assertThat(dayOf("2025-11-27T18:00:00-05:00")).isEqualTo("2025-11-28");
    assertThat(dayOf("2025-11-29T18:00:00-05:00")).isEqualTo("2025-12-01");
  }

  @Test
  void aDateWithoutTimeIsBeforeTheOpenAndSaysSo() {
    EventDay day =
        EventDay.resolve(
            Announcement.on(LocalDate.parse("2025-12-02")),
            NEW_YORK,
            CALENDAR,
            PriceHistory.ofCloses(CLOSES));
    assertThat(day.index()).isEqualTo(5);
    assertThat(day.reason())
        .isEqualTo("announced on 2025-12-02 without a time: taken as before the open");
  }

  @Test
  void aHaltMovesToTheDayOfResumptionAndRemembersTheLastTrade() {
    double[] halted = CLOSES.clone();
    halted[5] = Double.NaN;
    halted[6] = Double.NaN;
    EventDay day = resolve("2025-12-02T08:00:00-05:00", halted);
    assertThat(day.index()).isEqualTo(7);
    assertThat(day.lastTrade()).isEqualTo(4);
    assertThat(day.reason())
        .isEqualTo(
            "no trading in the instrument on 2025-12-02: day 0 is 2025-12-04, when it traded"
                + " again");
  }

  @Test
  void aReturnThatSpansDaysBeforeDayZeroSaysSo() {
    double[] closes = CLOSES.clone();
    closes[3] = Double.NaN;
    closes[4] = Double.NaN;
    EventDay day = resolve("2025-12-02T08:00:00-05:00", closes);
    assertThat(day.index()).isEqualTo(5);
    assertThat(day.lastTrade()).isEqualTo(2);
    assertThat(day.reason())
        .isEqualTo(
            "no bar of the instrument counts between 2025-11-26 and day 0, whose return spans the"
                + " days between");
  }

  @Test
  void beyondTheBarsIsPendingAndBeforeThemSaysSo() {
    EventDay pending = resolve("2025-12-05T16:01:00-05:00", CLOSES);
    assertThat(pending.status()).isEqualTo(StudyStatus.PENDING);
    assertThat(pending.index()).isEqualTo(-1);
    assertThat(pending.reason())
        .startsWith("PENDING: day 0 is 2025-12-06 or later; the last bar is of 2025-12-05");
    double[] young = CLOSES.clone();
    Arrays.fill(young, 0, 3, Double.NaN);
    EventDay before = resolve("2025-11-25T08:00:00-05:00", young);
    assertThat(before.status()).isEqualTo(StudyStatus.BEFORE_FIRST_BAR);
    assertThat(before.reason())
        .isEqualTo("BEFORE_FIRST_BAR: announced before the first bar, 2025-11-28");
    assertThat(resolve("1999-01-04T08:00:00-05:00", CLOSES).status())
        .isEqualTo(StudyStatus.BEFORE_FIRST_BAR);
    double[] none = new double[CLOSES.length];
    assertThat(resolve("2025-11-25T08:00:00-05:00", none).status())
        .isEqualTo(StudyStatus.NO_PRICES);
    double[] delisted = CLOSES.clone();
    Arrays.fill(delisted, 6, 9, Double.NaN);
    assertThat(resolve("2025-12-04T08:00:00-05:00", delisted).status())
        .isEqualTo(StudyStatus.PENDING);
  }

  @Test
  void aBarInQuarantineIsNoHalt() {
    double[] closes = CLOSES.clone();
    closes[5] = Double.NaN;
    EventDay day =
        EventDay.resolve(
            Announcement.at(OffsetDateTime.parse("2025-12-02T08:00:00-05:00").toInstant()),
            NEW_YORK,
            CALENDAR,
            new PriceHistory(closes, closes, closes, closes, closes, Set.of(5), DailyReturns.NONE));
    assertThat(day.status()).isEqualTo(StudyStatus.DATA_IN_QUARANTINE);
    assertThat(day.index()).isEqualTo(-1);
    assertThat(day.reason())
        .isEqualTo(
            "DATA_IN_QUARANTINE: the bar of day 0, 2025-12-02, was delivered and is in"
                + " ops.quarantine");
  }

  @Test
  void aSeriesThatEndedIsNotPendingForEver() {
    int[] days = IntStream.range(0, 40).map(i -> epochDay("2025-10-01") + i).toArray();
    double[] closes = new double[days.length];
    Arrays.fill(closes, 0, 20, 100);
    PriceHistory prices = PriceHistory.ofCloses(closes);
    TradingCalendar calendar = new TradingCalendar(days);
    Announcement late = Announcement.on(LocalDate.parse("2025-10-25"));
    EventDay ended = EventDay.resolve(late, NEW_YORK, calendar, prices);
    assertThat(ended.status()).isEqualTo(StudyStatus.TRADING_ENDED);
    assertThat(ended.reason())
        .startsWith("TRADING_ENDED: the last bar is of 2025-10-20, and the benchmark traded on");
    assertThat(StudyStatus.afterLastBar(19, 34)).isEqualTo(StudyStatus.PENDING);
    assertThat(StudyStatus.afterLastBar(19, 35)).isEqualTo(StudyStatus.TRADING_ENDED);
  }

  private static EventDay resolve(String instant, double[] closes) {
    return EventDay.resolve(
        Announcement.at(OffsetDateTime.parse(instant).toInstant()),
        NEW_YORK,
        CALENDAR,
        PriceHistory.ofCloses(closes));
  }

  private static String dayOf(String instant) {
    return CALENDAR.date(resolve(instant, CLOSES).index()).toString();
  }

  private static int epochDay(String date) {
    return (int) LocalDate.parse(date).toEpochDay();
  }
}
