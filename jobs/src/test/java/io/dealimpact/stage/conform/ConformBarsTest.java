package io.dealimpact.stage.conform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dealimpact.lake.Tables;
import io.dealimpact.run.DealImpactException;
import io.dealimpact.source.Feed;
import io.dealimpact.stage.StageResult;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("spark")
class ConformBarsTest {
  private static final String HEADER =
      "instrument_id|trade_date|open|high|low|close|adjusted_close|volume|split_ratio|dividend";

  private static ConformFixture lake(Path folder, String... settings) {
    return new ConformFixture(folder, settings)
        .silver(
            Tables.INSTRUMENTS,
            "instrument_id|ticker|exchange|currency",
            "SPY|SPY|NYSEARCA|USD",
            "AMZN|AMZN|NASDAQ|USD",
            "BRK.B|BRK.B|NYSE|USD",
            "SAP|SAP|XETRA|EUR",
            "SAP.N|SAP|NYSE|USD");
  }

  @Test
  void everyRuleHasAMessageThatSaysWhatWasGivenAndWhatIsAllowed(@TempDir Path folder) {
    ConformFixture lake =
        lake(folder, "quality.max_quarantined_share=1.0")
            .silver(
                Tables.CALENDAR,
                "exchange|trade_date|open_time|close_time",
                "NASDAQ|2025-11-13|09:30|16:00",
                "NASDAQ|2025-11-14|09:30|16:00",
                "NASDAQ|2025-11-17|09:30|16:00",
                "NASDAQ|2025-11-18|09:30|16:00",
                "NASDAQ|2025-11-19|09:30|16:00",
                "NASDAQ|2025-11-20|09:30|16:00",
                "NASDAQ|2025-11-21|09:30|16:00",
                "NASDAQ|2025-11-24|09:30|16:00",
                "NASDAQ|2025-11-25|09:30|16:00",
                "NASDAQ|2025-11-26|09:30|16:00",
                "NASDAQ|2025-11-28|09:30|13:00",
                // Half days alone: they say nothing of the other days of the month.
                "NYSE|2025-11-28|09:30|13:00")
            .file(
                Feed.BARS,
                "bars/a.csv",
                HEADER,
                "AMZN|2025-11-28|10|11|9|10|9.5|100.5|0|0",
                "AMZN|2025-02-30|10|11|9|10||||",
                "AMZN||10|11|9|10||||",
                "AMZN|2025-11-26|10|11|9|||||",
                "AMZN|2025-11-26|10|11|9|n/a||||",
                "AMZN|2025-11-26|10|11|9|-10||||",
                "ZZZZ|2025-11-26|10|11|9|10||||",
                "|2025-11-26|10|11|9|10||||",
                "AMZN|2025-11-27|10|11|9|10||||",
                "SPY|2025-11-29|10|11|9|10||||",
                // 0.05 % above the high is rounding, and the adjusted close is held to no price.
                "AMZN|2025-11-26|10|11|9|11.005|12|||",
                "BRK.B|2025-11-25|10|11|9|10|10|||",
                // Midnight is a day; after the calendar's last day it says nothing.
                "BRK.B|2025-11-26 00:00:00-05:00|10|11|9|10|10|||",
                "AMZN|2025-12-01T00:00:00|10|11|9|10|10|||")
            // Of two instruments with the ticker the suffix says which.
            .file(
                Feed.BARS, "bars/stooq/SAP.US.csv", "ticker|trade_date|close", "SAP.US|20251126|5")
            .file(
                Feed.BARS,
                "bars/stooq/SAP.DE.csv",
                "ticker|trade_date|close",
                "BRK.B.DE|20251126|5");

    StageResult result = lake.run(new ConformBars());

    assertThat(lake.quarantine("bars"))
        .containsExactlyInAnyOrder(
            "bars/a.csv:3 invalid-date: trade_date is '2025-02-30'; it must be a day that exists,"
                + " as yyyy-MM-dd or yyyyMMdd",
            "bars/a.csv:4 missing-date: trade_date is missing; a day is needed",
            "bars/a.csv:5 missing-close: close is '(missing)'; every row needs a value",
            "bars/a.csv:6 missing-close: close is 'n/a'; every row needs a value",
            "bars/a.csv:7 negative-price: close is '-10'; it must be at least 1e-09 and below"
                + " 1e+12",
            "bars/a.csv:8 not-followed: the instrument 'ZZZZ' is not in silver.instruments; to follow"
                + " it, deliver it in instruments/",
            "bars/a.csv:9 missing-instrument: the row names no instrument; instrument_id is needed",
            "bars/a.csv:10 not-a-trading-day: trade_date 2025-11-27 is no trading day: the calendar"
                + " of NASDAQ has no session on it",
            "bars/a.csv:11 not-a-trading-day: trade_date 2025-11-29 is no trading day: it is a"
                + " week-end, and no calendar of the exchange lists its month",
            "bars/stooq/SAP.DE.csv:2 unknown-instrument: the instrument 'BRK.B.DE' is not in"
                + " silver.instruments: BRK.B is, at NYSE in USD, and its tickers do not end so;"
                + " deliver it in instruments/, or correct the name");
    assertThat(result)
        .isEqualTo(
            new StageResult(
                16,
                6,
                0,
                10,
                "1 bars adjusted-close-differs; 2 rows of instruments that instruments/ does not"
                    + " list"));
    assertThat(
            lake.rows(
                Tables.BARS,
                "trade_date",
                "close",
                "adjusted_close",
                "volume_shares",
                "split_ratio",
                "dividend_ccy",
                "trade_year"))
        .containsExactly(
            "2025-11-25|10.0|10.0||||2025",
            "2025-11-26|10.0|10.0||||2025",
            "2025-11-26|11.005|12.0||||2025",
            "2025-11-26|5.0|||||2025",
            "2025-11-28|10.0|9.5|100.5||0.0|2025",
            "2025-12-01|10.0|10.0||||2025");
  }

