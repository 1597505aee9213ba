package io.dealimpact.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * A landing zone as a careless vendor would leave it: the samples, and beside them for every feed a
 * file with what is wrong in it. What is right in them is about an instrument of their own.
 */
public final class HostileFiles {
  /** What must be in quarantine: file, line, rule. */
  public static final List<String> QUARANTINED =
      List.of(
          "bars/hostile/agree.csv:6 conflicting-duplicate",
          "bars/hostile/agree.csv:7 conflicting-duplicate",
          "bars/hostile/cut.csv.gz:3 truncated-file",
          "bars/hostile/empty.csv:1 empty-file",
          "bars/hostile/header.csv:3 negative-price",
          "bars/hostile/header.csv:4 missing-close",
          "bars/hostile/header.csv:6 zero-price",
          "bars/hostile/header.csv:8 invalid-date",
          "bars/hostile/header.csv:9 not-a-trading-day",
          "bars/hostile/missing.csv:1 missing-columns",
          "bars/hostile/missing.csv:2 missing-columns",
          "calendar/hostile.csv:4 close-before-open",
          "deals/hostile-cut.json:15 malformed-json",
          "deals/hostile.jsonl:1 no-parties",
          "deals/hostile.jsonl:2 missing-date",
          "earnings/hostile.csv:4 invalid-date",
          "factors/hostile.csv:4 implausible-factor",
          "fx/hostile.csv:4 negative-rate",
          "instruments/hostile.csv:4 invalid-currency",
          "market_caps/hostile.csv:4 not-a-number",
          "shares/hostile.csv:4 not-followed",
          "splits/hostile.csv:4 zero-ratio");

  private final Path folder;

  private HostileFiles(Path folder) {
    this.folder = folder;
  }

