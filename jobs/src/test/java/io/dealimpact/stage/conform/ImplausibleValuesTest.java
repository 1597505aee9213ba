package io.dealimpact.stage.conform;

import static org.assertj.core.api.Assertions.assertThat;

import io.dealimpact.lake.Tables;
import io.dealimpact.source.Feed;
import io.dealimpact.stage.Stage;
import io.dealimpact.stage.StageResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Values that can be parsed and mean nothing go to quarantine, each under the rule that says so.
 */
@Tag("spark")
@Tag("slow")
class ImplausibleValuesTest {
  private static final String PARTIES = "[{\"organisation\":\"OpenAI\",\"role\":\"customer\"}]";

  @TempDir private Path folder;

  private ConformFixture lake() {
    return new ConformFixture(folder, "quality.max_quarantined_share=1.0")
        .silver(
            Tables.INSTRUMENTS,
            "instrument_id|ticker|name|currency|exchange|cik",
            "MSFT|MSFT|Microsoft|USD|NASDAQ|",
            "SPY|SPY|S&P 500|USD|NYSE|");
  }

  /** {@code line rule} of each row in quarantine. */
  private static List<String> refused(ConformFixture lake, Stage stage, String feed) {
    lake.run(stage);
    return lake.quarantine(feed).stream()
        .map(row -> row.replaceAll("^[^:]*:(\\d+) ([a-z-]+): .*$", "$1 $2"))
        .toList();
  }

  @Test
  void bars() {
    ConformFixture lake =
        lake()
            .file(
                Feed.BARS,
                "bars/b.csv",
                "instrument_id|trade_date|open|close|volume",
                "SPY|2025-11-03|150|150|100",
                "SPY|2025-11-04|150|1e14|100",
                "SPY|2025-11-05|1e-320|150|100",
                "SPY|0001-01-01|150|150|100",
                "SPY|9999-12-31|150|150|100",
                "SPY|2025-11-06|150|150|1e16");
    assertThat(refused(lake, new ConformBars(), "bars"))
        .containsExactly("3 implausible-price", "5 implausible-date", "6 implausible-date");
    assertThat(lake.rows(Tables.BARS, "trade_date", "close", "open", "volume_shares", "data_flags"))
        .containsExactly(
            "2025-11-03|150.0|150.0|100.0|",
            "2025-11-05|150.0||100.0|open-left-out",
            "2025-11-06|150.0|150.0||volume-left-out");
  }

  @Test
  void sharesRatesAndMarketValues() {
    ConformFixture lake =
        lake()
            .file(
                Feed.SHARES,
                "shares/s.csv",
                "instrument_id|effective_date|shares|known_date",
                "MSFT|2025-01-01|7e9|2025-01-02",
                "MSFT|2025-01-03|0.5|2025-01-04",
                "MSFT|2025-01-05|7e15|2025-01-06",
                "MSFT|2025-01-07|7e9|9999-12-31")
            .file(
                Feed.FX,
                "fx/f.csv",
                "currency|trade_date|usd_per_unit",
                "EUR|2025-11-03|1.15",
                "USD|2025-11-03|7",
                "USD|2025-11-04|1",
                "EUR|2025-11-05|1e300")
            .file(
                Feed.MARKET_CAPS,
                "market_caps/m.csv",
                "instrument_id|trade_date|market_cap",
                "MSFT|2025-11-03|1",
                "MSFT|2025-11-04|2500000",
                "MSFT|2025-11-05|2.5e12")
            .silver(
                Tables.BARS,
                "instrument_id|trade_date|close|trade_year",
                "MSFT|2025-11-03|500|2025",
                "MSFT|2025-11-04|500|2025",
                "MSFT|2025-11-05|500|2025");
    assertThat(refused(lake, new ConformShares(), "shares"))
        .containsExactly("3 implausible-shares", "4 implausible-shares", "5 implausible-date");
    assertThat(refused(lake, new ConformFx(), "fx"))
        .containsExactly("3 dollar-not-one", "5 implausible-rate");
    assertThat(refused(lake, new ConformMarketCaps(), "market_caps"))
        .containsExactly("2 implausible-market-cap", "3 market-cap-against-shares");
    // Where the vendor's value is refused, shares times close stand.
    assertThat(lake.rows(Tables.MARKET_CAPS, "trade_date", "market_cap_usd", "source"))
        .containsExactly(
            "2025-11-03|3.5E12|shares x close",
            "2025-11-04|3.5E12|shares x close",
            "2025-11-05|2.5E12|vendor");
  }