  @Test
  void aDefectInAnOptionalColumnCostsTheColumnAndNotTheBar(@TempDir Path folder) {
    ConformFixture lake =
        lake(folder)
            .file(
                Feed.BARS,
                "bars/a.csv",
                HEADER,
                "AMZN|2025-11-13|10|11|NaN|10||||",
                "AMZN|2025-11-14|10|Infinity|9|10||||",
                "AMZN|2025-11-17|0|11|9|10||||",
                "AMZN|2025-11-18|10|11|9|10|1e300|||",
                "AMZN|2025-11-19|10|9|11|10||||",
                "AMZN|2025-11-20|10|11|9|11.2||||",
                "AMZN|2025-11-21|10|11|9|10||-1||",
                "AMZN|2025-11-24|10|11|9|10||||-0.1");

    assertThat(lake.run(new ConformBars()).accepted()).isEqualTo(8);
    assertThat(
            lake.rows(
                Tables.BARS,
                "trade_date",
                "open",
                "high",
                "low",
                "close",
                "adjusted_close",
                "volume_shares",
                "dividend_ccy",
                "data_flags"))
        .containsExactly(
            // NaN is an absent value, and says nothing.
            "2025-11-13|10.0|11.0||10.0||||",
            "2025-11-14|10.0||9.0|10.0||||high-left-out",
            "2025-11-17||11.0|9.0|10.0||||open-left-out",
            "2025-11-18|10.0|11.0|9.0|10.0||||adjusted_close-left-out",
            "2025-11-19|10.0|||10.0||||high-low-left-out",
            "2025-11-20|10.0|||11.2||||high-low-left-out",
            "2025-11-21|10.0|11.0|9.0|10.0||||volume-left-out",
            "2025-11-24|10.0|11.0|9.0|10.0||||dividend-left-out");
  }

