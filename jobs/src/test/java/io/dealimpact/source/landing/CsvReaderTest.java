package io.dealimpact.source.landing;

import static io.dealimpact.source.landing.ReadFile.errors;
import static io.dealimpact.source.landing.ReadFile.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dealimpact.source.Feed;
import io.dealimpact.source.RawRecord;
import io.dealimpact.source.ReadRule;
import io.dealimpact.source.RecordReader;
import io.dealimpact.source.text.CharInput;
import io.dealimpact.source.text.Compression;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvReaderTest {
  private static final String FX = "currency,trade_date,usd_per_unit\n";

  private static List<List<String>> fx(String content) {
    return values(ReadFile.of("fx/x.csv", content));
  }

  private static List<List<String>> values(List<RawRecord> records) {
    return records.stream().map(record -> Arrays.asList(record.values())).toList();
  }

  @Test
  void goodRowsKeepTheirTextAndTheirLine() {
    List<RawRecord> rows = ReadFile.of("fx/x.csv", FX + "EUR,2025-01-02,1.0350\nGBP,,1e0");
    assertThat(values(rows))
        .containsExactly(List.of("EUR", "2025-01-02", "1.0350"), Arrays.asList("GBP", null, "1e0"));
    assertThat(rows).extracting(RawRecord::line).containsExactly(2L, 3L);
    assertThat(rows.get(0).raw()).isEqualTo("EUR,2025-01-02,1.0350");
    assertThat(rows.get(0).extraFields()).isNull();
    assertThat(errors(rows)).isEmpty();
  }

  @Test
  void byteOrderMarkLineEndsAndBlankLinesDoNotMatter() {
    List<List<String>> expected =
        List.of(List.of("EUR", "2025-01-02", "1.03"), List.of("GBP", "2025-01-02", "1.25"));
    String unix = FX + "EUR,2025-01-02,1.03\nGBP,2025-01-02,1.25\n";
    assertThat(fx("\uFEFF" + unix)).isEqualTo(expected);
    assertThat(fx(unix.replace("\n", "\r\n"))).isEqualTo(expected);
    assertThat(fx(unix.replace("\n", "\r"))).isEqualTo(expected);
    assertThat(fx("\n\n" + unix.replace("\n", "\n  \n"))).isEqualTo(expected);
  }

  @Test
  void headersInAnyOrderAndCaseAndForeignColumnsAreKept() {
    List<RawRecord> rows =
        ReadFile.of(
            "fx/x.csv",
            "USD_per_Unit, Note ,TRADE DATE,currency,\n1.03,\"a \"\"b\"\"\",2025-01-02,EUR,\n");
    assertThat(values(rows)).containsExactly(List.of("EUR", "2025-01-02", "1.03"));
    assertThat(rows.get(0).extraFields()).isEqualTo("{\"Note\":\"a \\\"b\\\"\"}");
  }

  @Test
  void otherDelimitersAreSeenInTheHeader() {
    assertThat(fx("currency;trade_date;usd_per_unit\nEUR;2025-01-02;1,03\n"))
        .containsExactly(List.of("EUR", "2025-01-02", "1.03"));
    assertThat(fx("currency\ttrade_date\tusd_per_unit\nEUR\t2025-01-02\t1.03\n"))
        .containsExactly(List.of("EUR", "2025-01-02", "1.03"));
  }

  @Test
  void quotedFieldsHoldDelimitersQuotesAndLineEnds() {
    List<RawRecord> rows =
        ReadFile.of("fx/x.csv", FX + "\"E,U\"\"R\",\"2025\r\n-01\", \"1.03\" \nGBP,a,b\n");
    assertThat(values(rows))
        .containsExactly(List.of("E,U\"R", "2025\r\n-01", "1.03"), List.of("GBP", "a", "b"));
    assertThat(rows).extracting(RawRecord::line).containsExactly(2L, 4L);
  }

  @Test
  void aStrayQuoteCostsItsOwnLineOnly() {
    List<RawRecord> open =
        ReadFile.of(
            "fx/x.csv", FX + "\"EUR,2025-01-02,1.03\nGBP,2025-01-02,1.25\nCHF,2025-01-02,1.1\n");
    assertThat(errors(open)).containsExactly("2:malformed-record");
    assertThat(open.get(0).detail()).isEqualTo("a quote is opened and never closed");
    assertThat(open).hasSize(3);

    List<RawRecord> paired =
        ReadFile.of(
            "fx/x.csv",
            FX + "\"EUR,2025-01-02,1.03\nGBP,2025-01-02,1.25\n\"CHF\",2025-01-02,1.1\n");
    assertThat(errors(paired)).containsExactly("2:malformed-record");
    assertThat(paired).extracting(RawRecord::line).containsExactly(2L, 3L, 4L);
    assertThat(value(Feed.FX, paired.get(2), "currency")).isEqualTo("CHF");
  }

  @Test
  void raggedRowsSayHowManyFieldsTheyHave() {
    List<RawRecord> rows =
        ReadFile.of(
            "fx/x.csv", FX + "EUR,2025-01-02\nEUR,2025-01-02,1.03,9\nEUR,2025-01-02,1.03,,\n");
    assertThat(errors(rows)).containsExactly("2:malformed-record", "3:malformed-record");
    assertThat(rows.get(0).detail()).isEqualTo("it has 2 fields, the header 3");
    assertThat(rows.get(0).raw()).isEqualTo("EUR,2025-01-02");
    assertThat(rows.get(1).detail()).isEqualTo("it has 4 fields, the header 3");
  }

  @Test
  void missingColumnsMarkTheHeaderAndEveryRow() {
    List<RawRecord> rows = ReadFile.of("fx/x.csv", "currency,rate\nEUR,1.03\nGBP,1.25\n");
    assertThat(errors(rows))
        .containsExactly("1:missing-columns", "2:missing-columns", "3:missing-columns");
    assertThat(rows.get(0).detail())
        .isEqualTo("fx lacks trade_date, usd_per_unit; found: currency, rate");
    assertThat(value(Feed.FX, rows.get(1), "currency")).isEqualTo("EUR");
  }

  @Test
  void aFileWithoutHeaderIsNotReadAsData() {
    List<RawRecord> rows = ReadFile.of("fx/x.csv", "EUR,2025-01-02,1.03\nGBP,2025-01-02,1.25\n");
    assertThat(errors(rows)).containsExactly("1:missing-columns", "2:missing-columns");
    assertThat(rows.get(0).detail()).endsWith("Is the first line a header?");
  }

  @Test
  void eitherOfTwoColumnsIsEnoughWhereTheFeedSaysSo() {
    String rest = ",trade_date,open,high,low,close,adjusted_close,volume\n";
    assertThat(errors(ReadFile.of("bars/x.csv", "symbol" + rest))).containsExactly("0:no-rows");
    assertThat(errors(ReadFile.of("bars/x.csv", "instrument_id" + rest)))
        .containsExactly("0:no-rows");
    assertThat(ReadFile.of("shares/x.csv", "sedol,effective_date,shares\n").get(0).detail())
        .startsWith("shares lacks instrument_id or ticker or cik; found: sedol, effective_date");
  }

  @Test
  void twoColumnsOfOneNameAreNotGuessedAt() {
    List<RawRecord> rows =
        ReadFile.of(
            "fx/x.csv", "currency,trade_date,usd_per_unit,Currency\nEUR,2025-01-02,1,GBP\n");
    assertThat(errors(rows)).containsExactly("1:duplicate-columns", "2:duplicate-columns");
    assertThat(rows.get(0).detail()).isEqualTo("'currency' and 'Currency' name the same column");
  }

  @Test
  void ourNameGoesBeforeASynonym() {
    List<RawRecord> rows =
        ReadFile.of("fx/x.csv", "Date,currency,trade_date,usd_per_unit\na,EUR,b,1\n");
    assertThat(value(Feed.FX, rows.get(0), "trade_date")).isEqualTo("b");
    assertThat(rows.get(0).extraFields()).isEqualTo("{\"Date\":\"a\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\r\n ", "\uFEFF"})
  void emptyFilesSaySo(String content) {
    assertThat(errors(ReadFile.of("fx/x.csv", content))).containsExactly("1:empty-file");
  }

  @Test
  void aHeaderAloneIsAVersionOfTheFileWithoutRows() {
    assertThat(errors(ReadFile.of("fx/x.csv", FX))).containsExactly("0:no-rows");
    assertThat(errors(ReadFile.of("deals/x.json", "[]"))).containsExactly("0:no-rows");
  }

  @Test
  void compressedFilesReadLikePlainOnes() throws IOException {
    String content = FX + "EUR,2025-01-02,1.03\n";
    List<List<String>> expected = fx(content);
    assertThat(values(ReadFile.of("fx/x.csv.gz", ReadFile.gzip(content)))).isEqualTo(expected);
    assertThat(values(ReadFile.of("fx/x.csv.zst", ReadFile.zstd(content)))).isEqualTo(expected);

    ByteArrayOutputStream members = new ByteArrayOutputStream();
    members.write(ReadFile.gzip(content));
    members.write(ReadFile.gzip("GBP,2025-01-02,1.25\n"));
    assertThat(ReadFile.of("fx/x.csv.gz", members.toByteArray())).hasSize(2);
    members.reset();
    members.write(ReadFile.zstd(content));
    members.write(ReadFile.zstd("GBP,2025-01-02,1.25\n"));
    assertThat(ReadFile.of("fx/x.csv.zst", members.toByteArray())).hasSize(2);
  }

  /** Digits that do not compress, so that cutting the file cuts the rows. */
  private static String manyRows() {
    Random random = new Random(1);
    StringBuilder rows = new StringBuilder(FX);
    for (int i = 0; i < 20_000; i++) {
      rows.append("EUR,2025-01-02,").append(random.nextDouble()).append('\n');
    }
    return rows.toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"fx/x.csv.gz", "fx/x.csv.zst"})
  void aTruncatedFileKeepsTheRowsBeforeTheBreak(String path) {
    String content = manyRows();
    byte[] whole = path.endsWith("gz") ? ReadFile.gzip(content) : ReadFile.zstd(content);
    List<RawRecord> rows = ReadFile.of(path, Arrays.copyOf(whole, whole.length / 2));
    int last = rows.size() - 1;
    assertThat(errors(rows)).containsExactly((last + 2) + ":truncated-file");
    assertThat(rows.get(last).detail())
        .isEqualTo("the compressed file ends in the middle; what came before was read");
    // Half of the bytes are about half of the rows; zstd gives whole blocks of 128 KiB only.
    assertThat(rows).hasSizeBetween(6_000, 11_000);
    assertThat(content).contains(rows.get(last - 1).raw() + "\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"fx/x.csv.gz", "fx/x.csv.zst"})
  void damagedOrMisnamedCompressionIsUnreadable(String path) {
    assertThat(errors(ReadFile.of(path, FX + "EUR,2025-01-02,1.03\n")))
        .containsExactly("1:unreadable-file");
    String content = manyRows();
    byte[] damaged = path.endsWith("gz") ? ReadFile.gzip(content) : ReadFile.zstd(content);
    for (int i = damaged.length / 2; i < damaged.length / 2 + 200; i++) {
      damaged[i] ^= 0x55;
    }
    List<RawRecord> rows = ReadFile.of(path, damaged);
    assertThat(rows.get(rows.size() - 1).error()).isEqualTo(ReadRule.UNREADABLE_FILE);
  }

  @Test
  void bytesThatAreNotUtf8AreMalformedRows() {
    byte[] latin1 =
        (FX + "EUR,2025-01-02,1\nCH\u00c9,2025-01-02,1\n").getBytes(StandardCharsets.ISO_8859_1);
    List<RawRecord> rows = ReadFile.of("fx/x.csv", latin1);
    assertThat(errors(rows)).containsExactly("3:malformed-record");
    assertThat(rows.get(1).detail())
        .isEqualTo("it is not UTF-8 text; save it as UTF-8 (in Excel: CSV UTF-8)");

    byte[] unmarked = (FX + "EUR,2025-01-02,1\n").getBytes(StandardCharsets.UTF_16LE);
    assertThat(ReadFile.of("fx/x.csv", unmarked).get(0).detail())
        .endsWith("it is not UTF-8 text; save it as UTF-8 (in Excel: CSV UTF-8)");
  }

  @Test
  void rubbishNeverThrows() {
    Random random = new Random(7);
    for (int i = 0; i < 200; i++) {
      byte[] rubbish = new byte[random.nextInt(5_000) + 1];
      random.nextBytes(rubbish);
      for (String path :
          List.of(
              "fx/x.csv",
              "fx/x.csv.gz",
              "bars/yahoo/X.csv",
              "bars/stooq/x.txt",
              "deals/x.json",
              "shares/sec/x.json",
              "factors/french/x.csv.zst")) {
        List<RawRecord> rows = ReadFile.of(path, rubbish);
        assertThat(rows).isNotEmpty().allMatch(row -> row.error() != null);
      }
    }
  }

  @Test
  void aLineTooLongIsSkippedAndReadingGoesOn() {
    List<RawRecord> rows =
        ReadFile.of(
            "fx/x.csv", FX + "EUR,2025-01-02," + "1".repeat(1_000_000) + "\nGBP,2025-01-02,1.25\n");
    assertThat(errors(rows)).containsExactly("2:line-too-long");
    assertThat(rows.get(0).raw()).hasSize(4_000).startsWith("EUR,2025-01-02,111");
    assertThat(rows.get(0).detail())
        .isEqualTo("the line has 1,000,015 characters; at most 1,000,000 are read");
    assertThat(value(Feed.FX, rows.get(1), "currency")).isEqualTo("GBP");
  }

  @Test
  void aHugeLineDoesNotTakeTheHeap() throws IOException {
    // 1 GB without an end of line; what is in use is looked at while it passes.
    long megabytes = 1024;
    List<RawRecord> rows = new ArrayList<>();
    HeapWatch in =
        new HeapWatch(
            ReadFile.repeated(FX + "\"", "x".repeat(1023) + ",", megabytes << 10, "\nGBP,a,1\n"));
    CharInput input = CharInput.open(in, Compression.NONE);
    RecordReader reader = ReadFile.format("fx/x.csv").open(Feed.FX, "fx/x.csv", input);
    for (RawRecord row = reader.read(); row != null; row = reader.read()) {
      rows.add(row);
    }
    assertThat(in.passed()).isGreaterThan(1L << 30);
    long most = in.mostInUse();
    assertThat(errors(rows)).containsExactly("2:line-too-long");
    assertThat(rows).hasSize(2);
    assertThat(most).isLessThan(32L << 20);
  }

  @Test
  void yahooFilesAreNamedForTheirTicker() {
    List<RawRecord> rows =
        ReadFile.of(
            "bars/yahoo/2025/BRK-B.csv.gz",
            ReadFile.gzip(
                "Date,Open,High,Low,Close,Adj Close,Volume\n2025-01-02,1,2,0.5,1.5,1.4,100\n2025-01-03,null,null,null,null,null,null\n"));
    assertThat(values(rows).get(0))
        .containsExactly(
            null, "BRK-B", "2025-01-02", "1", "2", "0.5", "1.5", "1.4", "100", null, null, null);
    // null is what Yahoo writes where it has nothing.
    assertThat(rows.get(1).values())
        .containsExactly(
            null, "BRK-B", "2025-01-03", null, null, null, null, null, null, null, null, null);
    assertThat(rows.get(1).raw()).isEqualTo("2025-01-03,null,null,null,null,null,null");
    // As a data frame of Yahoo's prices is saved.
    assertThat(
            values(
                    ReadFile.of(
                        "bars/yahoo/NVDA.csv",
                        "Date,Open,High,Low,Close,Volume,Dividends,Stock Splits\n2024-06-10 00:00:00-04:00,1,2,1,2,9,0.01,10.0\n"))
                .get(0))
        .containsExactly(
            null,
            "NVDA",
            "2024-06-10 00:00:00-04:00",
            "1",
            "2",
            "1",
            "2",
            null,
            "9",
            "10.0",
            "0.01",
            // history() has no adjusted close: its closes are adjusted.
            "dividend-adjusted");
    assertThat(ReadFile.of("bars/yahoo/NBIS.csv", "Date,Open,High,Low,Close,Volume\na,1,1,1,1,1\n"))
        .singleElement()
        .matches(row -> row.error() == null);
  }

  @Test
  void stooqFilesNameTheirTickerInARowOrInTheirName() {
    List<RawRecord> bulk =
        ReadFile.of(
            "bars/stooq/dell.us.txt",
            String.join(
                "\r\n",
                "<TICKER>,<PER>,<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>,<OPENINT>",
                "DELL.US,D,20250102,000000,1,2,0.5,1.5,100,0",
                "DELL.US,5,20250102,093000,1,2,0.5,1.5,100,0",
                ""));
    assertThat(values(bulk).get(0))
        .containsExactly(
            null, "DELL.US", "20250102", "1", "2", "0.5", "1.5", null, "100", null, null, null);
    assertThat(errors(bulk)).containsExactly("3:malformed-record");
    assertThat(bulk.get(1).detail()).isEqualTo("its period is '5', not D: daily");

    List<RawRecord> site =
        ReadFile.of(
            "bars/stooq/dell_us_d.csv",
            "Date,Open,High,Low,Close,Volume\n2025-01-02,1,2,0.5,1.5,100\n");
    assertThat(value(Feed.BARS, site.get(0), "ticker")).isEqualTo("DELL.US");
  }

  @Test
  void longFactorFilesNeedNotGiveTheirUnit() {
    List<RawRecord> rows =
        ReadFile.of("factors/x.csv", "factor_set,trade_date,Mkt-RF,RF\nmine,2025-01-02,0.01,0\n");
    assertThat(values(rows).get(0))
        .containsExactly("mine", "2025-01-02", "0.01", null, null, null, null, null, "0", null);
  }

  @Test
  void aFileThatChangedSinceItWasListedFails() {
    byte[] content = (FX + "EUR,2025-01-02,1\n").getBytes(StandardCharsets.UTF_8);
    LandingFile file = ReadFile.file("fx/x.csv", content.length, "0".repeat(64));
    assertThatThrownBy(
            () -> {
              try (FileRecords rows =
                  new FileRecords(file, path -> new ByteArrayInputStream(content))) {
                rows.forEachRemaining(row -> {});
              }
            })
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("fx/x.csv changed while it was read");
  }

  @Test
  void aFailureOfTheStorageIsNotTakenForDamage() {
    InputStream failing =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("connection reset");
          }

          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            return read();
          }
        };
    LandingFile file = ReadFile.file("fx/x.csv.gz", 10, "0".repeat(64));
    assertThatThrownBy(() -> new FileRecords(file, path -> failing).close())
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("connection reset");
  }

  /** Notes how much of the heap is in use, after a collection, every 128 MB that pass. */
  private static final class HeapWatch extends FilterInputStream {
    private static final long EVERY = 128L << 20;

    private final long before;
    private long passed;
    private long next;
    private long most;

    HeapWatch(InputStream in) {
      super(in);
      before = inUse();
    }

    long passed() {
      return passed;
    }

    /** Bytes more than at the start. */
    long mostInUse() {
      return most;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int n = super.read(bytes, offset, length);
      passed += Math.max(n, 0);
      if (passed >= next) {
        next += EVERY;
        most = Math.max(most, inUse() - before);
      }
      return n;
    }

    /** What the collection left; room that threads have set aside since is not in it. */
    private static long inUse() {
      System.gc();
      return ManagementFactory.getMemoryPoolMXBeans().stream()
          .filter(pool -> pool.getType() == MemoryType.HEAP)
          .mapToLong(pool -> pool.getCollectionUsage().getUsed())
          .sum();
    }
  }
}