  @Test
  void aSplitThatIsAnnouncedDoesNotMultiplyTodaysCount() {
    ConformFixture lake =
        lake()
            .silver(
                Tables.BARS,
                "instrument_id|trade_date|close|trade_year",
                "MSFT|2025-11-03|500|2025",
                "SPY|2025-11-03|600|2025")
            .silver(Tables.SPLITS, "instrument_id|effective_date|ratio", "MSFT|2025-11-04|10")
            .file(
                Feed.SHARES,
                "shares/s.csv",
                "instrument_id|effective_date|shares",
                "MSFT|2025-01-01|7e9");
    lake.run(new ConformShares());
    assertThat(lake.rows(Tables.SHARES_OUTSTANDING, "shares", "split_factor"))
        .containsExactly("7.0E9|1.0");

    // On its day the prices are divided, and the count is multiplied.
    lake.silver(
        Tables.BARS, "instrument_id|trade_date|close|trade_year", "MSFT|2025-11-04|50|2025");
    lake.run(new ConformShares());
    assertThat(lake.rows(Tables.SHARES_OUTSTANDING, "shares", "split_factor"))
        .containsExactly("7.0E10|10.0");
  }

  @Test
  void percentWhereFractionsAreDueIsRefusedAsAFile() {
    List<String> percent = new ArrayList<>(List.of("factor_set|trade_date|mkt_rf|rf"));
    List<String> fraction = new ArrayList<>(List.of("factor_set|trade_date|mkt_rf|rf"));
    for (int day = 10; day < 30; day++) {
      // 0.06 % alone could be 6 %: its file decides.
      percent.add("p|2025-10-%d|%s|0.02".formatted(day, day % 2 == 0 ? "0.06" : "0.2"));
      fraction.add("f|2025-10-%d|%s|0.0002".formatted(day, day % 5 == 0 ? "0.06" : "0.002"));
    }
    fraction.add("f|2025-11-03|0.38|0.0002");
    fraction.add("f|2025-11-04|0.0038|0.02");
    ConformFixture lake =
        lake()
            .file(Feed.FACTORS, "factors/f.csv", fraction.toArray(String[]::new))
            .file(Feed.FACTORS, "factors/p.csv", percent.toArray(String[]::new));
    assertThat(lake.run(new ConformFactors())).isEqualTo(new StageResult(42, 20, 0, 22, ""));
    assertThat(lake.quarantine("factors"))
        .anyMatch(row -> row.startsWith("factors/f.csv:22 implausible-factor"))
        .anyMatch(row -> row.startsWith("factors/f.csv:23 implausible-factor"));
  }

  @Test
  void dealsAndTheirNames() {
    String long100k = "x".repeat(100_000);
    ConformFixture lake =
        lake()
            .file(
                Feed.DEALS,
                "deals/d.jsonl",
                "deal_id|announced_at|status|value_usd_low|value_usd_high|term_years|parties",
                "good|2025-11-03|signed|38e9|38e9|7|" + PARTIES,
                "much|2025-11-03|signed|1e300|1e300|7|" + PARTIES,
                "long|2025-11-03|signed|38e9|38e9|1e300|" + PARTIES,
                "year|0001-01-01|signed|38e9|38e9|7|" + PARTIES,
                "late|9999-12-31T23:00:00Z|signed|38e9|38e9|7|" + PARTIES,
                long100k + "|2025-11-03|signed|38e9|38e9|7|" + PARTIES,
                "nul\u0000|2025-11-03|signed|38e9|38e9|7|" + PARTIES,
                "turned\u202E|2025-11-03|signed|38e9|38e9|7|" + PARTIES);
    assertThat(refused(lake, new ConformDeals(new ConformDealRows()), "deals"))
        .containsExactly(
            "3 implausible-value",
            "4 implausible-term",
            "5 implausible-date",
            "6 implausible-date",
            "7 invalid-name",
            "8 invalid-name",
            "9 invalid-name");
    assertThat(lake.quarantine("deals")).noneMatch(row -> row.contains("\u202E"));
  }