  /** Copies the samples and adds the files. */
  public static Path beside(Path samples, Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(samples)) {
      for (Path from : all.filter(Files::isRegularFile).toList()) {
        Path to = folder.resolve(samples.relativize(from).toString());
        Files.createDirectories(to.getParent());
        Files.copy(from, to);
      }
    }
    new HostileFiles(folder).write();
    return folder;
  }

  private void write() throws IOException {
    // A BOM, CR LF, a header in another order and case; quoted commas, quotes and line ends.
    file(
        "instruments/hostile.csv",
        "\uFEFFKIND,Name,Instrument Id,EXCHANGE,currency,Ticker,organisation",
        "Equity,\"Host, \"\"Inc.\"\"\r\nof Delaware\",HOST,NASDAQ,usd,HOST,Host",
        "Equity,Pence,PENNY,LSE,pence,PENNY,Penny");
    bars();
    deals();
    file("calendar/hostile.csv", "exchange,trade_date,open_time,close_time")
        .add("XHOST,2025-11-03,09:30,16:00", "XHOST,2025-11-03,9:30,16:00:00")
        .add("XHOST,2025-11-04,16:00,09:30");
    file("earnings/hostile.csv", "instrument_id,announced_at")
        .add("HOST,2025-11-03", "HOST,20251103", "HOST,2025-11-31");
    file("factors/hostile.csv", "factor_set,trade_date,mkt_rf")
        .add("hostile,2025-11-03,0.0017", "hostile,20251103,1.7e-3", "hostile,2025-11-04,17");
    file("fx/hostile.csv", "currency,trade_date,usd_per_unit")
        .add("EUR,2025-11-03,1.15", "eur,2025-11-03,1.150", "EUR,2025-11-04,-1.15");
    file("market_caps/hostile.csv", "instrument_id,trade_date,market_cap")
        .add("HOST,2025-11-03,1e9", "HOST,2025-11-03,1000000000", "HOST,2025-11-04,1bn");
    file("shares/hostile.csv", "instrument_id,effective_date,shares")
        .add("HOST,2025-11-03,1e8", "HOST,2025-11-03,100000000", "GUEST,2025-11-03,1");
    file("splits/hostile.csv", "instrument_id,effective_date,ratio")
        .add("HOST,2024-01-02,2", "HOST,2024-01-02,2.0", "HOST,2024-01-03,0");
    file("bar/misspelt.csv", "instrument_id");
  }

  private void bars() throws IOException {
    file(
        "bars/hostile/header.csv",
        "\uFEFFCLOSE,High,Low,Open,Trade_Date,INSTRUMENT_ID,Volume,Adjusted_Close",
        "10,11,9,10,20251103,HOST,1,10",
        "-10,11,9,10,2025-11-04,HOST,1,10",
        "NaN,11,9,10,2025-11-05,HOST,1,10",
        "10,Infinity,9,10,2025-11-06,HOST,1,10",
        "0,11,9,10,2025-11-07,HOST,1,10",
        "10,9,11,10,2025-11-10,HOST,1,10",
        "10,11,9,10,2025-02-29,HOST,1,10",
        "10,11,9,10,2025-12-25,HOST,1,10");
    String header = "instrument_id,trade_date,open,high,low,close,adjusted_close,volume";
    file("bars/hostile/agree.csv", header)
        .add("HOST,2025-11-11,10,11,9,10,10,1", "HOST,20251111,10.0,11,9,1e1,10,1")
        .add("HOST,2025-11-12,10,11,9,10,10,1", "HOST,2025-11-12,10,11,9,10,10,1.00")
        .add("HOST,2025-11-13,10,11,9,10,10,1", "HOST,2025-11-13,10,11,9,10.01,10,1");
    file("bars/hostile/missing.csv", header.replace(",close", ""))
        .add("HOST,2025-11-14,10,11,9,10,1");
    file("bars/hostile/swapped.csv", header.replace("high,low", "low,high"))
        .add("HOST,2025-11-17,10,11,9,10,10,1", "HOST,2025-11-18,10,9,11,10,10,1");
    file("bars/hostile/empty.csv");
    byte[] whole =
        gzip(
            header
                + ",note\nHOST,2025-11-19,10,11,9,10,10,1,\nHOST,2025-11-20,10,11,9,10,10,1,"
                + noise()
                + "\n");
    Files.write(
        folder.resolve("bars/hostile/cut.csv.gz"), Arrays.copyOf(whole, whole.length * 2 / 3));
  }

  private void deals() throws IOException {
    String end = "\"status\": \"signed\", \"parties\": [{\"organisation\": \"Amazon\", \"role\":";
    String amazon = end + " \"provider\", \"instrument_id\": \"AMZN\"}]";
    file("deals/hostile.jsonl")
        .add("{\"deal_id\": \"alone\", \"announced_at\": \"2025-11-03\", \"status\": \"signed\"}")
        .add("{\"deal_id\": \"timeless\", " + amazon + "}")
        .add("{\"deal_id\": \"hostile-future\", \"announced_at\": \"2099-01-05\", " + amazon + "}")
        .add("{\"deal_id\": \"hostile-early\", \"announced_at\": \"1999-01-04\", " + amazon + "}")
        .add(
            "{\"deal_id\": \"hostile-unknown\", \"announced_at\": \"2025-11-03\", \"mood\": 1, "
                + amazon.replace("AMZN", "NOPE")
                + "}");
    // The second object of the array is cut in the middle of a name.
    String element =
        """
        {
         "deal_id": "hostile-private",
         "announced_at": "2025-11-03",
         "status":
         "signed",
         "parties": [
         {"organisation": "OpenAI",
         "role": "customer"}
        ]
        }""";
    String array = "[\n" + element + ",\n" + element;
    Files.writeString(
        folder.resolve("deals/hostile-cut.json"),
        array.substring(0, array.lastIndexOf("status") + 3));
  }

  /** Text that does not compress, so that two thirds of the file end within it. */
  private static String noise() {
    Random random = new Random(1);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 100_000; i++) {
      text.append((char) ('a' + random.nextInt(26)));
    }
    return text.toString();
  }

  private static byte[] gzip(String content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }

  private Lines file(String path, String... lines) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "");
    return new Lines(file).add(lines);
  }

  /** A file in the making, its lines ended by CR LF. */
  private record Lines(Path file) {
    Lines add(String... lines) throws IOException {
      Files.writeString(
          file,
          Files.readString(file)
              + Stream.of(lines).map(l -> l + "\r\n").reduce("", String::concat));
      return this;
    }
  }
}