  @Test
  void barsAreHeldAgainstOneAnother(@TempDir Path folder) {
    ConformFixture lake =
        lake(folder)
            .silver(Tables.SPLITS, "instrument_id|effective_date|ratio", "AMZN|2025-11-05|4")
            .file(
                Feed.BARS,
                "bars/a.csv",
                HEADER,
                // A day in another unit, and a split that the earlier prices do not know of.
                "AMZN|2025-11-03||||40|40|100||",
                "AMZN|2025-11-04||||4100|4100|100||",
                "AMZN|2025-11-05|10|10.5|9.5|10.2||400||",
                "AMZN|2025-11-06|10|10.5|9.5|10.1||400||",
                // Pence until the fifth, pounds from then on.
                "SAP|2025-11-03||||810|800|100||",
                "SAP|2025-11-04||||805|795|100||",
                "SAP|2025-11-05||||8.1|8|100||",
                "SAP|2025-11-06||||8.2|8.1|100||",
                // No trade on the fourth; a last bar that nothing confirms.
                "BRK.B|2025-11-03||||500||100||",
                "BRK.B|2025-11-04|500|500|500|500||0||",
                "BRK.B|2025-11-05||||505||100||",
                "BRK.B|2025-11-06||||50500||100||");

    StageResult result = lake.run(new ConformBars());

    assertThat(result.message())
        .isEqualTo(
            "2 bars adjusted-close-filled, 3 bars level-changed, 1 bars level-changed by 0.01, 1 bars"
                + " level-changed by 0.25");
    assertThat(
            lake.rows(
                Tables.BARS,
                "instrument_id",
                "trade_date",
                "close",
                "adjusted_close",
                "volume_shares",
                "data_flags"))
        .containsExactly(
            "AMZN|2025-11-03|10.0|10.0|400.0|level-changed",
            "AMZN|2025-11-05|10.2|10.2|400.0|level-changed by 0.25, adjusted-close-filled",
            "AMZN|2025-11-06|10.1|10.1|400.0|adjusted-close-filled",
            "BRK.B|2025-11-03|500.0||100.0|",
            "BRK.B|2025-11-05|505.0||100.0|",
            "SAP|2025-11-03|8.1|8.0|100.0|level-changed",
            "SAP|2025-11-04|8.05|7.95|100.0|level-changed",
            "SAP|2025-11-05|8.1|8.0|100.0|level-changed by 0.01",
            "SAP|2025-11-06|8.2|8.1|100.0|");
    assertThat(lake.quarantine("bars"))
        .extracting(row -> row.replaceAll("^(\\S+ [a-z-]+).*", "$1"))
        .containsExactly(
            "bars/a.csv:11 no-trade", "bars/a.csv:13 price-jump", "bars/a.csv:3 price-jump");

    lake.run(new ConformRefusedBars());
    assertThat(lake.rows(Tables.REFUSED_BARS, "instrument_id", "trade_date", "rule"))
        .containsExactly("AMZN|2025-11-04|price-jump", "BRK.B|2025-11-06|price-jump");
  }

  @Tag("slow")
  @Test
  void withoutACalendarTheBenchmarkTellsTradingDaysAndTickersNameInstruments(@TempDir Path folder) {
    ConformFixture lake =
        lake(folder)
            .file(
                Feed.BARS,
                "bars/yahoo/SPY.csv",
                "ticker|trade_date|close",
                "SPY|2025-11-26|1",
                "SPY|2025-11-28|1")
            .file(
                Feed.BARS,
                "bars/stooq/all.csv",
                "ticker|trade_date|close",
                "BRK-B.US|20251126|2",
                "amzn.us|20251127|3",
                "AMZN|20251125|4",
                "AMZN|20251201|5")
            .file(Feed.BARS, "bars/sap.csv", "instrument_id|trade_date|close", "SAP|2025-11-27|6");

    StageResult result = lake.run(new ConformBars());

    assertThat(lake.quarantine("bars"))
        .containsExactly(
            "bars/stooq/all.csv:3 not-a-trading-day: trade_date 2025-11-27 is no trading day: the"
                + " benchmark SPY has no bar on it, but has before and after");
    assertThat(lake.rows(Tables.BARS, "instrument_id", "trade_date", "close"))
        .containsExactly(
            "AMZN|2025-11-25|4.0",
            "AMZN|2025-12-01|5.0",
            "BRK.B|2025-11-26|2.0",
            "SAP|2025-11-27|6.0",
            "SPY|2025-11-26|1.0",
            "SPY|2025-11-28|1.0");
    assertThat(result).isEqualTo(new StageResult(7, 6, 0, 1, ""));
  }

