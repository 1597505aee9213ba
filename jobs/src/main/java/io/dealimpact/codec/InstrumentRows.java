package io.dealimpact.codec;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.year;

import io.dealimpact.study.event.DealParty;
import io.dealimpact.study.event.EventInput;
import io.dealimpact.study.event.InstrumentInput;
import io.dealimpact.study.event.MarketId;
import io.dealimpact.study.event.OwnEstimation;
import io.dealimpact.study.event.OwnWindows;
import io.dealimpact.study.market.Announcement;
import io.dealimpact.study.market.DailyReturns;
import io.dealimpact.study.market.EventWindow;
import io.dealimpact.study.market.PriceHistory;
import io.dealimpact.study.market.TradingCalendar;
import io.dealimpact.study.numeric.Vectors;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * An instrument's rows. Three kinds travel in one shape, so that one shuffle brings them together:
 * packed years of bars and values, earnings reports, and events. What a kind does not have is NULL.
 */
public final class InstrumentRows {
  private static final int SERIES = 0;
  private static final int EARNINGS = 1;
  private static final int EVENT = 2;

  private static final Encoder<InstrumentRow> ENCODER = Encoders.bean(InstrumentRow.class);
  private static final StructType SHAPE = ENCODER.schema();

  private InstrumentRows() {}

  /** Encoder of the rows. */
  public static Encoder<InstrumentRow> encoder() {
    return ENCODER;
  }

  /** The columns that bring an instrument's rows into order. */
  public static Column[] order() {
    return new Column[] {col("kind"), col("position"), col("eventId")};
  }

  /** The column with the instrument's id. */
  public static Column instrument() {
    return col("instrumentId");
  }

  /** Days whose bar is in quarantine, packed by year: a series without closes. */
  public static Dataset<Row> refused(Dataset<Row> rows) {
    Column none = transform(col("days"), day -> lit(Double.NaN));
    Map<String, Column> columns = new HashMap<>();
    columns.put("position", col("trade_year"));
    columns.put("days", col("days"));
    for (String price : List.of("open", "high", "low", "close", "adjustedClose", "volumeShares")) {
      columns.put(price, none);
    }
    columns.put("valueDays", array().cast("array<int>"));
    columns.put("marketCapUsd", array().cast("array<double>"));
    columns.put("usdPerUnit", array().cast("array<double>"));
    return shape(
        rows.groupBy(col("instrument_id"), year(col("trade_date")).as("trade_year"))
            .agg(array_sort(collect_list(unix_date(col("trade_date")))).as("days")),
        SERIES,
        columns);
  }

  /**
   * Packed years, of which what returns are made of: rows of {@code silver.series} with the
   * instrument's sector and home_market.
   */
  public static Dataset<Row> returns(Dataset<Row> rows) {
    Map<String, Column> terms =
        Map.of("choice", lit(0), "sector", col("sector"), "homeMarket", col("home_market"));
    Column[] fields =
        Arrays.stream(((StructType) SHAPE.apply("event").dataType()).fields())
            .map(
                field ->
                    terms
                        .getOrDefault(field.name(), lit(null).cast(field.dataType()))
                        .as(field.name()))
            .toArray(Column[]::new);
    return shape(
        rows,
        SERIES,
        Map.of(
            "position", col("trade_year"),
            "days", col("days"),
            "close", col("close"),
            "adjustedClose", col("adjusted_close"),
            "returnDays", col("return_days"),
            "totalReturns", col("total_return"),
            "priceReturns", col("return_ex_dividend"),
            "event", struct(fields)));
  }

  /** Packed years: rows of {@code silver.series}. */
  public static Dataset<Row> series(Dataset<Row> rows) {
    Map<String, Column> columns = new HashMap<>();
    columns.put("position", col("trade_year"));
    columns.put("days", col("days"));
    columns.put("open", col("open"));
    columns.put("high", col("high"));
    columns.put("low", col("low"));
    columns.put("close", col("close"));
    columns.put("adjustedClose", col("adjusted_close"));
    columns.put("volumeShares", col("volume_shares"));
    columns.put("valueDays", col("value_days"));
    columns.put("marketCapUsd", col("market_cap_usd"));
    columns.put("usdPerUnit", col("usd_per_unit"));
    columns.put("returnDays", col("return_days"));
    columns.put("totalReturns", col("total_return"));
    columns.put("priceReturns", col("return_ex_dividend"));
    return shape(rows, SERIES, columns);
  }