  /**
   * Of a currency near a dollar: outside what it ever was, and turned among rates that are right.
   */
  @Test
  void ratesTheWrongWayRoundAreRefused() {
    List<String> rates = new ArrayList<>(List.of("currency|trade_date|usd_per_unit"));
    for (int day = 10; day < 30; day++) {
      rates.add("EUR|2025-10-%d|%s".formatted(day, day == 20 ? "0.8621" : "1.16"));
      // Euros were worth less than a dollar once.
      rates.add("EUR|2001-10-%d|0.9".formatted(day));
      // A whole year of euros for a dollar: since 2003 a euro was 0.95 dollars at least.
      rates.add("EUR|2024-10-%d|0.92".formatted(day));
    }
    rates.add("GBP|2025-10-10|0.7463");
    rates.add("CAD|2025-10-10|1.40");
    rates.add("CHF|2025-10-10|1.25");
    rates.add("JPY|2025-10-10|147.5");
    ConformFixture lake = lake().file(Feed.FX, "fx/f.csv", rates.toArray(String[]::new));
    assertThat(lake.run(new ConformFx()).accepted()).isEqualTo(40);
    assertThat(lake.quarantine("fx"))
        .hasSize(24)
        .allMatch(row -> row.contains("inverted-rate"))
        .anyMatch(row -> row.contains("usd_per_unit is '0.8621' for EUR"));
  }

  /** French's files are in percent: a file of fractions in their place is refused. */
  @Test
  void fractionsWherePercentAreDueAreRefusedAsAFile() {
    List<String> rows = new ArrayList<>(List.of("factor_set|trade_date|mkt_rf|rf|unit"));
    for (int day = 10; day < 30; day++) {
      rows.add("f|2025-10-%d|%s|0.0002|percent".formatted(day, day % 5 == 0 ? "0.016" : "0.004"));
    }
    ConformFixture lake =
        lake()
            .file(Feed.FACTORS, "factors/french/f.csv", rows.toArray(String[]::new))
            .file(Feed.FACTORS, "factors/own.csv", rows.get(0), "own|2025-11-03|0.004|0|fraction");
    assertThat(lake.run(new ConformFactors()).accepted()).isEqualTo(1);
    assertThat(lake.quarantine("factors"))
        .hasSize(20)
        .allMatch(row -> row.contains("fraction-as-percent: the file's returns are 0.004000 %"));
  }

  /** Without a count of shares the day's trade says that a value is in millions. */
  @Test
  void aMarketValueBelowWhatIsTradedIsRefused() {
    ConformFixture lake =
        lake()
            .silver(
                Tables.BARS,
                "instrument_id|trade_date|close|volume_shares|trade_year",
                "MSFT|2025-11-03|500|1000000|2025",
                "MSFT|2025-11-04|500|1000000|2025",
                "MSFT|2025-11-05|500|1000000|2025")
            .file(
                Feed.MARKET_CAPS,
                "market_caps/m.csv",
                "instrument_id|trade_date|market_cap",
                "MSFT|2025-11-03|3700000",
                "MSFT|2025-11-04|3700000000000");
    assertThat(lake.run(new ConformMarketCaps()).accepted()).isEqualTo(1);
    assertThat(lake.quarantine("market_caps"))
        .containsExactly(
            "market_caps/m.csv:2 market-cap-below-volume: market_cap is '3700000', and on a usual"
                + " day of the year 5.000e+08 are traded; is it in millions?");
  }

  /** A period after the filing, as a mistyped year makes it, is not the newest. */
  @Test
  void aCountOfADayLongAfterItsFilingIsRefused() {
    ConformFixture lake =
        lake()
            .file(
                Feed.SHARES,
                "shares/s.csv",
                "instrument_id|effective_date|known_date|shares",
                "MSFT|2025-01-31|2025-02-20|7e9",
                "MSFT|2052-01-31|2025-02-20|6e9");
    assertThat(refused(lake, new ConformShares(), "shares"))
        .containsExactly("3 effective-after-known");
  }