  @Tag("slow")
  @Test
  void laterNightsChangeOnlyWhatDiffersAndAClosedGateNothing(@TempDir Path folder) {
    String header = "instrument_id|trade_date|close";
    ConformFixture lake =
        lake(folder)
            .file(
                Feed.BARS,
                "bars/a.csv",
                header,
                "AMZN|2025-11-03|254",
                "AMZN|2025-11-04|249",
                "AMZN|2025-11-05|250");
    lake.run(new ConformBars());
    long version = lake.version(Tables.BARS);

    // The same again in another file: duplicates, and nothing to write.
    lake.file(Feed.BARS, "bars/0.csv", header, "AMZN|2025-11-03|254.00");
    assertThat(lake.run(new ConformBars())).isEqualTo(new StageResult(4, 3, 1, 0, ""));
    assertThat(lake.version(Tables.BARS)).isEqualTo(version);

    // A restatement, and a new version of the first file that lacks a day.
    lake.file(Feed.BARS, "bars/b.csv", header, "AMZN|2025-11-04|249.32")
        .file(Feed.BARS, "bars/a.csv", header, "AMZN|2025-11-03|254", "AMZN|2025-11-04|249");
    assertThat(lake.run(new ConformBars())).isEqualTo(new StageResult(4, 2, 1, 1, ""));
    assertThat(lake.rows(Tables.BARS, "trade_date", "close"))
        .containsExactly("2025-11-03|254.0", "2025-11-04|249.32");
    assertThat(lake.quarantine("bars"))
        .containsExactly(
            "bars/a.csv:3 restated: instrument_id AMZN trade_date 2025-11-04 is given by bars/b.csv"
                + " line 2 too, which counts because it comes later: close is 249.32 there and"
                + " 249.0 here");
    // A new version of a file that has no rows takes them all away.
    lake.file(Feed.BARS, "bars/a.csv", "read_error", "no-rows");
    assertThat(lake.run(new ConformBars())).isEqualTo(new StageResult(2, 2, 0, 0, ""));
    assertThat(lake.rows(Tables.BARS, "trade_date", "close"))
        .containsExactly("2025-11-03|254.0", "2025-11-04|249.32");
    lake.file(Feed.BARS, "bars/a.csv", header, "AMZN|2025-11-03|254", "AMZN|2025-11-04|249");
    lake.run(new ConformBars());
    version = lake.version(Tables.BARS);

    lake.file(
        Feed.BARS,
        "bars/c.csv",
        header,
        "AMZN|x|1",
        "AMZN|y|1",
        "AMZN|z|1",
        "AMZN|v|1",
        "AMZN|w|1");
    assertThatThrownBy(() -> lake.run(new ConformBars()))
        .isInstanceOf(DealImpactException.class)
        .hasMessageContaining(
            "Of 9 rows of the feed bars, 5 break a rule, more than the share of 0.5");
    assertThat(lake.version(Tables.BARS)).isEqualTo(version);
    assertThat(lake.quarantine("bars")).hasSize(6);
  }

  /** AMZN falls with the market and comes back with it; BRK.B does so alone. */
  @Tag("slow")
  @Test
  void aSpikeIsHeldAgainstTheMarketsOwnMove(@TempDir Path folder) {
    List<String> rows = new ArrayList<>(List.of(HEADER));
    for (int day = 3; day <= 21; day++) {
      LocalDate date = LocalDate.of(2025, 11, day);
      if (date.getDayOfWeek().getValue() <= 5) {
        double move = 1 + 0.002 * (day % 3);
        // Of each share alone: 0, 0.3 or 0.6 %.
        double own = 1 + 0.003 * (day * 7 % 5 % 3);
        double fall = day == 12 ? 0.85 : 1;
        rows.add("SPY|%s||||%s||||".formatted(date, 500 * move * fall));
        rows.add("AMZN|%s||||%s||||".formatted(date, 200 * move * fall * own));
        double alone = day == 18 ? 0.85 : 1;
        rows.add("BRK.B|%s||||%s||||".formatted(date, 400 * move * fall * alone * own));
      }
    }
    ConformFixture lake = lake(folder).file(Feed.BARS, "bars/a.csv", rows.toArray(String[]::new));

    StageResult result = lake.run(new ConformBars());

    assertThat(result.message()).isEqualTo("1 bars price-spike");
    assertThat(lake.rows(Tables.BARS, "instrument_id", "trade_date", "data_flags"))
        .filteredOn(row -> row.contains("price-spike"))
        .containsExactly("BRK.B|2025-11-18|price-spike");
  }

