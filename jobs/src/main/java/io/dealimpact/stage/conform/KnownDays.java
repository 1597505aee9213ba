package io.dealimpact.stage.conform;

import io.dealimpact.row.RowReader;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a review of bars knows beside the bars: the closes of the benchmark, and the splits. Days
 * are counted from 1970-01-01.
 */
final class KnownDays implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int[] days;
  private final double[] closes;
  private final Map<String, Map<Integer, Double>> splits = new HashMap<>();

  /**
   * Takes them to the driver.
   *
   * @param splits rows of silver.splits
   */
  KnownDays(BenchmarkDays benchmark, Dataset<Row> splits) {
    days = benchmark.closes().keySet().stream().mapToInt(KnownDays::day).toArray();
    closes = benchmark.closes().values().stream().mapToDouble(Double::doubleValue).toArray();
    RowReader reader = RowReader.of(splits.schema());
    for (Row row : splits.collectAsList()) {
      RowReader.Cells cells = reader.at(row);
      this.splits
          .computeIfAbsent(cells.text("instrument_id"), id -> new TreeMap<>())
          .put(day(cells.date("effective_date").orElseThrow()), cells.number("ratio"));
    }
  }

  private static int day(LocalDate date) {
    return (int) date.toEpochDay();
  }

  /** The benchmark's close of a day; NaN where it has none. */
  double close(int day) {
    int found = Arrays.binarySearch(days, day);
    return found < 0 ? Double.NaN : closes[found];
  }

  /** The ratios of an instrument's splits by day. */
  Map<Integer, Double> splits(String instrument) {
    return splits.getOrDefault(instrument, Map.of());
  }
}
