package io.dealimpact.stage.conform;

import io.dealimpact.row.RowWriter;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The trading days of the benchmark's market. They are the days of its bars, and between its first
 * and its last bar those that it lacks although its market traded: half as many other instruments
 * of its currency and time zone traded shares as on the benchmark's day before.
 *
 * @param closes of the benchmark by trading day; NaN on a day that it lacks
 * @param span empty if the benchmark has no bar
 */
record BenchmarkDays(NavigableMap<LocalDate, Double> closes, Optional<Span> span) {

  /** From which day to which the benchmark has bars, its currency and its time zone. */
  record Span(LocalDate first, LocalDate last, String currency, String zone) {}

  /** Finds those days. */
  static BenchmarkDays of(List<MarketDay> days) {
    NavigableMap<LocalDate, Double> closes = new TreeMap<>();
    MarketDay.Market own = null;
    for (MarketDay day : days) {
      if (!Double.isNaN(day.close())) {
        closes.put(day.market().date(), day.close());
        own = day.market();
      }
    }
    if (own == null) {
      return new BenchmarkDays(closes, Optional.empty());
    }
    Span span = new Span(closes.firstKey(), closes.lastKey(), own.currency(), own.zone());
    TreeMap<LocalDate, Long> traded = new TreeMap<>();
    for (MarketDay day : days) {
      boolean isTold = !Double.isNaN(day.close()) || day.traded() > 0;
      if (isTold && isOf(day.market(), span)) {
        traded.put(day.market().date(), day.traded());
      }
    }
    List<LocalDate> lacking = new ArrayList<>();
    traded
        .subMap(span.first(), span.last())
        .forEach(
            (date, bars) -> {
              boolean isOwn = closes.containsKey(date);
              if (!isOwn && 2 * bars >= traded.get(closes.lowerKey(date))) {
                lacking.add(date);
              }
            });
    lacking.forEach(date -> closes.put(date, Double.NaN));
    return new BenchmarkDays(closes, Optional.of(span));
  }

  private static boolean isOf(MarketDay.Market market, Span span) {
    return market.currency().equals(span.currency()) && market.zone().equals(span.zone());
  }

  /** Whether bars of a day are of no session, because the benchmark has none on it. */
  boolean refuses(MarketDay.Market market) {
    return span.isPresent()
        && isOf(market, span.get())
        && market.date().isAfter(span.get().first())
        && market.date().isBefore(span.get().last())
        && !closes.containsKey(market.date());
  }

  /**
   * The trading days as rows.
   *
   * @param column their name
   */
  Dataset<Row> dates(SparkSession spark, String column) {
    StructType schema = new StructType().add(column, DataTypes.DateType);
    RowWriter writer = new RowWriter(schema);
    return spark.createDataFrame(
        closes.keySet().stream().map(date -> writer.row().value(column, date).build()).toList(),
        schema);
  }
}