  /** For 100 units, for a hundredth of one, and a day of ten times the rate. */
  @Test
  void ratesOfAnotherUnitAreRefused() {
    List<String> rates = new ArrayList<>(List.of("currency|trade_date|usd_per_unit"));
    for (int day = 10; day < 30; day++) {
      rates.add("INR|2025-10-%d|%s".formatted(day, day == 20 ? "0.116" : "0.0116"));
    }
    rates.add("KRW|2025-10-10|0.072");
    rates.add("GBP|2025-10-10|0.0135");
    rates.add("CHF|2025-10-10|12.5");
    ConformFixture lake = lake().file(Feed.FX, "fx/f.csv", rates.toArray(String[]::new));
    assertThat(lake.run(new ConformFx()).accepted()).isEqualTo(19);
    assertThat(lake.quarantine("fx"))
        .containsExactly(
            "fx/f.csv:12 rate-of-another-unit: usd_per_unit is '0.116' for INR, and about 0.016 is"
                + " due; is it for 100 units, or for a hundredth of one?",
            "fx/f.csv:22 rate-of-another-unit: usd_per_unit is '0.072' for KRW, and about 9.0E-4 is"
                + " due; is it for 100 units, or for a hundredth of one?",
            "fx/f.csv:23 rate-of-another-unit: usd_per_unit is '0.0135' for GBP, and about what the"
                + " currency had in the last decades is due; is it for 100 units, or for a"
                + " hundredth of one?",
            "fx/f.csv:24 rate-of-another-unit: usd_per_unit is '12.5' for CHF, and about what the"
                + " currency had in the last decades is due; is it for 100 units, or for a"
                + " hundredth of one?");
  }

  /** Pence where pounds are said, pence that are said, and a value in millions without volumes. */
  @Test
  void valuesOfPricesInHundredths() {
    ConformFixture lake =
        lake()
            .silver(
                Tables.INSTRUMENTS,
                "instrument_id|ticker|exchange|currency",
                "GBP1|GBP1|LSE|GBP",
                "GBX1|GBX1|LSE|GBX",
                "MILL|MILL|NYSE|USD")
            .silver(
                Tables.BARS,
                "instrument_id|trade_date|close|trade_year",
                "GBP1|2025-11-03|500|2025",
                "GBX1|2025-11-03|500|2025",
                "GBX1|2025-11-04|500|2025",
                "MILL|2025-11-03|500|2025")
            .silver(Tables.FX, "currency|trade_date|usd_per_unit", "GBP|2025-11-03|1.25")
            .silver(
                Tables.SHARES_OUTSTANDING,
                "instrument_id|effective_date|known_date|shares|shares_reported|split_factor",
                "GBP1|2025-01-01|2025-01-01|1000000|1000000|1",
                "GBX1|2025-01-01|2025-01-01|1000000|1000000|1")
            .file(
                Feed.MARKET_CAPS,
                "market_caps/m.csv",
                "instrument_id|trade_date|market_cap",
                "GBP1|2025-11-03|5000000",
                "GBX1|2025-11-03|5000000",
                "MILL|2025-11-03|5000");
    lake.run(new ConformMarketCaps());
    assertThat(
            lake.rows(
                Tables.MARKET_CAPS, "instrument_id", "trade_date", "market_cap_usd", "source"))
        .containsExactly(
            "GBP1|2025-11-03|6250000.0|vendor",
            "GBX1|2025-11-03|6250000.0|vendor",
            "GBX1|2025-11-04|6250000.0|shares x close");
    assertThat(lake.quarantine("market_caps"))
        .containsExactly(
            "market_caps/m.csv:4 market-cap-of-few-shares: market_cap is '5000', and a usual close"
                + " of the year is 500.0: that would be of fewer than 5000 shares; is it in"
                + " millions?");
  }

  /** A count of a thousand times the shares, which a day's trade is far from. */
  @Test
  void aCountOfAThousandTimesTheSharesIsRefused() {
    ConformFixture lake =
        lake()
            .silver(
                Tables.BARS,
                "instrument_id|trade_date|close|volume_shares|trade_year",
                "MSFT|2025-04-30|500|1000000|2025")
            .file(
                Feed.SHARES,
                "shares/s.csv",
                "instrument_id|effective_date|shares",
                "MSFT|2024-04-30|1e8",
                "MSFT|2025-04-30|1e11",
                "MSFT|2025-05-30|2e8");
    assertThat(refused(lake, new ConformShares(), "shares"))
        .containsExactly("3 shares-times-thousand");
    // Twice the shares, and no split.
    assertThat(lake.rows(Tables.SHARES_OUTSTANDING, "shares", "data_flags"))
        .containsExactly("1.0E8|shares-jump", "2.0E8|shares-jump");
  }
}
