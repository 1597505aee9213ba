package io.dealimpact.source.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import io.dealimpact.source.Feed;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VendorFormatsTest {

  @ParameterizedTest
  @CsvSource({
    "instruments/a.csv, INSTRUMENTS, LongCsv",
    "bars/2025/a.CSV.GZ, BARS, LongCsv",
    "bars/a.parquet, BARS, ParquetTable",
    "bars/a.snappy.parquet, BARS, ParquetTable",
    "bars/yahoo/AMZN.csv.zst, BARS, YahooCsv",
    "bars/stooq/daily/us/dell.us.txt, BARS, StooqCsv",
    "bars/yahoo.csv, BARS, LongCsv",
    "factors/french/F-F.csv, FACTORS, FrenchCsv",
    "factors/mine.csv, FACTORS, LongCsv",
    "shares/sec/CIK1.json.gz, SHARES, SecCompanyFacts",
    "shares/a.csv, SHARES, LongCsv",
    "deals/a.ndjson, DEALS, JsonDocuments",
    "market_caps/a.tsv, MARKET_CAPS, LongCsv",
  })
  void pathsSayWhatIsInAFile(String path, Feed feed, String format) {
    assertThat(VendorFormats.of(path))
        .isInstanceOfSatisfying(
            VendorFormats.Found.Known.class,
            known -> {
              assertThat(known.feed()).isEqualTo(feed);
              assertThat(known.format().getClass().getSimpleName()).isEqualTo(format);
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a.csv | it lies in no feed's folder",
        "bar/a.csv | 'bar' is not a feed; the feeds are bars, calendar, capacity, claims, deals, earnings, events, factors, fx, gpus, instruments, market_caps, returns, shares, sites, splits",
        "deals/a.csv | deals/ takes JSON or JSON Lines (.json, .jsonl, .ndjson), plain, .gz or .zst; this is '.csv'",
        "shares/a.json | SEC files belong in shares/sec/",
        "bars/a.xlsx | bars/ takes CSV (.csv, .txt, .tsv) or Parquet (.parquet), plain, .gz or .zst; this is '.xlsx'",
        "bars/a.csv.part | bars/ takes CSV (.csv, .txt, .tsv) or Parquet (.parquet), plain, .gz or .zst; this is '.part'",
      })
  void whatNoReaderTakesHasAReason(String path, String reason) {
    assertThat(VendorFormats.of(path)).isEqualTo(new VendorFormats.Found.Unknown(reason));
  }
}
