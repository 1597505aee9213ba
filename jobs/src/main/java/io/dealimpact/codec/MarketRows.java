package io.dealimpact.codec;

import io.dealimpact.row.RowReader;
import io.dealimpact.study.market.DailyReturns;
import io.dealimpact.study.market.Exchange;
import io.dealimpact.study.market.MarketData;
import io.dealimpact.study.market.PeerSeries;
import io.dealimpact.study.market.PriceHistory;
import io.dealimpact.study.market.PriceKind;
import io.dealimpact.study.market.ReturnKind;
import io.dealimpact.study.market.SectorSeries;
import io.dealimpact.study.market.TradingCalendar;
import io.dealimpact.study.numeric.Vectors;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;

/** Rows of the benchmark, of factors and of calendars to what a study compares with. */
public final class MarketRows {
  private MarketRows() {}

  /** The factors that {@link #market} reads. */
  public static final List<String> FACTORS =
      List.of("mkt_rf", "smb", "smb_3", "hml", "rmw", "cma", "umd", "rf");

  /**
   * The days of bars, ascending.
   *
   * @param bars of the benchmark: day since 1970-01-01
   */
  public static TradingCalendar calendar(List<Row> bars) {
    if (bars.isEmpty()) {
      return new TradingCalendar(new int[0]);
    }
    RowReader.WholeColumn day = reader(bars, "day").whole("day");
    return new TradingCalendar(bars.stream().mapToInt(day::of).sorted().distinct().toArray());
  }

  /**
   * The days of bars and the sessions between the first and the last of them, ascending.
   *
   * @param bars of the benchmark: day since 1970-01-01
   * @param sessions of its exchange: day since 1970-01-01
   */
  public static TradingCalendar calendar(List<Row> bars, List<Row> sessions) {
    TradingCalendar ofBars = calendar(bars);
    if (sessions.isEmpty() || ofBars.size() == 0) {
      return ofBars;
    }
    int first = ofBars.epochDay(0);
    int last = ofBars.epochDay(ofBars.size() - 1);
    RowReader.WholeColumn day = reader(sessions, "day").whole("day");
    return new TradingCalendar(
        IntStream.concat(
                Arrays.stream(ofBars.epochDays()),
                sessions.stream().mapToInt(day::of).filter(d -> d >= first && d <= last))
            .sorted()
            .distinct()
            .toArray());
  }

  /** The days of a calendar, and after its last those of another. */
  public static TradingCalendar continued(TradingCalendar calendar, TradingCalendar other) {
    if (calendar.size() == 0) {
      return other;
    }
    int last = calendar.epochDay(calendar.size() - 1);
    return new TradingCalendar(
        IntStream.concat(
                Arrays.stream(calendar.epochDays()),
                Arrays.stream(other.epochDays()).filter(day -> day > last))
            .toArray());
  }

  /**
   * A benchmark's returns, and the factors, on the days of the calendar.
   *
   * @param bars of the benchmark: day, close, adjusted_close
   * @param factors day and {@link #FACTORS}
   */
  public static MarketData market(
      TradingCalendar calendar,
      List<Row> bars,
      List<Row> factors,
      PriceKind price,
      ReturnKind kind) {
    Map<String, double[]> series = new TreeMap<>();
    FACTORS.forEach(factor -> series.put(factor, aligned(calendar, factors, factor)));
    return MarketData.ofBenchmark(returns(calendar, bars, price, kind)).withFactors(series);
  }

  /**
   * The peers by their ids, on the days of the calendar. A peer without adjusted closes is measured
   * on its closes, as an event's instrument is.
   *
   * @param bars instrument_id, day, close, adjusted_close
   * @param values instrument_id, day, market_cap_usd
   */
  public static Map<String, PeerSeries> peers(
      TradingCalendar calendar,
      List<Row> bars,
      List<Row> values,
      PriceKind price,
      ReturnKind kind) {
    Map<String, List<Row>> valuesByPeer = byInstrument(values);
    Map<String, PeerSeries> peers = new TreeMap<>();
    byInstrument(bars)
        .forEach(
            (id, rows) ->
                peers.put(
                    id,
                    new PeerSeries(
                        returns(calendar, rows, price, kind),
                        aligned(
                            calendar,
                            valuesByPeer.getOrDefault(id, List.of()),
                            "market_cap_usd"))));
    return peers;
  }

  private static Map<String, List<Row>> byInstrument(List<Row> rows) {
    Map<String, List<Row>> found = new TreeMap<>();
    if (!rows.isEmpty()) {
      RowReader reader = reader(rows, "instrument_id");
      for (Row row : rows) {
        found
            .computeIfAbsent(reader.at(row).text("instrument_id"), id -> new ArrayList<>())
            .add(row);
      }
    }
    return found;
  }

