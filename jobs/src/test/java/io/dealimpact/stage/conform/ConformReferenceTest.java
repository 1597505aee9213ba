package io.dealimpact.stage.conform;

import static org.assertj.core.api.Assertions.assertThat;

import io.dealimpact.lake.Tables;
import io.dealimpact.source.Feed;
import io.dealimpact.stage.StageResult;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Instruments, calendar, splits, FX, earnings, shares, market values, factors. */
@Tag("spark")
@Tag("slow")
class ConformReferenceTest {
  private static ConformFixture lake(Path folder) {
    return new ConformFixture(folder, "quality.max_quarantined_share=1.0");
  }

  @Test
  void instrumentsCalendarAndRates(@TempDir Path folder) {
    ConformFixture lake =
        lake(folder)
            .file(
                Feed.INSTRUMENTS,
                "instruments/i.csv",
                "instrument_id|ticker|organisation|exchange|currency|kind|cik",
                "AMZN|AMZN|Amazon|nasdaq|usd|Equity|1018724",
                "SPY||||||",
                "||Nobody||||",
                "A|A|||dollar||",
                "B|B||||bond|",
                "C|C|||||x1",
                "BP|BP||LSE|GBp|Common Stock|")
            .file(
                Feed.CALENDAR,
                "calendar/c.csv",
                "exchange|trade_date|open_time|close_time",
                "NYSE|2025-11-28|9:30|13:00",
                "NYSE|2025-11-29|09:30|",
                "NYSE|2025-11-30|09:30|25:00",
                "NYSE|2025-12-01|16:00|09:30")
            .file(
                Feed.FX,
                "fx/f.csv",
                "currency|trade_date|usd_per_unit",
                "EUR|2025-11-03|1.15",
                "EUR|2025-11-04|0",
                "Euro|2025-11-04|1.15");

    assertThat(lake.run(new ConformInstruments()))
        .isEqualTo(
            new StageResult(
                7,
                5,
                0,
                2,
                "1 values of kind left out: it is one of equity, etf, index; 1 values of cik left"
                    + " out: it is a number of at most ten digits"));
    assertThat(
            lake.rows(
                Tables.INSTRUMENTS,
                "instrument_id",
                "ticker",
                "exchange",
                "currency",
                "kind",
                "cik"))
        .containsExactly(
            "AMZN|AMZN|NASDAQ|USD|equity|0001018724",
            "BP|BP|LSE|GBX|equity|",
            "B|B||USD||",
            "C|C||USD||",
            "SPY|SPY||USD||");
    assertThat(lake.quarantine("instruments"))
        .containsExactly(
            "instruments/i.csv:4 missing-instrument-id: instrument_id is missing, and there is no"
                + " ticker instead of it",
            "instruments/i.csv:5 invalid-currency: currency is 'dollar'; it must be an ISO 4217"
                + " code of three letters, as USD, or GBX, ZAC or ILA for hundredths of GBP, ZAR or"
                + " ILS");
    assertThat(lake.run(new ConformCalendar())).isEqualTo(new StageResult(4, 1, 0, 3, ""));
    assertThat(lake.rows(Tables.CALENDAR, "trade_date", "open_time", "close_time"))
        .containsExactly("2025-11-28|09:30|13:00");
    assertThat(lake.quarantine("calendar"))
        .containsExactly(
            "calendar/c.csv:3 missing-close-time: close_time is missing; every row needs it",
            "calendar/c.csv:4 invalid-time: close_time is '25:00'; it must be a time of day as"
                + " HH:mm",
            "calendar/c.csv:5 close-before-open: close_time 09:30 is not after open_time 16:00; a"
                + " session lasts some time");
    assertThat(lake.run(new ConformFx())).isEqualTo(new StageResult(3, 1, 0, 2, ""));
    assertThat(lake.quarantine("fx"))
        .containsExactly(
            "fx/f.csv:3 zero-rate: usd_per_unit is '0'; it must be at least 1e-12 and"
                + " below 1e+07",
            "fx/f.csv:4 invalid-currency: currency is 'Euro'; it must be an ISO 4217 code of three"
                + " letters, as EUR; not a hundredth of it, as GBp");
  }