  @Test
  void anAdjustedCloseIsHeldAgainstTheCloseAndTheDividend(@TempDir Path folder) {
    ConformFixture lake =
        lake(folder)
            .file(
                Feed.BARS,
                "bars/a.csv",
                HEADER,
                // Two of 100 are paid on the 13th: 98 of 100 before.
                "AMZN|2025-11-12||||100|98|||0",
                "AMZN|2025-11-13||||99|99|||2",
                "AMZN|2025-11-14||||99|99|||0",
                // Ten per cent less, and nothing was paid.
                "AMZN|2025-11-17||||100|90|||0",
                // Without dividends in the file it may rise against the close, not fall.
                "BRK.B|2025-11-12||||100|90|||",
                "BRK.B|2025-11-13||||100|95|||",
                "BRK.B|2025-11-14||||100|92|||");

    lake.run(new ConformBars());

    assertThat(lake.rows(Tables.BARS, "instrument_id", "trade_date", "data_flags"))
        .filteredOn(row -> !row.endsWith("|"))
        .containsExactly(
            "AMZN|2025-11-17|adjusted-close-differs", "BRK.B|2025-11-14|adjusted-close-differs");
  }

  /** As Alpha Vantage has it: the close as it was, the adjusted close on one level. */
  @Tag("slow")
  @Test
  void anAdjustedCloseThatKnowsOfTheSplitStays(@TempDir Path folder) {
    ConformFixture lake =
        lake(folder)
            .file(
                Feed.BARS,
                "bars/a.csv",
                HEADER,
                "AMZN|2025-11-12||||100|10|||",
                "AMZN|2025-11-13||||10.1|10.1||10|",
                "AMZN|2025-11-14||||10.1|10.1|||",
                "BRK.B|2025-11-12||||100|100|||",
                "BRK.B|2025-11-13||||10.1|10.1||10|",
                "BRK.B|2025-11-14||||10.1|10.1|||");

    lake.run(new ConformBars());

    assertThat(lake.rows(Tables.BARS, "instrument_id", "trade_date", "close", "adjusted_close"))
        .containsExactly(
            "AMZN|2025-11-12|10.0|10.0",
            "AMZN|2025-11-13|10.1|10.1",
            "AMZN|2025-11-14|10.1|10.1",
            "BRK.B|2025-11-12|10.0|10.0",
            "BRK.B|2025-11-13|10.1|10.1",
            "BRK.B|2025-11-14|10.1|10.1");
  }

  /** Instants are days of the exchange; what could be the midnight of another place is refused. */
  @Tag("slow")
  @Test
  void aSessionsDayIsThatOfItsExchange(@TempDir Path folder) {
    ConformFixture lake =
        new ConformFixture(folder, "quality.max_quarantined_share=1.0")
            .silver(
                Tables.INSTRUMENTS,
                "instrument_id|ticker|exchange|currency",
                "SPY|SPY|NYSEARCA|USD",
                "AMZN|AMZN|NASDAQ|USD",
                "SAP|SAP|XETR|EUR",
                "TM|TM|XTKS|JPY",
                "NEW|NEW||EUR",
                "2222|2222|TADAWUL|SAR")
            .file(
                Feed.BARS,
                "bars/a.csv",
                "instrument_id|trade_date|close",
                "AMZN|2025-11-10 05:00:00Z|1",
                "AMZN|2025-11-11T16:00:00-05:00|2",
                "AMZN|1762923600|3",
                // Midnight in Berlin and in London; the day is the next one.
                "AMZN|2025-11-12T23:00:00Z|4",
                "AMZN|2025-11-13 00:30:00+00:00|5",
                "SAP|2025-11-12T23:00:00Z|6",
                "TM|2025-11-12T15:00:00Z|7",
                // Of an exchange that nobody knows.
                "NEW|2025-11-12T23:00:00Z|8",
                "NEW|2025-11-14 00:00:00+01:00|9",
                // Riyadh trades on Sundays and not on Fridays.
                "2222|2025-11-16|10",
                "2222|2025-11-14|11");

    lake.run(new ConformBars());

    assertThat(lake.rows(Tables.BARS, "instrument_id", "trade_date", "close"))
        .containsExactly(
            "2222|2025-11-16|10.0",
            "AMZN|2025-11-10|1.0",
            "AMZN|2025-11-11|2.0",
            "AMZN|2025-11-12|3.0",
            "NEW|2025-11-14|9.0",
            "SAP|2025-11-13|6.0",
            "TM|2025-11-13|7.0");
    assertThat(lake.quarantine("bars"))
        .extracting(row -> row.replaceAll("^(\\S+ [a-z-]+).*", "$1"))
        .containsExactly(
            "bars/a.csv:12 not-a-trading-day",
            "bars/a.csv:5 invalid-date",
            "bars/a.csv:6 invalid-date",
            "bars/a.csv:9 invalid-date");
  }

