package io.dealimpact.stage.conform;

import static org.assertj.core.api.Assertions.assertThat;

import io.dealimpact.lake.Tables;
import io.dealimpact.source.Feed;
import io.dealimpact.stage.StageResult;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Instruments under the names that they have, had and share. */
@Tag("spark")
@Tag("slow")
class ConformIdentityTest {

  private static ConformFixture lake(Path folder) {
    return new ConformFixture(folder, "quality.max_quarantined_share=1.0");
  }

  /** Meta was FB until 2022; the ticker META was another fund's until then. */
  @Test
  void anInstrumentHasOneTickerAfterAnother(@TempDir Path folder) {
    ConformFixture lake =
        lake(folder)
            .file(
                Feed.INSTRUMENTS,
                "instruments/i.csv",
                "instrument_id|ticker|exchange|currency|cik|isin|valid_from|valid_to",
                "META|META|NASDAQ|USD|1326801|US30303M1027|2022-06-09|",
                "META|FB|NASDAQ|USD|1326801|US30303M1027||2022-06-08",
                "METV|METV|NYSEARCA|USD|||2022-01-31|",
                "METV|META|NYSEARCA|USD||||2022-01-30",
                "SPY|SPY|NYSEARCA|USD||||");
    StageResult result = lake.run(new ConformInstruments());

    assertThat(result.accepted()).isEqualTo(5);
    assertThat(
            lake.rows(
                Tables.INSTRUMENTS, "instrument_id", "ticker", "valid_from", "ticker_history"))
        .containsExactly(
            "META|META|2022-06-09|ArraySeq([null,2022-06-08,FB])",
            "METV|METV|2022-01-31|ArraySeq([null,2022-01-30,META])",
            "SPY|SPY||");

    lake.file(
        Feed.BARS,
        "bars/a.csv",
        "ticker|trade_date|close",
        "FB|2021-11-03|330",
        "META|2021-11-03|15",
        "META|2022-11-03|88",
        "FB|2022-11-03|1",
        "FB.US|2021-11-04|331",
        "US30303M1027|2022-11-04|90");
    lake.run(new ConformBars());
    assertThat(lake.rows(Tables.BARS, "instrument_id", "trade_date", "close"))
        .containsExactly(
            "META|2021-11-03|330.0",
            "META|2021-11-04|331.0",
            "META|2022-11-03|88.0",
            "META|2022-11-04|90.0",
            "METV|2021-11-03|15.0");

    // The company's counts are its own under each of its tickers.
    lake.file(
        Feed.SHARES,
        "shares/sec/CIK0001326801.json",
        "cik|effective_date|shares|known_date",
        "1326801|2021-10-22|2781678000|2021-10-26",
        "1326801|2022-10-21|2651548000|2022-10-27");
    lake.run(new ConformShares());
    assertThat(lake.rows(Tables.SHARES_OUTSTANDING, "instrument_id", "effective_date"))
        .containsExactly("META|2021-10-22", "META|2022-10-21");
  }

  @Test
  void aLaterFileSaysAnewHowLongATickerLasted(@TempDir Path folder) {
    ConformFixture lake =
        lake(folder)
            .file(
                Feed.INSTRUMENTS,
                "instruments/a.csv",
                "instrument_id|ticker",
                "TWTR|TWTR",
                "SPY|SPY")
            .file(
                Feed.INSTRUMENTS,
                "instruments/b.csv",
                "instrument_id|ticker|valid_to",
                "TWTR|TWTR|2022-10-27");
    lake.run(new ConformInstruments());
    assertThat(lake.rows(Tables.INSTRUMENTS, "instrument_id", "valid_to", "ticker_history"))
        .containsExactly("SPY||", "TWTR|2022-10-27|");
  }

  /** What data frames write where there is no value is no value of an instrument either. */
  @Test
  void absentValuesOfAnInstrumentCostNothing(@TempDir Path folder) {
    ConformFixture lake =
        lake(folder)
            .file(
                Feed.INSTRUMENTS,
                "instruments/i.csv",
                "instrument_id|ticker|name|organisation|exchange|currency|kind|cik|mic|benchmark"
                    + "|shares_per_unit|valid_to",
                "A|A|nan|NaN|n/a|nan|NaN|nan|-|#N/A|NaN|NaT",
                "B|B|B|B|NYSE|USD|etf|1018724.0|XNYS|SPY|13.0|2099-12-31 00:00:00",
                // A ticker may be a word for nothing.
                "NA|NA||||CAD||||||");
    assertThat(lake.run(new ConformInstruments())).isEqualTo(new StageResult(3, 3, 0, 0, ""));
    assertThat(
            lake.rows(
                Tables.INSTRUMENTS,
                "instrument_id",
                "exchange",
                "currency",
                "kind",
                "cik",
                "mic",
                "benchmark",
                "shares_per_unit",
                "valid_to"))
        .containsExactly(
            "A||USD||||||", "B|NYSE|USD|etf|0001018724|XNYS|SPY|13.0|2099-12-31", "NA||CAD||||||");
  }

