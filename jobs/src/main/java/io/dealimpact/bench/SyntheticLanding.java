package io.dealimpact.bench;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.dealimpact.row.RowReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A landing zone that holds a market which does not exist, all but its last day; and what vendors
 * bring afterwards.
 *
 * @param market whose events are deals of one company each
 * @param folder of the landing zone
 * @param format of the bars
 */
record SyntheticLanding(SyntheticMarket market, Path folder, Benchmarks.Bars format) {
  private static final List<String> COLUMNS =
      List.of(
          "instrument_id",
          "trade_date",
          "open",
          "high",
          "low",
          "close",
          "adjusted_close",
          "volume");

  /** Bars in a file of the history. */
  private static final long ROWS_A_FILE = 1_000_000;

  /** A company has more, and at most 1.5 million of them are traded in a day. */
  private static final long LEAST_SHARES = 500_000_000;

  /** Writes all but the market's last day. */
  void history(SparkSession spark) throws IOException {
    int files = (int) Math.max(1, (long) market.instruments() * market.days() / ROWS_A_FILE);
    bars(spark, files, col("trade_date").lt(lit(lastDay())), "history");
    lines(
        "instruments/instruments.csv",
        out -> {
          out.println("instrument_id,ticker,currency,kind");
          for (int i = -1; i < market.instruments(); i++) {
            String id = SyntheticMarket.instrumentId(i);
            out.println(id + "," + id + ",USD," + (i < 0 ? "etf" : "equity"));
          }
        });
    lines(
        "shares/shares.csv",
        out -> {
          out.println("instrument_id,effective_date,shares");
          for (int i = 0; i < market.instruments(); i++) {
            out.println(
                SyntheticMarket.instrumentId(i)
                    + ","
                    + SyntheticMarket.date(0)
                    + ","
                    + (LEAST_SHARES + i));
          }
        });
    lines(
        "deals/history.jsonl",
        out -> {
          for (int i = 0; i < market.instruments(); i++) {
            for (long e = 0; e < market.eventsOf(i); e++) {
              out.println(
                  deal(
                      "d" + market.eventNumber(i, e),
                      SyntheticMarket.date(market.eventDay(i, e)),
                      SyntheticMarket.instrumentId(i)));
            }
          }
        });
  }

  /** Brings the last day of the bars, and deals that were announced on it. */
  void lastDay(SparkSession spark, int deals) throws IOException {
    bars(spark, 1, col("trade_date").equalTo(lit(lastDay())), "last-day");
    lines(
        "deals/last-day.jsonl",
        out -> {
          // The first instrument is never delisted; one in ten of the others is.
          for (int i = 0, found = 0; found < deals && i < market.instruments(); i++) {
            if (market.lastDay(i) == market.days() - 1) {
              out.println(deal("new-" + found++, lastDay(), SyntheticMarket.instrumentId(i)));
            }
          }
        });
  }

  /** Brings another price of the first instrument in the midst of the history. */
  LocalDate correction(SparkSession spark) throws IOException {
    String id = SyntheticMarket.instrumentId(0);
    Row first =
        market
            .barsOf(spark, 0)
            .where(col("trade_date").geq(lit(SyntheticMarket.date(market.days() / 2))))
            .orderBy("trade_date")
            .first();
    RowReader.Cells bar = RowReader.of(first.schema()).at(first);
    LocalDate day = bar.date("trade_date").orElseThrow();
    double close = Math.rint(bar.number("close") * 1.001 * 1e4) / 1e4;
    lines(
        // Of two files that disagree the one whose name comes last counts.
        "bars/prices-restated.csv",
        out -> {
          out.println(String.join(",", COLUMNS));
          out.println(
              String.join(
                  ",",
                  id,
                  day.toString(),
                  String.valueOf(bar.number("open")),
                  String.valueOf(Math.max(bar.number("high"), close)),
                  String.valueOf(Math.min(bar.number("low"), close)),
                  String.valueOf(close),
                  String.valueOf(close),
                  String.valueOf(bar.number("volume_shares"))));
        });
    return day;
  }

  LocalDate lastDay() {
    return SyntheticMarket.date(market.days() - 1);
  }

  private static String deal(String id, LocalDate announced, String instrument) {
    return String.format(
        Locale.ROOT,
        """
        {"deal_id":"%s","announced_at":"%s","status":"announced","deal_type":"synthetic",\
        "title":"Synthetic deal","parties":[{"organisation":"%s","role":"provider",\
        "instrument_id":"%s"}]}""",
        id,
        announced,
        instrument,
        instrument);
  }

  /** Spark's part files, each moved into the feed's folder under a name of its own. */
  private void bars(SparkSession spark, int files, Column which, String name) throws IOException {
    Path written = folder.resolveSibling(folder.getFileName() + "-" + name);
    Dataset<Row> bars =
        market
            .bars(spark, files)
            .where(which)
            .withColumn("volume", col("volume_shares"))
            .select(COLUMNS.stream().map(c -> col(c)).toArray(Column[]::new));
    switch (format) {
      case PARQUET -> bars.write().parquet(written.toString());
      case CSV -> bars.write().option("header", true).csv(written.toString());
    }
    Files.createDirectories(folder.resolve("bars"));
    try (Stream<Path> parts = Files.list(written)) {
      for (Path part : parts.sorted().toList()) {
        String file = part.getFileName().toString();
        if (file.startsWith("part-")) {
          String suffix = format == Benchmarks.Bars.CSV ? ".csv" : ".parquet";
          Files.move(
              part, folder.resolve("bars").resolve(name + "-" + file.substring(5, 10) + suffix));
        }
      }
    }
  }

  private interface Lines {
    void to(PrintWriter out) throws IOException;
  }

  private void lines(String file, Lines lines) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(path))) {
      lines.to(out);
      if (out.checkError()) {
        throw new IOException(path + " was not written whole");
      }
    }
  }
}