  /** A share of New York stamped with Tokyo's midnights: ten in the morning of the day before. */
  @Tag("slow")
  @Test
  void timesOfAnotherZoneAreRefusedAsAFile(@TempDir Path folder) {
    List<String> rows = new ArrayList<>(List.of("instrument_id|trade_date|close"));
    for (int day = 3; day <= 21; day++) {
      LocalDate date = LocalDate.of(2025, 11, day);
      if (date.getDayOfWeek().getValue() <= 5) {
        rows.add("AMZN|%sT15:00:00Z|%d".formatted(date.minusDays(1), 100 + day));
      }
    }
    ConformFixture lake =
        lake(folder, "quality.max_quarantined_share=1.0")
            .file(Feed.BARS, "bars/a.csv", rows.toArray(String[]::new))
            .file(Feed.BARS, "bars/b.csv", rows.get(0), "AMZN|2025-11-24|1", "SPY|2025-11-24|1");

    assertThat(lake.run(new ConformBars()).accepted()).isEqualTo(2);
    assertThat(lake.quarantine("bars"))
        .hasSize(15)
        .allMatch(
            row ->
                row.contains(
                    "of the file's 15 times of the instrument 3 are of a week-end at its exchange"));
  }

  /** The benchmark's file lacks a day on which others traded shares: it is a trading day. */
  @Tag("slow")
  @Test
  void aDayThatTheBenchmarkLacksIsATradingDayIfOthersTraded(@TempDir Path folder) {
    ConformFixture lake =
        lake(folder, "quality.max_quarantined_share=1.0")
            .file(
                Feed.BARS,
                "bars/a.csv",
                "instrument_id|trade_date|close|volume",
                "SPY|2025-11-03|500|9",
                "SPY|2025-11-05|500|9",
                "SPY|2025-11-07|500|9",
                "AMZN|2025-11-03|10|9",
                "AMZN|2025-11-04|10|9",
                "AMZN|2025-11-05|10|9",
                "BRK.B|2025-11-05|10|9",
                "SAP.N|2025-11-05|10|9",
                // One of three alone: its day is another one.
                "AMZN|2025-11-06|10|9");

    lake.run(new ConformBars());

    assertThat(lake.rows(Tables.BARS, "instrument_id", "trade_date"))
        .contains("AMZN|2025-11-04")
        .doesNotContain("AMZN|2025-11-06");
  }

  @Tag("slow")
  @Test
  void aFileOfWeeksOrOfAnotherKindIsHeldBack(@TempDir Path folder) {
    List<String> daily = new ArrayList<>(List.of("instrument_id|trade_date|close"));
    List<String> weekly = new ArrayList<>(List.of("instrument_id|trade_date|close"));
    for (int day = 0; day < 70; day++) {
      LocalDate date = LocalDate.of(2025, 9, 1).plusDays(day);
      if (date.getDayOfWeek().getValue() <= 5) {
        daily.add("AMZN|%s|100".formatted(date));
      }
      if (date.getDayOfWeek().getValue() == 1) {
        weekly.add("AMZN|%s|200".formatted(date));
      }
    }
    ConformFixture lake =
        lake(folder)
            .file(Feed.BARS, "bars/amzn.csv", daily.toArray(String[]::new))
            .file(Feed.BARS, "bars/amzn-weekly.csv", weekly.toArray(String[]::new));

    StageResult result = lake.run(new ConformBars());

    assertThat(result.accepted()).isEqualTo(50);
    assertThat(lake.table(Tables.BARS).where("close <> 100").count()).isZero();
    assertThat(lake.quarantine("bars"))
        .containsExactly(
            "bars/amzn-weekly.csv:0 held-back: bars/amzn-weekly.csv is held back: its 10 days from"
                + " 2025-09-01 to 2025-11-03 lie 7 days apart: it is a weekly or monthly file, and"
                + " daily ones are due");
    assertThat(result.message()).contains("bars/amzn-weekly.csv is held back");
  }

