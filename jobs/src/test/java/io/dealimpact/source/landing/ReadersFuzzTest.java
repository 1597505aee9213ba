package io.dealimpact.source.landing;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Files of every layout with bytes changed, left out, doubled and cut, by a seeded generator: a
 * reader ends, throws nothing, says the same twice, and each of its records has values or says what
 * is wrong.
 */
class ReadersFuzzTest {
  private static final int FILES = 400;
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
    Random random = new Random(14);
    int said = 0;
    for (int i = 0; i < FILES; i++) {
      byte[] damaged = damaged(file.getValue(), random);
      List<RawRecord> records = ReadFile.of(file.getKey(), damaged);
      said += ReadFile.errors(records).isEmpty() ? 0 : 1;
      assertThat(records)
          .as("%s as %s", file.getKey(), Arrays.toString(damaged))
          .allSatisfy(
              record -> assertThat(record.error() != null || record.values() != null).isTrue());
      assertThat(texts(ReadFile.of(file.getKey(), damaged))).isEqualTo(texts(records));
    }
    assertThat(said).as("damaged files that say so").isPositive();
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
