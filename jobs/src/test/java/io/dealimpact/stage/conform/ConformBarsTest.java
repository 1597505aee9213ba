package io.dealimpact.stage.conform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dealimpact.lake.Tables;
import io.dealimpact.run.DealImpactException;
import io.dealimpact.source.Feed;
import io.dealimpact.stage.StageResult;
import java.nio.file.Path;
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
                "AMZN|2025-11-26|10|11|NaN|10||||",
                "AMZN|2025-11-26|10|Infinity|9|10||||",
                "AMZN|2025-11-26|10|11|9|-10||||",
                "AMZN|2025-11-26|0|11|9|10||||",
                "AMZN|2025-11-26|10|11|9|10|1e300|||",
                "AMZN|2025-11-26|10|9|11|10||||",
                "AMZN|2025-11-26|10|11|9|11.2||||",
                "AMZN|2025-11-26|10|11|9|10||-1||",
                "AMZN|2025-11-26|10|11|9|10||||-0.1",
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
            .file(
                Feed.BARS, "bars/stooq/SAP.US.csv", "ticker|trade_date|close", "SAP.US|20251126|5");

    StageResult result = lake.run(new ConformBars());

    assertThat(lake.quarantine("bars"))
        .containsExactlyInAnyOrder(
            "bars/a.csv:3 invalid-date: trade_date is '2025-02-30'; it must be a day that exists,"
                + " as yyyy-MM-dd or yyyyMMdd",
            "bars/a.csv:4 missing-date: trade_date is missing; a day is needed",
            "bars/a.csv:5 missing-close: close is missing; every row needs it",
            "bars/a.csv:6 not-a-number: close is 'n/a'; it must be a number such as 12.5, without"
                + " thousands separators or units",
            "bars/a.csv:7 not-finite: low is 'NaN'; it must be a finite number",
            "bars/a.csv:8 not-finite: high is 'Infinity'; it must be a finite number",
            "bars/a.csv:9 negative-price: close is '-10'; it must be at least 1e-09 and below"
                + " 1e+12",
            "bars/a.csv:10 zero-price: open is '0'; it must be at least 1e-09 and below 1e+12",
            "bars/a.csv:11 implausible-price: adjusted_close is '1e300'; it must be at least"
                + " 1e-09 and below 1e+12",
            "bars/a.csv:12 high-below-low: high 9 is below low 11; the high of a day is its highest"
                + " price",
            "bars/a.csv:13 outside-high-low: close 11.2 is outside low 9 to high 11 by more than"
                + " 0.1 %",
            "bars/a.csv:14 negative-volume: volume is '-1'; it must be 0 or above",
            "bars/a.csv:15 negative-dividend: dividend is '-0.1'; it must be 0 or above",
            "bars/a.csv:16 unknown-instrument: the instrument 'ZZZZ' is not in silver.instruments;"
                + " deliver it in instruments/, or correct the name",
            "bars/a.csv:17 missing-instrument: the row names no instrument; instrument_id is needed",
            "bars/a.csv:18 not-a-trading-day: trade_date 2025-11-27 is no trading day: the calendar"
                + " of NASDAQ has no session on it",
            "bars/a.csv:19 not-a-trading-day: trade_date 2025-11-29 is no trading day: it is a"
                + " week-end, and no calendar of the exchange lists its month",
            "bars/stooq/SAP.US.csv:2 ambiguous-instrument: 'SAP.US' may be any of SAP, SAP.N; give"
                + " the instrument_id");
    assertThat(result).isEqualTo(new StageResult(23, 5, 0, 18, ""));
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
            "2025-11-28|10.0|9.5|100.5||0.0|2025",
            "2025-12-01|10.0|10.0||||2025");
  }

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
                + " line 2 too, which counts because its path is later: close is 249.32 there and"
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
}
