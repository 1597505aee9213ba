package io.dealimpact.source.landing;

import static org.assertj.core.api.Assertions.assertThat;

import io.dealimpact.source.Feed;
import io.dealimpact.source.RawRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Files of every layout with bytes changed, left out, doubled and cut, by a seeded generator: a
 * reader ends, throws nothing, says the same twice, and each of its records has values or says what
 * is wrong.
 */
class ReadersFuzzTest {
  private static final int FEW = 50;

  /** Files of a feed, by {@code mvn -B verify -Pslow -Dit.test=ReadersFuzzTest}. */
  private static final int MANY = Integer.getInteger("fuzz.inputs", 10_000);

  private static final byte[] NASTY =
      "\u0000\n\r\",;\t|{}[]:-0.9eNa\\\u00ff\u00fe".getBytes(StandardCharsets.ISO_8859_1);

  static List<Map.Entry<String, byte[]>> files() throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    text(
        files,
        "returns/crsp.csv",
        "date,instrument_id,ret,retx,dlret\n20250910,A,0.01,0.01,\n2025-09-11,A,C,-99.0,-0.4\n");
    text(
        files,
        "events/e.csv",
        "event_id;instrument_id;announced_at;country\nm1;A;2025-09-10;\"D;E\"\nm2;B;10.09.2025;x\n");
    text(
        files,
        "instruments/i.csv",
        "instrument_id,ticker,name,organisation,exchange,currency,kind,cik,valid_to\n"
            + "A,A,\"The \\\"A\\\" Company, Inc.\",A,NYSE,USD,equity,1018724.0,\n"
            + "B,B,\"B, \"\"of\"\" C\",B,XETR,EUR,equity,NaN,2020-12-31\n");
    text(files, "shares/s.csv", "ticker,date,shares_outstanding\nA,2025-06-09,1000000000\n");
    text(files, "market_caps/m.csv", "ticker\tdate\tmarketcap\nA\t2025-06-09\t1e9\n");
    text(files, "fx/f.csv", "currency;trade_date;usd_per_unit\nEUR;09.10.2025;1,15\n");
    text(files, "splits/s.csv", "execution_date,split_from,split_to,ticker\n2025-06-09,1,10,A\n");
    text(
        files,
        "calendar/c.csv",
        "exchange,trade_date,open_time,close_time\nX,2025-11-28,9:30,13\n");
    text(files, "earnings/e.csv", "ticker,report_date\nA,2025-09-09 16:05:00-04:00\n");
    text(files, "factors/f.csv", "factor_set,date,Mkt-RF,RF\nf,20250103,0.004,0.0002\n");
    text(
        files,
        "sites/s.csv",
        "publisher,site,as_of,power_gw,source_title\nP,\"A, B\",2025-09-10,0.3,t\n");
    text(
        files,
        "bars/ticker=A/date=2025-09-10/part-0.csv",
        "close|high|low|volume\n1.5|2|1|10\n\\N|2|1|10\n");
    text(
        files,
        "bars/crsp.csv",
        "PERMNO,date,PRC,VOL,OPENPRC,CFACPR,CFACSHR\n1,20250910,-10.5,100,11,2,2\n");
    text(
        files,
        "bars/yahoo/old.csv",
        ",Close,Close,Volume,Volume\n,A,B,A,B\nDate,,,,\n2025-11-18,1.5,2.5,10,20\n");
    files.put(
        "bars/zip.csv.gz", ReadFile.gzip("ticker,date,close\nA,2025-12-10,263\nB,2025-12-10,1\n"));
    files.put("bars/zstd.csv.zst", ReadFile.zstd("ticker,date,close\nA,2025-12-10,263\n"));
    text(
        files,
        "capacity/c.json",
        "[{\"commitment_id\": \"c\", \"deal_id\": \"d\", \"power_gw\": {\"low\": 1, \"high\": 2},"
            + " \"milestones\": [{\"date\": \"2026-12-31\", \"gw\": 1, \"kind\": \"firm\"}]}]");
    text(
        files,
        "gpus/g.json",
        "{\"gpu_model\": \"H100\", \"kw_per_gpu\": 1.2, \"source\": {\"title\": \"t\"}}\n"
            + "{\"gpu_model\": \"B200\", \"price_usd\": -Infinity}");
    text(
        files,
        "claims/c.ndjson",
        "{\"claim_id\": \"c\", \"metric\": \"m\", \"claimed\": 1e3, \"parts\":"
            + " [{\"asserts\": \"event\"}]}\n");
    text(
        files,
        "deals/d.jsonl",
        "{\"deal_id\": \"d\", \"announced_at\": \"2025-09-10\", \"status\": \"signed\","
            + " \"attributes\": {\"size\": 3, \"country\": \"DE\", \"none\": null},"
            + " \"value_usd\": NaN, \"parties\": [{\"organisation\": \"A\"}]}\n");
    text(
        files,
        "bars/yahoo/A.csv",
        "Price,Close,Close,Volume,Volume\nTicker,A,B,A,B\nDate,,,,\n2025-11-18,1.5,2.5,10,20\n");
    text(
        files,
        "bars/stooq/a.us.txt",
        "<TICKER>,<PER>,<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>,<OPENINT>\n"
            + "A.US,D,20251118,000000,1,2,1,1.5,10,0\n");
    text(files, "bars/x.csv", "sep=;\nticker;date;close;volume\nA;31.12.2025;263,25;11\n");
    files.put(
        "bars/utf16.csv",
        "ticker,date,close\nA,2025-12-10,263\n".getBytes(StandardCharsets.UTF_16));
    text(
        files,
        "factors/french/Japan_3_Factors_Daily.csv",
        "prose\n\n,Mkt-RF,SMB,HML,RF\n20240103,0.4,0.1,-99.99,0.02\n20240104,0.5,0.1,0.1,0.02\n\nend\n");
    text(
        files,
        "shares/sec/CIK0000000001.json",
        "{\"cik\": 1, \"entityName\": \"A\", \"facts\": {\"dei\":"
            + " {\"EntityCommonStockSharesOutstanding\": {\"units\": {\"shares\": [{\"end\":"
            + " \"2025-01-31\", \"val\": 1000, \"filed\": \"2025-02-20\", \"form\": \"10-K\"}]}}}}}");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("us/a.us.txt"));
      zip.write("Date,Close,Volume\n2025-11-18,1.5,10\n".getBytes(StandardCharsets.UTF_8));
      zip.closeEntry();
    }
    files.put("bars/stooq/d_us_txt.zip", bytes.toByteArray());
    return List.copyOf(files.entrySet());
  }

  private static void text(Map<String, byte[]> files, String path, String content) {
    files.put(path, content.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @MethodSource("files")
  void damageIsSaidAndNothingIsThrown(Map.Entry<String, byte[]> file) {
    assertThat(ReadFile.errors(ReadFile.of(file.getKey(), file.getValue()))).isEmpty();
    assertThat(damage(file, FEW)).as("damaged files that say so").isPositive();
  }

  @Tag("slow")
  @ParameterizedTest
  @EnumSource(Feed.class)
  void manyDamagedFilesOfEachFeed(Feed feed) throws IOException {
    List<Map.Entry<String, byte[]>> files =
        files().stream().filter(file -> file.getKey().startsWith(feed.folder() + "/")).toList();
    assertThat(files).as("files of the feed").isNotEmpty();
    for (Map.Entry<String, byte[]> file : files) {
      assertThat(damage(file, MANY / files.size() + 1)).isPositive();
    }
  }

  /** How many damaged copies of a file say that something is wrong. */
  private static int damage(Map.Entry<String, byte[]> file, int copies) {
    Random random = new Random(14);
    int said = 0;
    for (int i = 0; i < copies; i++) {
      byte[] damaged = damaged(file.getValue(), random);
      List<RawRecord> records = read(file.getKey(), damaged);
      said += ReadFile.errors(records).isEmpty() ? 0 : 1;
      assertThat(records)
          .as("%s as %s", file.getKey(), Arrays.toString(damaged))
          .isNotEmpty()
          .allMatch(record -> record.error() != null || record.values() != null);
      assertThat(texts(read(file.getKey(), damaged))).isEqualTo(texts(records));
    }
    return said;
  }

  private static List<RawRecord> read(String path, byte[] content) {
    try {
      return ReadFile.of(path, content);
    } catch (RuntimeException thrown) {
      throw new AssertionError(path + " as " + Arrays.toString(content), thrown);
    }
  }

  private static List<String> texts(List<RawRecord> records) {
    return records.stream()
        .map(
            record -> record.line() + " " + record.error() + " " + Arrays.toString(record.values()))
        .toList();
  }

  private static byte[] damaged(byte[] content, Random random) {
    byte[] bytes = content.clone();
    for (int change = random.nextInt(4); change >= 0 && bytes.length > 1; change--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] = NASTY[random.nextInt(NASTY.length)];
        case 1 -> bytes = Arrays.copyOf(bytes, at);
        case 2 -> bytes = without(bytes, at, 1 + random.nextInt(8));
        default -> bytes = doubled(bytes, at, 1 + random.nextInt(40));
      }
    }
    return bytes;
  }

  private static byte[] without(byte[] bytes, int at, int length) {
    int end = Math.min(bytes.length, at + length);
    byte[] rest = Arrays.copyOf(bytes, bytes.length - (end - at));
    System.arraycopy(bytes, end, rest, at, bytes.length - end);
    return rest;
  }

  private static byte[] doubled(byte[] bytes, int at, int length) {
    int end = Math.min(bytes.length, at + length);
    byte[] more = Arrays.copyOf(bytes, bytes.length + (end - at));
    System.arraycopy(bytes, at, more, end, bytes.length - at);
    return more;
  }
}