  /**
   * Earnings reports: rows with instrument_id.
   *
   * @param day since 1970-01-01
   * @param instant microseconds since 1970, NULL where only the day is known
   */
  public static Dataset<Row> earnings(Dataset<Row> rows, Column day, Column instant) {
    return shape(rows, EARNINGS, Map.of("position", day, "instant", instant));
  }

  /**
   * Events: rows with choice, instrument_id, event_id, deal_id, role, deal_type, deal_usd,
   * value_type, listed_parties, confounders, exchange, market, benchmark, home_market, sector,
   * attributes, estimation_first, estimation_last, estimation_unit, window_first, window_last,
   * sector_series and instrument_status.
   *
   * @param day since 1970-01-01
   * @param instant microseconds since 1970, NULL where only the day is known
   */
  public static Dataset<Row> events(Dataset<Row> rows, Column day, Column instant) {
    Column event =
        struct(
            col("choice"),
            col("deal_id").as("dealId"),
            col("role"),
            col("deal_type").as("dealType"),
            col("deal_usd").as("dealUsd"),
            col("value_type").as("valueType"),
            col("listed_parties").as("listedParties"),
            col("confounders"),
            col("exchange"),
            col("market"),
            col("benchmark"),
            col("home_market").as("homeMarket"),
            col("sector"),
            col("attributes"),
            col("estimation_first").as("estimationFirst"),
            col("estimation_last").as("estimationLast"),
            col("estimation_unit").as("estimationUnit"),
            col("window_first").as("windowFirst"),
            col("window_last").as("windowLast"),
            col("sector_series").as("sectorSeries"),
            col("instrument_status").as("instrumentStatus"));
    return shape(
        rows,
        EVENT,
        Map.of("position", day, "instant", instant, "eventId", col("event_id"), "event", event));
  }

  private static Dataset<Row> shape(Dataset<Row> rows, int kind, Map<String, Column> given) {
    Map<String, Column> columns = new HashMap<>(given);
    columns.put("instrumentId", col("instrument_id"));
    columns.put("kind", lit(kind));
    return rows.select(
        Arrays.stream(SHAPE.fields())
            .map(
                field ->
                    columns.containsKey(field.name())
                        ? columns.get(field.name()).as(field.name())
                        : lit(null).cast(field.dataType()).as(field.name()))
            .toArray(Column[]::new));
  }

  /**
   * One instrument from its rows; NaN in an array that the rows do not have.
   *
   * @param rows in the order of {@link #order}
   */
  static InstrumentInput decode(Iterator<InstrumentRow> rows, TradingCalendar calendar) {
    Series series = new Series(calendar);
    List<EventInput> events = new ArrayList<>();
    List<InstrumentInput.EarningsReport> earnings = new ArrayList<>();
    String sector = null;
    while (rows.hasNext()) {
      InstrumentRow row = rows.next();
      switch (row.getKind()) {
        case SERIES -> series.add(row);
        case EARNINGS ->
            earnings.add(new InstrumentInput.EarningsReport(row.getPosition(), announcement(row)));
        case EVENT -> {
          events.add(event(row));
          sector = row.getEvent().getSectorSeries();
        }
        default -> throw new IllegalStateException("no row kind " + row.getKind());
      }
    }
    return new InstrumentInput(
        new PriceHistory(
            series.open,
            series.high,
            series.low,
            series.close,
            series.adjustedClose,
            series.refused,
            series.returns()),
        series.marketCapUsd,
        series.usdPerUnit,
        series.volumeShares,
        events,
        earnings,
        sector);
  }

  private static EventInput event(InstrumentRow row) {
    EventTerms event = row.getEvent();
    return new EventInput(
        row.getEventId(),
        new DealParty(
            event.getDealId(),
            event.getRole(),
            event.getDealType(),
            event.getDealUsd() == null ? Double.NaN : event.getDealUsd(),
            event.getValueType(),
            event.getListedParties(),
            event.getConfounders()),
        announcement(row),
        row.getPosition(),
        event.getExchange(),
        new MarketId(event.getMarket(), event.getBenchmark()),
        event.getAttributes() == null ? Map.of() : event.getAttributes(),
        own(event),
        event.getInstrumentStatus());
  }

