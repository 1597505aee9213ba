package io.dealimpact.source.landing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.dealimpact.source.Feed;
import io.dealimpact.source.RawRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/** The columns and dialects of vendors: what a row of bars says, whoever wrote it. */
class VendorColumnsTest {

  /** Ticker, day, close and volume of every row. */
  private static List<String> bars(List<RawRecord> rows) {
    return rows.stream()
        .map(
            row ->
                String.join(
                    " ",
                    Stream.of("ticker", "trade_date", "close", "volume")
                        .map(column -> String.valueOf(row.values()[Feed.BARS.indexOf(column)]))
                        .toList()))
        .toList();
  }

  private static String value(RawRecord row, String column) {
    return row.values()[Feed.BARS.indexOf(column)];
  }

  @Test
  void columnsOfVendors() {
    assertThat(
            bars(
                ReadFile.of(
                    "bars/crsp.csv",
                    "PERMNO,date,TICKER,PRC,VOL,RET,SHROUT,CFACPR,OPENPRC,ASKHI,BIDLO\n"
                        + "14593,20251210,A,-263.2,11,0.01,15000,1,264.0,264.5,262.7\n")))
        .containsExactly("A 20251210 263.2 11");
    RawRecord alpha =
        ReadFile.of(
                "bars/A.csv",
                "timestamp,open,high,low,close,adjusted_close,volume,dividend_amount,"
                    + "split_coefficient\n2025-12-10,264,265,262,263,263,11,0.5,2.0\n")
            .get(0);
    assertThat(bars(List.of(alpha))).containsExactly("A 2025-12-10 263 11");
    assertThat(value(alpha, "dividend")).isEqualTo("0.5");
    assertThat(value(alpha, "split_ratio")).isEqualTo("2.0");
    RawRecord tiingo =
        ReadFile.of(
                "bars/ticker=A/part-0.csv",
                "date,close,high,low,open,volume,adjClose,divCash,splitFactor\n"
                    + "2025-12-10T00:00:00.000Z,263,264,262,263,11,262,0.0,1.0\n")
            .get(0);
    assertThat(bars(List.of(tiingo))).containsExactly("A 2025-12-10T00:00:00.000Z 263 11");
    assertThat(value(tiingo, "adjusted_close")).isEqualTo("262");
    assertThat(
            bars(
                ReadFile.of(
                    "bars/polygon.csv",
                    "ticker,volume,open,close,high,low,window_start,transactions\n"
                        + "A,11,264,263,264,262,1757476800000000000,100\n")))
        .containsExactly("A 1757476800000000000 263 11");
    assertThat(bars(ReadFile.of("bars/x.csv", ",ticker,close,volume\n2025-12-10,A,263,11\n")))
        .containsExactly("A 2025-12-10 263 11");
    assertThat(
            bars(ReadFile.of("bars/A (1).csv", "Date,Close/Last,Volume\n12/31/2025,$263.5,11\n")))
        .containsExactly("A 2025-12-31 263.5 11");
  }

  @Test
  void dialectsThatLeaveNoDoubt() {
    String rows = "A;31.12.2025;263,25;11\nA;01.02.2025;264,5;12\n";
    assertThat(bars(ReadFile.of("bars/x.csv", "sep=;\nticker;date;close;volume\n" + rows)))
        .containsExactly("A 2025-12-31 263.25 11", "A 2025-02-01 264.5 12");
    // 3,125 may be three thousand, and 01/02 either: they stay, and the checks refuse them.
    assertThat(bars(ReadFile.of("bars/x.csv", "ticker;date;close;volume\nA;01/02/2025;3,125;11\n")))
        .containsExactly("A 01/02/2025 3,125 11");
    byte[] utf16 =
        "ticker,date,close,volume\nA,2025-12-10,263,11\n".getBytes(StandardCharsets.UTF_16);
    assertThat(bars(ReadFile.of("bars/x.csv", utf16))).containsExactly("A 2025-12-10 263 11");
    List<RawRecord> escaped =
        ReadFile.of(
            "instruments/i.csv",
            "instrument_id,name,exchange\nA,\"The \\\"A\\\" Company, Inc.\",NYSE\n");
    assertThat(escaped.get(0).values()[Feed.INSTRUMENTS.indexOf("name")])
        .isEqualTo("The \"A\" Company, Inc.");
  }