  /**
   * What stands for sectors by their names, on the days of the calendar.
   *
   * @param bars instrument_id, day, open, close, adjusted_close
   */
  public static Map<String, SectorSeries> sectors(
      TradingCalendar calendar, List<Row> bars, PriceKind price, ReturnKind kind) {
    Map<String, SectorSeries> sectors = new TreeMap<>();
    byInstrument(bars)
        .forEach(
            (id, rows) ->
                sectors.put(
                    id,
                    SectorSeries.ofFund(
                        id, returns(calendar, rows, price, kind), overnight(calendar, rows))));
    return sectors;
  }

  /**
   * Portfolios of peers by their names, on the days of the calendar.
   *
   * @param sums name, day, weighted, weights, counts: over the sector's instruments that count
   */
  public static Map<String, SectorSeries> peerSectors(TradingCalendar calendar, List<Row> sums) {
    Map<String, List<Row>> byName = new TreeMap<>();
    for (Row row : sums) {
      byName
          .computeIfAbsent(reader(sums, "name").at(row).text("name"), name -> new ArrayList<>())
          .add(row);
    }
    Map<String, SectorSeries> sectors = new TreeMap<>();
    byName.forEach(
        (name, rows) -> {
          double[] counts = aligned(calendar, rows, "counts");
          int[] whole = new int[counts.length];
          for (int t = 0; t < whole.length; t++) {
            whole[t] = Double.isNaN(counts[t]) ? 0 : (int) counts[t];
          }
          sectors.put(
              name,
              SectorSeries.ofPeers(
                  name,
                  new SectorSeries.Pool(
                      aligned(calendar, rows, "weighted"),
                      aligned(calendar, rows, "weights"),
                      whole)));
        });
    return sectors;
  }

  /**
   * Simple returns from the close of the day before to the open.
   *
   * @param bars day, open, close
   */
  public static double[] overnight(TradingCalendar calendar, List<Row> bars) {
    double[] open = aligned(calendar, bars, "open");
    double[] close = aligned(calendar, bars, "close");
    double[] overnight = Vectors.missing(calendar.size());
    for (int t = 1; t < overnight.length; t++) {
      overnight[t] = open[t] / close[t - 1] - 1;
    }
    return overnight;
  }

  private static double[] returns(
      TradingCalendar calendar, List<Row> bars, PriceKind price, ReturnKind kind) {
    PriceHistory history = history(calendar, bars);
    return history.returns(history.has(price) ? price : other(price), kind);
  }

  private static PriceKind other(PriceKind price) {
    return switch (price) {
      case CLOSE -> PriceKind.ADJUSTED_CLOSE;
      case ADJUSTED_CLOSE -> PriceKind.CLOSE;
    };
  }

  /**
   * Closes and given returns on the days of the calendar. A day may have a row of each.
   *
   * @param rows day, close, adjusted_close, total_return, return_ex_dividend
   */
  static PriceHistory history(TradingCalendar calendar, List<Row> rows) {
    PriceHistory closes =
        PriceHistory.ofCloses(
            aligned(calendar, rows, "close"), aligned(calendar, rows, "adjusted_close"));
    double[] total = aligned(calendar, rows, "total_return");
    double[] withoutDividends = aligned(calendar, rows, "return_ex_dividend");
    int[] days =
        IntStream.range(0, total.length)
            .filter(t -> !Double.isNaN(total[t]) || !Double.isNaN(withoutDividends[t]))
            .toArray();
    return days.length == 0
        ? closes
        : closes.withReturns(DailyReturns.of(total, withoutDividends, days));
  }

  /**
   * A column's values on the days of the calendar; NaN where there is none.
   *
   * @param rows day since 1970-01-01, and the column
   */
  public static double[] aligned(TradingCalendar calendar, List<Row> rows, String column) {
    double[] values = Vectors.missing(calendar.size());
    if (rows.isEmpty()) {
      return values;
    }
    RowReader reader = reader(rows, "day", column);
    RowReader.WholeColumn day = reader.whole("day");
    RowReader.NumberColumn value = reader.number(column);
    for (Row row : rows) {
      int index = calendar.indexOf(day.of(row));
      if (index >= 0 && Double.isNaN(values[index])) {
        values[index] = value.of(row);
      }
    }
    return values;
  }

  private static RowReader reader(List<Row> rows, String... columns) {
    return RowReader.of(rows.get(0).schema(), columns);
  }

  /**
   * Closing times by code of the exchange and day since 1970-01-01.
   *
   * @param sessions exchange, day since 1970-01-01, close_time as HH:mm
   */
  public static Map<String, Map<Integer, LocalTime>> closes(List<Row> sessions) {
    Map<String, Map<Integer, LocalTime>> closes = new HashMap<>();
    for (Row row : sessions) {
      RowReader.Cells session = RowReader.of(row.schema(), "exchange", "day", "close_time").at(row);
      closes
          .computeIfAbsent(Exchange.codeOf(session.text("exchange")), exchange -> new HashMap<>())
          .put(session.whole("day"), LocalTime.parse(session.text("close_time")));
    }
    return closes;
  }
}