  private static OwnWindows own(EventTerms event) {
    return new OwnWindows(
        event.getEstimationUnit() == null
            ? Optional.empty()
            : Optional.of(
                new OwnEstimation(
                    event.getEstimationFirst(),
                    event.getEstimationLast(),
                    OwnEstimation.Unit.valueOf(event.getEstimationUnit()))),
        event.getWindowFirst() == null
            ? Optional.empty()
            : Optional.of(new EventWindow(event.getWindowFirst(), event.getWindowLast())));
  }

  private static Announcement announcement(InstrumentRow row) {
    return row.getInstant() == null
        ? Announcement.on(LocalDate.ofEpochDay(row.getPosition()))
        : Announcement.at(Instant.EPOCH.plus(row.getInstant(), ChronoUnit.MICROS));
  }

  /** An instrument's bars and values, one for each day of the calendar; NaN where there is none. */
  private static final class Series {
    private final TradingCalendar calendar;
    private final double[] open;
    private final double[] high;
    private final double[] low;
    private final double[] close;
    private final double[] adjustedClose;
    private final double[] volumeShares;
    private final double[] marketCapUsd;
    private final double[] usdPerUnit;
    private final Set<Integer> refused = new HashSet<>();
    private final TreeSet<Integer> returnDays = new TreeSet<>();
    private double[] totalReturns = {};
    private double[] priceReturns = {};

    Series(TradingCalendar calendar) {
      this.calendar = calendar;
      open = Vectors.missing(calendar.size());
      high = Vectors.missing(calendar.size());
      low = Vectors.missing(calendar.size());
      close = Vectors.missing(calendar.size());
      adjustedClose = Vectors.missing(calendar.size());
      volumeShares = Vectors.missing(calendar.size());
      marketCapUsd = Vectors.missing(calendar.size());
      usdPerUnit = Vectors.missing(calendar.size());
    }

    /** Adds a year; days that the calendar does not have are left out. */
    void add(InstrumentRow year) {
      int[] places = calendar.indicesOf(year.getDays());
      place(year.getOpen(), places, open);
      place(year.getHigh(), places, high);
      place(year.getLow(), places, low);
      place(year.getClose(), places, close);
      for (int i = 0; i < places.length; i++) {
        if (places[i] >= 0 && Double.isNaN(year.getClose()[i])) {
          refused.add(places[i]);
        }
      }
      place(year.getAdjustedClose(), places, adjustedClose);
      place(year.getVolumeShares(), places, volumeShares);
      if (year.getValueDays() != null) {
        int[] valuePlaces = calendar.indicesOf(year.getValueDays());
        place(year.getMarketCapUsd(), valuePlaces, marketCapUsd);
        place(year.getUsdPerUnit(), valuePlaces, usdPerUnit);
      }
      if (year.getReturnDays() != null && year.getReturnDays().length > 0) {
        addReturns(year);
      }
    }

    private void addReturns(InstrumentRow year) {
      if (totalReturns.length == 0) {
        totalReturns = Vectors.missing(calendar.size());
        priceReturns = Vectors.missing(calendar.size());
      }
      int[] places = calendar.indicesOf(year.getReturnDays());
      place(year.getTotalReturns(), places, totalReturns);
      place(year.getPriceReturns(), places, priceReturns);
      Arrays.stream(places).filter(place -> place >= 0).forEach(returnDays::add);
    }

    DailyReturns returns() {
      return returnDays.isEmpty()
          ? DailyReturns.NONE
          : DailyReturns.of(
              totalReturns,
              priceReturns,
              returnDays.stream().mapToInt(Integer::intValue).toArray());
    }

    private static void place(double[] values, int[] places, double[] to) {
      for (int i = 0; values != null && i < places.length; i++) {
        if (places[i] >= 0) {
          to[places[i]] = values[i];
        }
      }
    }
  }
}