  /** Today's download against yesterday's. */
  @Tag("slow")
  @Test
  void theRunLogSaysWhichClosesADownloadRestates(@TempDir Path folder) {
    String header = "instrument_id|trade_date|close";
    ConformFixture lake =
        lake(folder)
            .file(Feed.BARS, "bars/a.csv", header, "AMZN|2025-11-03|2000", "AMZN|2025-11-04|2020")
            .file(Feed.BARS, "bars/b.csv", header, "SPY|2025-11-03|500");
    assertThat(lake.run(new ConformBars()).message()).isEmpty();

    lake.file(
        Feed.BARS,
        "bars/a.csv",
        header,
        "AMZN|2025-11-03|100",
        "AMZN|2025-11-04|101.00",
        "AMZN|2025-11-05|102");
    assertThat(lake.run(new ConformBars()).message())
        .isEqualTo(
            "bars/a.csv: 2 of 2 closes differ from those of the version before, by a factor of"
                + " 0.0500000");
  }

  /** The day of a row that is cut is known: a study must not take it for one without trade. */
  @Tag("slow")
  @Test
  void aDamagedRowRefusesItsDay(@TempDir Path folder) {
    ConformFixture lake =
        lake(folder)
            .file(
                Feed.BARS,
                "bars/a.csv",
                "instrument_id|trade_date|close|read_error|read_error_detail",
                "AMZN|2025-11-03|10||",
                "AMZN|2025-11-04||malformed-record|it has 4 fields, the header 3",
                "AMZN|2025-11-05|10||");
    lake.run(new ConformBars());
    lake.run(new ConformRefusedBars());
    assertThat(lake.rows(Tables.REFUSED_BARS, "instrument_id", "trade_date", "rule"))
        .containsExactly("AMZN|2025-11-04|malformed-record");
  }

  /** A bulk drop of the world's tickers, of which one is followed. */
  @Tag("slow")
  @Test
  void listingsElsewhereDoNotCloseTheGate(@TempDir Path folder) {
    ConformFixture lake =
        lake(folder)
            .file(
                Feed.BARS,
                "bars/stooq/world.csv",
                "ticker|trade_date|close",
                "AMZN.US|2025-11-03|10",
                "AMZN.DE|2025-11-03|9",
                "AMZN.UK|2025-11-03|8",
                "BRK-B.DE|2025-11-03|7",
                "ZZZ.HU|2025-11-03|6");
    StageResult result = lake.run(new ConformBars());
    assertThat(result.accepted()).isEqualTo(1);
    assertThat(result.message()).isEqualTo("4 rows of instruments that instruments/ does not list");
    assertThat(lake.quarantine("bars"))
        .extracting(row -> row.replaceAll("^\\S+ ([a-z-]+).*", "$1"))
        .containsExactly(
            "unknown-instrument", "unknown-instrument", "unknown-instrument", "not-followed");
  }

  /** Half and more in a day that stays, and the closes of a download that nobody can bring back. */
  @Tag("slow")
  @Test
  void largeMovesAndUnknownBasesAreFlagged(@TempDir Path folder) {
    ConformFixture lake =
        lake(folder)
            .file(
                Feed.BARS,
                "bars/a.csv",
                HEADER + "|price_basis",
                "AMZN|2025-11-03||||400|||||",
                "AMZN|2025-11-04||||401|||||",
                "AMZN|2025-11-05||||100|||||",
                "AMZN|2025-11-06||||101|||||",
                "AMZN|2025-11-07||||102|||||",
                "AMZN|2025-11-10||||101|||||",
                "AMZN|2025-11-11||||102|||||",
                "AMZN|2025-11-12||||101|||||",
                "AMZN|2025-11-13||||102|||||",
                "AMZN|2025-11-14||||101|||||",
                "AMZN|2025-11-17||||102|||||",
                "BRK.B|2025-11-03||||10|||||dividend-adjusted",
                "SAP.N|2025-11-03||||10|||0|0|dividend-adjusted");
    lake.run(new ConformBars());
    assertThat(lake.rows(Tables.BARS, "instrument_id", "trade_date", "data_flags"))
        .filteredOn(row -> !row.endsWith("|"))
        .containsExactly("AMZN|2025-11-05|price-jump", "BRK.B|2025-11-03|close-may-be-adjusted");
  }
}
