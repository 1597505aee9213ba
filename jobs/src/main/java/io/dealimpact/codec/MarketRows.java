package io.dealimpact.codec;

import io.dealimpact.study.MarketData;
import io.dealimpact.study.PriceHistory;
import io.dealimpact.study.PriceKind;
import io.dealimpact.study.ReturnKind;
import io.dealimpact.study.TradingCalendar;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;

/** Rows of the benchmark, of factors and of calendars to what a study compares with. */
public final class MarketRows {
  private MarketRows() {}

  /** The factors that {@link #market} reads, in its order, after the day. */
  public static final List<String> FACTORS =
      List.of("mkt_rf", "smb", "hml", "rmw", "cma", "umd", "rf");

  /**
   * The days of rows whose first column counts days since 1970-01-01, ascending.
   *
   * @param bars of the benchmark: day, close, adjusted close
   */
  public static TradingCalendar calendar(List<Row> bars) {
    return new TradingCalendar(bars.stream().mapToInt(row -> row.getInt(0)).toArray());
  }

  /**
   * The benchmark's returns, and the factors on its days.
   *
   * @param bars of the benchmark: day, close, adjusted close; ascending
   * @param factors day, then {@link #FACTORS}
   */
  public static MarketData market(
      List<Row> bars, List<Row> factors, PriceKind price, ReturnKind kind) {
    TradingCalendar calendar = calendar(bars);
    double[] close = new double[calendar.size()];
    double[] adjusted = new double[calendar.size()];
    for (int i = 0; i < close.length; i++) {
      close[i] = number(bars.get(i), 1);
      adjusted[i] = number(bars.get(i), 2);
    }
    double[] none = missing(calendar);
    PriceHistory prices = new PriceHistory(none, none, none, close, adjusted);
    Map<String, double[]> series = new TreeMap<>();
    for (int f = 0; f < FACTORS.size(); f++) {
      double[] values = missing(calendar);
      for (Row row : factors) {
        int index = calendar.indexOf(row.getInt(0));
        if (index >= 0) {
          values[index] = number(row, f + 1);
        }
      }
      series.put(FACTORS.get(f), values);
    }
    return MarketData.ofBenchmark(prices.returns(price, kind)).withFactors(series);
  }

  /**
   * Closing times by exchange and day since 1970-01-01.
   *
   * @param sessions exchange, day, closing time as HH:mm
   */
  public static Map<String, Map<Integer, LocalTime>> closes(List<Row> sessions) {
    Map<String, Map<Integer, LocalTime>> closes = new HashMap<>();
    for (Row row : sessions) {
      closes
          .computeIfAbsent(row.getString(0), exchange -> new HashMap<>())
          .put(row.getInt(1), LocalTime.parse(row.getString(2)));
    }
    return closes;
  }

  private static double[] missing(TradingCalendar calendar) {
    double[] values = new double[calendar.size()];
    Arrays.fill(values, Double.NaN);
    return values;
  }

  private static double number(Row row, int field) {
    return row.isNullAt(field) ? Double.NaN : row.getDouble(field);
  }
}