  @Test
  void aDownloadOfYfinanceHasThreeLinesOfHeader() {
    assertThat(
            bars(
                ReadFile.of(
                    "bars/yahoo/A.csv",
                    "Price,Close,Close,Volume,Volume\nTicker,A,B,A,B\nDate,,,,\n"
                        + "2025-11-18,1.5,2.5,10,20\n2025-11-19,1.6,,11,\n")))
        .containsExactly("A 2025-11-18 1.5 10", "B 2025-11-18 2.5 20", "A 2025-11-19 1.6 11");
  }

  @Test
  void theFilesOfAnArchiveAreReadOneAfterTheOther() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      member(zip, "us/a.us.txt", "Date,Close,Volume\n2025-11-18,1.5,10\n");
      member(zip, "us/readme.pdf", "not a table");
      // Stooq's archives have files without content.
      member(zip, "us/none.us.txt", "");
      member(zip, "us/none2.us.txt", "");
      // Columns in another order, and no end of the last line.
      member(zip, "us/b.us.txt", "Volume,Date,Close\n20,2025-11-18,2.5");
      member(zip, "us/none3.us.txt", "");
    }
    assertThat(bars(ReadFile.of("bars/stooq/d_us_txt.zip", bytes.toByteArray())))
        .containsExactly("A.US 2025-11-18 1.5 10", "B.US 2025-11-18 2.5 20");
    assertThat(ReadFile.of("bars/stooq/d_us_txt.zip", "no archive"))
        .extracting(row -> row.error().id())
        .containsExactly("unreadable-file");
  }

  @Test
  void anArchiveWithoutAnyContentIsEmpty() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      member(zip, "us/none.us.txt", "");
      member(zip, "us/none2.us.txt", "");
    }
    assertThat(ReadFile.of("bars/stooq/d_us_txt.zip", bytes.toByteArray()))
        .extracting(row -> row.error().id())
        .containsExactly("empty-file");
  }

  @Test
  void aFileIsNamedForItsTickerAsVendorsDo() {
    for (String name : List.of("daily_adjusted_A", "daily_A", "A Historical Data", "A_final")) {
      assertThat(
              bars(ReadFile.of("bars/" + name + ".csv", "Date,Close,Volume\n2025-11-18,1.5,1\n")))
          .as(name)
          .containsExactly("A 2025-11-18 1.5 1");
    }
  }

  private static void member(ZipOutputStream zip, String name, String text) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(text.getBytes(StandardCharsets.UTF_8));
    zip.closeEntry();
  }

  @Test
  void factorsOfARegionAreASetOfTheirOwnAndAWeekIsNoDay() {
    String days = ",Mkt-RF,SMB,HML,RF\n20240103,0.4,0.1,0.1,0.02\n20240104,0.5,0.1,0.1,0.02\n";
    assertThat(ReadFile.of("factors/french/Japan_3_Factors_Daily.csv", days))
        .extracting(row -> row.values()[Feed.FACTORS.indexOf("factor_set")])
        .containsOnly("french-japan-daily");
    String weeks =
        ",Mkt-RF,SMB,HML,RF\n20240105,1,1,1,0.02\n20240112,1,1,1,0.02\n20240119,1,1,1,0.02\n"
            + "20240126,1,1,1,0.02\n";
    assertThat(ReadFile.of("factors/french/F-F_weekly.CSV", weeks))
        .singleElement()
        .satisfies(row -> assertThat(row.detail()).contains("a weekly or monthly file"));
  }

  @Test
  void columnsOfMoreVendors() {
    // Nasdaq Data Link's end of day prices.
    RawRecord eod =
        ReadFile.of(
                "bars/A.csv",
                "Date,Open,High,Low,Close,Volume,Dividend,Split,Adj_Open,Adj_Close,Adj_Volume\n"
                    + "2025-12-10,264,265,262,263,11,0.5,2.0,132,131.5,22\n")
            .get(0);
    assertThat(bars(List.of(eod))).containsExactly("A 2025-12-10 263 11");
    assertThat(value(eod, "adjusted_close")).isEqualTo("131.5");
    assertThat(value(eod, "dividend")).isEqualTo("0.5");
    assertThat(value(eod, "split_ratio")).isEqualTo("2.0");
    // Aggregates of Polygon as a data frame of its JSON, milliseconds.
    assertThat(
            bars(
                ReadFile.of(
                    "bars/A.csv", "v,vw,o,c,h,l,t,n\n11,2,264,263,265,262,1765342800000,9\n")))
        .containsExactly("A 1765342800000 263 11");
    // Alpaca, EODHD, Bloomberg, Sharadar, a table of Dolthub.
    assertThat(
            bars(
                ReadFile.of(
                    "bars/x.csv",
                    "symbol,timestamp,close,volume\nA,2025-12-10T05:00:00Z,263,11\n")))
        .containsExactly("A 2025-12-10T05:00:00Z 263 11");
    assertThat(
            bars(
                ReadFile.of(
                    "bars/x.csv",
                    "Code,Date,Close,Adjusted_close,Volume\nA.US,2025-12-10,263,262,11\n")))
        .containsExactly("A.US 2025-12-10 263 11");
    assertThat(bars(ReadFile.of("bars/A.csv", "Date,PX_LAST,VOLUME\n2025-12-10,263,11\n")))
        .containsExactly("A 2025-12-10 263 11");
    assertThat(bars(ReadFile.of("bars/x.csv", "id,date,close\nA,2025-12-10,263\n")))
        .extracting(row -> row.substring(5))
        .containsExactly("2025-12-10 263 null");
  }

  @Test
  void crspsPricesAreBroughtToOneLevelByItsFactors() {
    List<RawRecord> rows =
        ReadFile.of(
            "bars/crsp.csv",
            "PERMNO,date,PRC,VOL,OPENPRC,ASKHI,BIDLO,CFACPR,CFACSHR\n"
                + "14593,20200828,499.23,46907479,504.05,505.77,498.31,4,4\n"
                + "14593,20200831,-129.04,225702688,127.58,131,126,1,1\n"
                + "14593,20200901,,-99,,,,0,0\n");
    assertThat(rows)
        .extracting(row -> value(row, "instrument_id") + " " + value(row, "close"))
        .containsExactly("14593 124.8075", "14593 129.04", "14593 null");
    assertThat(value(rows.get(0), "volume")).isEqualTo("187629916");
    assertThat(value(rows.get(0), "open")).isEqualTo("126.0125");
    // Of the present format the names differ.
    assertThat(
            bars(
                ReadFile.of(
                    "bars/ciz.csv",
                    "Ticker,DlyCalDt,DlyPrc,DlyVol,DlyCumFacPr,DlyCumFacShr\n"
                        + "A,2020-08-28,500,10,4,4\n")))
        .containsExactly("A 2020-08-28 125 40");
  }

  @Test
  void foldersNameColumns() {
    assertThat(
            bars(
                ReadFile.of(
                    "bars/prices/ticker=BRK.B/date=2025-12-10/part-0.csv",
                    "close,volume\n263,11,\n264,12\n")))
        .containsExactly("BRK.B 2025-12-10 263 11", "BRK.B 2025-12-10 264 12");
    assertThat(bars(ReadFile.of("bars/yahoo/symbol=%5ESPX/x.csv", "Date,Close\n2025-12-10,263\n")))
        .containsExactly("^SPX 2025-12-10 263 null");
    // What a file says of itself counts before its folder.
    assertThat(bars(ReadFile.of("bars/ticker=A/x.csv", "ticker,Date,Close\nB,2025-12-10,263\n")))
        .containsExactly("B 2025-12-10 263 null");
    assertThat(ReadFile.of("returns/ticker=A/x.csv", "date,ret\n2025-12-10,0.01\n").get(0).values())
        .contains("A", "2025-12-10", "0.01");
    assertThat(
            ReadFile.errors(
                ReadFile.of(
                    "returns/ticker=__HIVE_DEFAULT_PARTITION__/x.csv", "date,ret\n2025-12-10,0\n")))
        .isEmpty();
  }

  @Test
  void pricesOfYfinancesHistoryAreKnownWhereverTheyLie() {
    String history =
        "Date,Open,High,Low,Close,Volume,Dividends,Stock Splits\n2025-12-10,1,2,1,1,9,0,0\n";
    assertThat(value(ReadFile.of("bars/A.csv", history).get(0), "price_basis"))
        .isEqualTo("dividend-adjusted");
    assertThat(
            value(
                ReadFile.of("bars/A.csv", history.replace("Volume", "Adj Close")).get(0),
                "price_basis"))
        .isNull();
    // yf.download() adjusts its prices by default, and has no column that says so.
    String download = "Price,Close,Volume\nTicker,A,A\nDate,,\n2025-12-10,1.5,9\n";
    assertThat(value(ReadFile.of("bars/yahoo/A.csv", download).get(0), "price_basis"))
        .isEqualTo("dividend-adjusted");
    String own = "Price,Adj Close,Close\nTicker,A,A\nDate,,\n2025-12-10,1.4,1.5\n";
    assertThat(value(ReadFile.of("bars/yahoo/A.csv", own).get(0), "price_basis")).isNull();
  }

  @Test
  void downloadsOfOlderProgramsHaveEmptyCellsAboveTheirDays() {
    String rows = "Date,,,,\n2025-11-18,1.5,2.5,10,20\n";
    assertThat(
            bars(ReadFile.of("bars/yahoo/x.csv", ",Close,Close,Volume,Volume\n,A,B,A,B\n" + rows)))
        .containsExactly("A 2025-11-18 1.5 10", "B 2025-11-18 2.5 20");
    assertThat(
            bars(
                ReadFile.of(
                    "bars/yahoo/x.csv",
                    "Ticker,A,B,A,B\nPrice,Close,Close,Volume,Volume\n" + rows)))
        .containsExactly("A 2025-11-18 1.5 10", "B 2025-11-18 2.5 20");
  }

  @Test
  void aDamagedRowStillSaysWhatItIsAbout() {
    RawRecord row =
        ReadFile.of("bars/A.csv", "Date,Open,Close\n2025-12-10,1,234.5,2\n2025-12-11,1\n").get(0);
    assertThat(row.error().id()).isEqualTo("malformed-record");
    assertThat(bars(List.of(row))).containsExactly("A 2025-12-10 null null");
  }

  @Test
  void pivotedColumnsOfATable() {
    assertThat(
            PivotedColumns.of(
                List.of("Date", "('Close', 'A')", "('Close', 'B')", "('Volume', 'A')")))
        .containsExactly(
            new PivotedColumns.OfTicker(
                "A",
                List.of("Date", "('Close', 'A')", "('Volume', 'A')"),
                List.of("Date", "Close", "Volume"),
                List.of("('Close', 'A')", "('Volume', 'A')")),
            new PivotedColumns.OfTicker(
                "B",
                List.of("Date", "('Close', 'B')"),
                List.of("Date", "Close"),
                List.of("('Close', 'B')")));
    assertThat(PivotedColumns.of(List.of("('Date', '')", "('A', 'Close')")))
        .extracting(PivotedColumns.OfTicker::ticker, PivotedColumns.OfTicker::names)
        .containsExactly(tuple("A", List.of("Date", "Close")));
    assertThat(PivotedColumns.of(List.of("Date", "Close"))).isEmpty();
  }

  /** Beside a ticker a vendor's id is the row's; a file of splits may be named for its ticker. */
  @Test
  void whatNamesTheInstrumentAndTheDay() {
    RawRecord polygon =
        ReadFile.of(
                "splits/p.csv",
                "execution_date,id,split_from,split_to,ticker\n2024-06-10,E1a2,1,10,NVDA\n")
            .get(0);
    assertThat(polygon.values()[Feed.SPLITS.indexOf("instrument_id")]).isNull();
    assertThat(polygon.values()[Feed.SPLITS.indexOf("ticker")]).isEqualTo("NVDA");
    RawRecord yahoo = ReadFile.of("splits/NVDA.csv", "Date,Stock Splits\n2024-06-10,10:1\n").get(0);
    assertThat(yahoo.error()).isNull();
    assertThat(yahoo.values()[Feed.SPLITS.indexOf("ticker")]).isEqualTo("NVDA");
    assertThat(yahoo.values()[Feed.SPLITS.indexOf("ratio")]).isEqualTo("10:1");
    RawRecord company =
        ReadFile.of("shares/classes.csv", "cik,date,shares,share_class\n1652044,2025-03-31,9,A\n")
            .get(0);
    assertThat(company.values()[Feed.SHARES.indexOf("ticker")]).isNull();
    RawRecord alone = ReadFile.of("bars/x.csv", "id,date,close\nA,2025-12-10,263\n").get(0);
    assertThat(value(alone, "instrument_id")).isEqualTo("A");
    RawRecord instrument =
        ReadFile.of("instruments/i.csv", "id,ticker,name\nA1,A,Agilent\n").get(0);
    assertThat(instrument.values()[Feed.INSTRUMENTS.indexOf("instrument_id")]).isEqualTo("A1");
    RawRecord event = ReadFile.of("events/e.csv", "event_id,ticker,date\n1,A,2025-12-10\n").get(0);
    assertThat(event.error()).isNull();
    assertThat(event.values()[Feed.EVENTS.indexOf("announced_at")]).isEqualTo("2025-12-10");
    RawRecord both =
        ReadFile.of("events/e.csv", "event_id,ticker,event_date,date\n1,A,2025-12-10,x\n").get(0);
    assertThat(both.values()[Feed.EVENTS.indexOf("announced_at")]).isEqualTo("2025-12-10");
  }
}
