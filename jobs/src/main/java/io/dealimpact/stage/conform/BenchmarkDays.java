package io.dealimpact.stage.conform;

import io.dealimpact.row.RowReader;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Row;

/**
 * The trading days of the benchmark's market. They are the days of its bars, and between its first
 * and its last bar those that it lacks although its market traded: half as many other instruments
 * of its currency and time zone traded shares as on the benchmark's day before.
 *
 * @param days a row for each of them
 * @param span empty if the benchmark has no bar
 */
record BenchmarkDays(List<Row> days, Optional<Span> span) {

  /** From which day to which the benchmark has bars, its currency and its time zone. */
  record Span(LocalDate first, LocalDate last, String currency, String zone) {}

  /**
   * Finds those days.
   *
   * @param found for each day, currency and time zone the benchmark's close, NULL where it is of
   *     another or has none, and how many other instruments traded shares
   */
  static BenchmarkDays of(List<Row> found, RowReader reader) {
    List<Row> ofBenchmark = new ArrayList<>();
    for (Row row : found) {
      if (!reader.at(row).isNull(BarSeries.MARKET)) {
        ofBenchmark.add(row);
      }
    }
    if (ofBenchmark.isEmpty()) {
      return new BenchmarkDays(List.of(), Optional.empty());
    }
    RowReader.Cells first = reader.at(ofBenchmark.get(0));
    String currency = first.text("currency");
    String zone = first.text("zone");
    TreeMap<LocalDate, Row> market = new TreeMap<>();
    for (Row row : found) {
      RowReader.Cells cells = reader.at(row);
      if (cells.text("currency").equals(currency) && cells.text("zone").equals(zone)) {
        market.put(day(row, reader), row);
      }
    }
    TreeSet<LocalDate> own = new TreeSet<>();
    ofBenchmark.forEach(row -> own.add(day(row, reader)));
    List<Row> days = new ArrayList<>(ofBenchmark);
    market.subMap(own.first(), own.last()).entrySet().stream()
        .filter(day -> !own.contains(day.getKey()))
        .filter(
            day ->
                2 * traded(day.getValue(), reader)
                    >= traded(market.get(own.lower(day.getKey())), reader))
        .forEach(day -> days.add(day.getValue()));
    return new BenchmarkDays(days, Optional.of(new Span(own.first(), own.last(), currency, zone)));
  }

  private static LocalDate day(Row row, RowReader reader) {
    return reader.at(row).date("benchmark_date").orElseThrow();
  }

  private static long traded(Row row, RowReader reader) {
    return reader.at(row).count("traded");
  }
}
