package io.dealimpact.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassifiedTest {

  @ParameterizedTest
  @CsvSource({
    "instruments/a.csv, INSTRUMENTS, CSV",
    "bars/2025/a.CSV.GZ, BARS, CSV",
    "bars/a.parquet, BARS, PARQUET",
    "bars/a.snappy.parquet, BARS, PARQUET",
    "bars/yahoo/AMZN.csv.zst, BARS, YAHOO_CSV",
    "bars/stooq/daily/us/dell.us.txt, BARS, STOOQ_CSV",
    "bars/yahoo.csv, BARS, CSV",
    "factors/french/F-F.csv, FACTORS, FRENCH_CSV",
    "factors/mine.csv, FACTORS, CSV",
    "shares/sec/CIK1.json.gz, SHARES, SEC_JSON",
    "shares/a.csv, SHARES, CSV",
    "deals/a.ndjson, DEALS, JSON",
    "market_caps/a.tsv, MARKET_CAPS, CSV",
  })
  void pathsSayWhatIsInAFile(String path, Feed feed, Layout layout) {
    assertThat(Classified.of(path)).isEqualTo(new Classified.Known(feed, layout));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a.csv | it lies in no feed's folder",
        "bar/a.csv | 'bar' is not a feed; the feeds are bars, calendar, capacity, claims, deals, earnings, factors, fx, gpus, instruments, market_caps, shares, sites, splits",
        "deals/a.csv | deals/ takes JSON or JSON Lines (.json, .jsonl, .ndjson), plain, .gz or .zst; this is '.csv'",
        "shares/a.json | SEC files belong in shares/sec/",
        "bars/a.xlsx | bars/ takes CSV (.csv, .txt, .tsv) or Parquet (.parquet), plain, .gz or .zst; this is '.xlsx'",
        "bars/a.csv.part | bars/ takes CSV (.csv, .txt, .tsv) or Parquet (.parquet), plain, .gz or .zst; this is '.part'",
      })
  void whatNoReaderTakesHasAReason(String path, String reason) {
    assertThat(Classified.of(path)).isEqualTo(new Classified.Unknown(reason));
  }

  @Test
  void tasksHoldSmallFilesTogetherAndLargeOnesApart() {
    LandingFile small = new LandingFile(Feed.FX, "a", "a", 10, "", Layout.CSV);
    LandingFile large = new LandingFile(Feed.FX, "b", "b", 1L << 30, "", Layout.CSV);
    assertThat(Tasks.pack(List.of(small, small, large, small), 1))
        .extracting(List::size)
        .containsExactly(2, 1, 1);
    assertThat(LandingFile.ofStrings(large.toStrings())).isEqualTo(large);
  }
}