  /** An ADS of thirteen ordinary shares, and classes: one with a count of its own, one without. */
  @Test
  void countsOfOrdinarySharesAndOfClasses(@TempDir Path folder) {
    ConformFixture lake =
        lake(folder)
            .file(
                Feed.INSTRUMENTS,
                "instruments/i.csv",
                "instrument_id|ticker|cik|shares_per_unit",
                "ADS|ADS|7|13",
                "GOOG|GOOG|1652044|",
                "GOOGL|GOOGL|1652044|",
                "BRK.B|BRK.B||")
            .file(
                Feed.SPLITS,
                "splits/s.csv",
                "instrument_id|effective_date|ratio",
                "ADS|2020-01-02|2")
            .file(
                Feed.SHARES,
                "shares/a.csv",
                "instrument_id|cik|share_class|effective_date|shares",
                "|7||2025-01-02|1300",
                "|1652044||2025-01-02|12000",
                "GOOG|||2025-01-02|5000",
                "BRK.B||A|2025-01-02|1500",
                "BRK.B||B|2025-01-02|2")
            .silver(
                Tables.BARS, "instrument_id|trade_date|close|trade_year", "ADS|2025-01-03|1|2025");
    lake.run(new ConformInstruments());
    lake.run(new ConformSplits());
    lake.run(new ConformShares());
    assertThat(lake.rows(Tables.SHARES_OUTSTANDING, "instrument_id", "shares", "data_flags"))
        .containsExactly(
            "ADS|100.0|", "BRK.B|1502.0|", "GOOGL|12000.0|company-shares", "GOOG|5000.0|");
  }

  @Test
  void eventsMayHaveWindowsOfTheirOwn(@TempDir Path folder) {
    ConformFixture lake =
        lake(folder)
            .silver(Tables.INSTRUMENTS, "instrument_id|ticker|currency", "A|A|USD")
            .file(
                Feed.EVENTS,
                "events/e.csv",
                "event_id|instrument_id|announced_at|estimation_start|estimation_end|window_start"
                    + "|window_end|extra_fields",
                "plain|A|2025-09-10|||||{\"size\": \"NaN\", \"country\": \"NA\"}",
                "days|A|2025-09-10|2024-01-02|2024-12-31|||",
                "relative|A|2025-09-10|-250.0|-21|||",
                "window|A|2025-09-10|||-2|+10.0|",
                "mixed|A|2025-09-10|-250|2024-12-31|||",
                "turned|A|2025-09-10|-21|-250|||",
                "half|A|2025-09-10||-21|||",
                "after|A|2025-09-10|-5|5|||",
                "turned-window|A|2025-09-10|||5|-5|",
                "half-window|A|2025-09-10|||-5||",
                "window-of-days|A|2025-09-10|||2025-09-10|2025-09-12|");
    lake.run(new ConformEvents());
    assertThat(
            lake.rows(
                Tables.EVENTS,
                "event_id",
                "estimation_first",
                "estimation_last",
                "estimation_unit",
                "window_first",
                "window_last",
                "attributes"))
        .containsExactly(
            "days|19724|20088|DATES|||",
            "plain||||||Map(country -> NA)",
            "relative|-250|-21|RELATIVE|||",
            "window||||-2|10|");
    assertThat(lake.quarantine("events"))
        .hasSize(7)
        .allMatch(row -> row.contains("own-"))
        .anyMatch(
            row ->
                row.equals(
                    "events/e.csv:10 own-window: the event's own window is '5' to '-5'; both must be"
                        + " trading days from day 0, as -2 and 5, the first not after the last, and at"
                        + " most 1000 days"))
        .anyMatch(
            row ->
                row.equals(
                    "events/e.csv:6 own-estimation-window: the event's own estimation window is"
                        + " '-250' to '2024-12-31'; both must be days, as 2024-01-02, or both trading"
                        + " days before day 0, as -250 and -21, the first before the last"));
  }
}
