package io.dealimpact.codec;

import io.dealimpact.study.market.MarketData;
import io.dealimpact.study.market.PeerSeries;
import io.dealimpact.study.market.PriceHistory;
import io.dealimpact.study.market.PriceKind;
import io.dealimpact.study.market.ReturnKind;
import io.dealimpact.study.market.TradingCalendar;
import java.time.LocalTime;
import java.util.ArrayList;
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
      List.of("mkt_rf", "smb", "smb_3", "hml", "rmw", "cma", "umd", "rf");

  /**
   * The days of rows whose first column counts days since 1970-01-01, ascending.
   *
   * @param bars of the benchmark: day, close, adjusted close
   */
  public static TradingCalendar calendar(List<Row> bars) {
    return new TradingCalendar(bars.stream().mapToInt(row -> row.getInt(0)).toArray());
  }

  /**
   * A benchmark's returns, and the factors, on the days of the calendar.
   *
   * @param bars of the benchmark: day, close, adjusted close
   * @param factors day, then {@link #FACTORS}
   */
  public static MarketData market(
      TradingCalendar calendar,
      List<Row> bars,
      List<Row> factors,
      PriceKind price,
      ReturnKind kind) {
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
    return MarketData.ofBenchmark(returns(calendar, bars, 0, price, kind)).withFactors(series);
  }

  /**
   * The peers by their ids, on the days of the calendar. A peer without adjusted closes is measured
   * on its closes, as an event's instrument is.
   *
   * @param bars instrument_id, day, close, adjusted close
   * @param values instrument_id, day, market value in USD
   */
  public static Map<String, PeerSeries> peers(
      TradingCalendar calendar,
      List<Row> bars,
      List<Row> values,
      PriceKind price,
      ReturnKind kind) {
    Map<String, double[]> caps = new TreeMap<>();
    for (Row row : values) {
      int index = calendar.indexOf(row.getInt(1));
      if (index >= 0) {
        caps.computeIfAbsent(row.getString(0), id -> missing(calendar))[index] = number(row, 2);
      }
    }
    Map<String, List<Row>> byPeer = new TreeMap<>();
    for (Row row : bars) {
      byPeer.computeIfAbsent(row.getString(0), id -> new ArrayList<>()).add(row);
    }
    Map<String, PeerSeries> peers = new TreeMap<>();
    byPeer.forEach(
        (id, rows) ->
            peers.put(
                id,
                new PeerSeries(
                    returns(calendar, rows, 1, price, kind),
                    caps.getOrDefault(id, missing(calendar)))));
    return peers;
  }

  /** Returns of rows with day, close and adjusted close from the field {@code first} on. */
  private static double[] returns(
      TradingCalendar calendar, List<Row> bars, int first, PriceKind price, ReturnKind kind) {
    double[] close = missing(calendar);
    double[] adjusted = missing(calendar);
    for (Row row : bars) {
      int index = calendar.indexOf(row.getInt(first));
      if (index >= 0) {
        close[index] = number(row, first + 1);
        adjusted[index] = number(row, first + 2);
      }
    }
    double[] none = missing(calendar);
    boolean unadjusted = Arrays.stream(adjusted).allMatch(Double::isNaN);
    return new PriceHistory(none, none, none, close, unadjusted ? close : adjusted)
        .returns(price, kind);
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