  @Test
  void sharesOnTheSplitBasisOfThePricesAndMarketValuesAsKnown(@TempDir Path folder) {
    ConformFixture lake =
        lake(folder)
            .silver(
                Tables.INSTRUMENTS,
                "instrument_id|ticker|name|currency|cik",
                "AMZN|AMZN|Amazon.com, Inc.|USD|0001018724",
                "ORCL|ORCL|Oracle Corporation|USD|",
                "SAP|SAP|SAP SE|EUR|")
            // The last bar says which splits have happened.
            .silver(
                Tables.BARS,
                "instrument_id|trade_date|close|trade_year",
                "AMZN|2022-04-28|100|2022",
                "AMZN|2022-04-29|100|2022",
                "AMZN|2022-07-28|110|2022",
                "AMZN|2022-07-29|110|2022",
                "SAP|2025-11-03|200|2025",
                "SAP|2025-11-11|200|2025",
                "SAP|2025-11-12|200|2025")
            .file(
                Feed.SPLITS,
                "splits/s.csv",
                "instrument_id|effective_date|ratio",
                "AMZN|2022-06-06|20",
                "AMZN|2025-12-05|10",
                "AMZN|2023-06-06|-2",
                "AMZN|2023-06-07|ten")
            .file(
                Feed.SHARES,
                "shares/sec/CIK0001018724.json",
                "cik|entity_name|effective_date|shares|known_date",
                "1018724|AMAZON COM INC|2022-04-20|508720481|2022-04-29",
                "1018724|AMAZON COM INC|2022-07-20|10187554818|2022-07-29")
            .file(
                Feed.SHARES,
                "shares/sec/ORCL.json",
                "cik|entity_name|effective_date|shares|known_date",
                "1341439|ORACLE CORP|2025-09-05|2841714000|2025-09-10")
            .file(
                Feed.SHARES,
                "shares/sap.csv",
                "instrument_id|effective_date|shares|known_date",
                "SAP|2025-01-01|1000|",
                "SAP|2025-01-02|1000|2025-02-30",
                "SAP|2025-01-03|0|");

    assertThat(lake.run(new ConformSplits())).isEqualTo(new StageResult(4, 2, 0, 2, ""));
    assertThat(lake.run(new ConformShares())).isEqualTo(new StageResult(6, 4, 0, 2, ""));
    assertThat(
            lake.rows(
                Tables.SHARES_OUTSTANDING,
                "instrument_id",
                "effective_date",
                "known_date",
                "shares",
                "split_factor"))
        .containsExactly(
            "AMZN|2022-04-20|2022-04-29|1.017440962E10|20.0",
            "AMZN|2022-07-20|2022-07-29|1.0187554818E10|1.0",
            "ORCL|2025-09-05|2025-09-10|2.841714E9|1.0",
            "SAP|2025-01-01|2025-01-01|1000.0|1.0");
    assertThat(lake.quarantine("shares"))
        .containsExactly(
            "shares/sap.csv:3 invalid-date: known_date is '2025-02-30'; it must be a day that"
                + " exists, as yyyy-MM-dd or yyyyMMdd",
            "shares/sap.csv:4 zero-shares: shares is '0'; it must be at least 1e+00 and below"
                + " 1e+13");

    lake.silver(Tables.FX, "currency|trade_date|usd_per_unit", "EUR|2025-11-03|1.25")
        .silver(Tables.FX, "currency|trade_date|usd_per_unit", "EUR|2025-11-04|1.5")
        .file(
            Feed.MARKET_CAPS,
            "market_caps/m.csv",
            "instrument_id|trade_date|market_cap",
            "SAP|2025-11-03|210000",
            "AMZN|2022-04-28|999000",
            "AMZN|2022-04-29|-1");
    assertThat(lake.run(new ConformMarketCaps()))
        .isEqualTo(
            new StageResult(
                3,
                2,
                0,
                1,
                "1 values of the vendor differ from shares x close by more than 2 %, at most 5.0"
                    + " %"));
    assertThat(
            lake.rows(
                Tables.MARKET_CAPS,
                "instrument_id",
                "trade_date",
                "shares",
                "market_cap_ccy",
                "market_cap_usd",
                "source"))
        .containsExactly(
            // Before the first filing nothing is known but what the vendor says.
            "AMZN|2022-04-28||999000.0|999000.0|vendor",
            "AMZN|2022-04-29|1.017440962E10|1.017440962E12|1.017440962E12|shares x close",
            "AMZN|2022-07-28|1.017440962E10|1.1191850582E12|1.1191850582E12|shares x close",
            "AMZN|2022-07-29|1.0187554818E10|1.12063102998E12|1.12063102998E12|shares x close",
            "SAP|2025-11-03|1000.0|210000.0|262500.0|vendor",
            "SAP|2025-11-11|1000.0|200000.0|300000.0|shares x close",
            // The last rate is eight days old.
            "SAP|2025-11-12|1000.0|200000.0||shares x close");
  }

  @Test
  void factorsAreExactFractionsJoinedOverFiles(@TempDir Path folder) {
    ConformFixture lake =
        lake(folder)
            .file(
                Feed.FACTORS,
                "factors/french/1-five.csv",
                "factor_set|trade_date|mkt_rf|smb|rf|unit",
                "french-daily|20251103|0.38|-0.70|0.02|percent",
                "french-daily|20251104|-99.99|-999|-99.99|percent",
                "french-daily|20251105|0.1|0.2|0.02|percent")
            .file(
                Feed.FACTORS,
                "factors/french/2-five.csv",
                "factor_set|trade_date|mkt_rf|smb|rf|unit",
                "french-daily|2025-11-03|0.54|-0.70|0.02|percent",
                "french-daily|2025-11-05|0.10|0.20|0.02|percent")
            .file(
                Feed.FACTORS,
                "factors/french/3-momentum.csv",
                "factor_set|trade_date|umd|rf|unit",
                "french-daily|2025-11-03|1.10|0.03|percent")
            .file(
                Feed.FACTORS,
                "factors/french/4-all-five.csv",
                "factor_set|trade_date|mkt_rf|smb|hml|rmw|cma|rf|unit",
                "french-daily|2025-11-05|0.10|0.25|0.1|0.2|0.3|0.02|percent",
                "french-daily|2025-11-06|0.10|0.26|0.1|0.2|0.3|0.02|percent")
            .file(
                Feed.FACTORS,
                "factors/own.csv",
                "factor_set|trade_date|mkt_rf|unit",
                "own|2025-11-03|0.0054|fraction",
                "own|2025-11-04|5.4|fraction",
                "own|2025-11-05|5.4|bps",
                "own|2025-11-06|x|fraction");

    assertThat(lake.run(new ConformFactors())).isEqualTo(new StageResult(12, 6, 1, 5, ""));
    // Of two kinds of smb the five-factor one is smb, the three-factor one smb_3.
    assertThat(
            lake.rows(
                Tables.FACTORS, "factor_set", "trade_date", "mkt_rf", "smb", "smb_3", "umd", "rf"))
        .containsExactly(
            "french-daily|2025-11-03|0.0054|-0.007|-0.007|0.011|2.0E-4",
            "french-daily|2025-11-05|0.001|0.0025|0.002||2.0E-4",
            "french-daily|2025-11-06|0.001|0.0026|0.0026||2.0E-4",
            "own|2025-11-03|0.0054||||");
    assertThat(lake.quarantine("factors"))
        .containsExactly(
            "factors/french/1-five.csv:2 restated: factor_set french-daily trade_date 2025-11-03"
                + " factors_given mkt_rf,smb,rf is given by factors/french/2-five.csv line 2 too,"
                + " which counts because it comes later: mkt_rf is 0.0054 there and 0.0038 here",
            "factors/french/1-five.csv:3 no-values: the row has no factor, or only codes for missing"
                + " ones; one at least is needed",
            "factors/own.csv:3 implausible-factor: mkt_rf is '5.4'; it must be a day's return below"
                + " 30 %, in the unit that the file says",
            "factors/own.csv:4 unknown-unit: unit is 'bps'; it must be one of percent, fraction",
            "factors/own.csv:5 not-a-number: mkt_rf is 'x'; it must be a number such as 12.5,"
                + " without thousands separators or units");
  }

  /** With study.price: close, returns without dividends go before those with them. */
  @Test
  void aDelistingsReturnIsOfTheKindThatTheInstrumentHas(@TempDir Path folder) {
    ConformFixture lake =
        lake(folder)
            .silver(
                Tables.INSTRUMENTS,
                "instrument_id|ticker|currency",
                "TOTAL|TOTAL|USD",
                "PRICE|PRICE|USD",
                "NONE|NONE|USD")
            .file(
                Feed.RETURNS,
                "returns/r.csv",
                "instrument_id|trade_date|return|return_ex_dividend|delisting_return",
                "TOTAL|2025-11-03|0.01||",
                "TOTAL|2025-11-04|||-0.4",
                "PRICE|2025-11-03||0.01|",
                "PRICE|2025-11-04|||-0.4",
                "NONE|2025-11-04|||-0.4");
    lake.run(new ConformReturns());
    assertThat(
            lake.rows(
                Tables.RETURNS,
                "instrument_id",
                "trade_date",
                "total_return",
                "return_ex_dividend"))
        .containsExactly(
            "NONE|2025-11-04|-0.4|-0.4",
            "PRICE|2025-11-03||0.01",
            "PRICE|2025-11-04||-0.4",
            "TOTAL|2025-11-03|0.01|",
            "TOTAL|2025-11-04|-0.4|");
  }
}
