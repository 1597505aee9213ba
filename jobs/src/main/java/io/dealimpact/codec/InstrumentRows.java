package io.dealimpact.codec;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import io.dealimpact.row.Columns;
import io.dealimpact.row.RowReader;
import io.dealimpact.study.event.DealParty;
import io.dealimpact.study.event.EventInput;
import io.dealimpact.study.event.InstrumentInput;
import io.dealimpact.study.market.Announcement;
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
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * An instrument's rows. Four kinds travel in one shape, so that one shuffle brings them together:
 * bars, market values, earnings reports and events. Each kind has its own nested row; the others
 * are NULL.
 */
public final class InstrumentRows {
  /** The columns that bring an instrument's rows into order. */
  public static final List<String> ORDER = List.of("kind", "day", "event_id");

  private static final int BAR = 0;
  private static final int MARKET_CAP = 1;
  private static final int EARNINGS = 2;
  private static final int EVENT = 3;

  private static final StructType BAR_ROW =
      new StructType()
          .add("open", DoubleType)
          .add("high", DoubleType)
          .add("low", DoubleType)
          .add("close", DoubleType)
          .add("adjusted_close", DoubleType)
          .add("volume_shares", DoubleType);
  private static final StructType MARKET_CAP_ROW =
      new StructType().add("market_cap_usd", DoubleType).add("usd_per_unit", DoubleType);
  private static final StructType EVENT_ROW =
      new StructType()
          .add("deal_id", StringType)
          .add("role", StringType)
          .add("deal_type", StringType)
          .add("deal_usd", DoubleType)
          .add("listed_parties", IntegerType)
          .add("exchange", StringType)
          .add("instrument_status", StringType);

  /**
   * The one shape. {@code day} counts from 1970-01-01. {@code instant} is in microseconds since
   * 1970, NULL for a day without a time.
   */
  private static final StructType SCHEMA =
      new StructType()
          .add("instrument_id", StringType)
          .add("kind", IntegerType)
          .add("day", IntegerType)
          .add("event_id", StringType)
          .add("instant", LongType)
          .add("bar", BAR_ROW)
          .add("market_cap", MARKET_CAP_ROW)
          .add("event", EVENT_ROW);

  private static final RowReader READER = RowReader.of(SCHEMA);
  private static final RowReader EVENTS = RowReader.of(EVENT_ROW);

  private InstrumentRows() {}

  static RowReader reader() {
    return READER;
  }

  /**
   * Daily bars: rows with instrument_id, open, high, low, close, adjusted_close and volume_shares.
   * One without a close is in quarantine.
   *
   * @param day since 1970-01-01
   */
  public static Dataset<Row> bars(Dataset<Row> rows, Column day) {
    return shape(rows, BAR, day, Map.of("bar", nested(BAR_ROW)));
  }

  /**
   * Market values: rows with instrument_id, market_cap_usd and usd_per_unit.
   *
   * @param day since 1970-01-01
   */
  public static Dataset<Row> marketCaps(Dataset<Row> rows, Column day) {
    return shape(rows, MARKET_CAP, day, Map.of("market_cap", nested(MARKET_CAP_ROW)));
  }

  /**
   * Earnings reports: rows with instrument_id.
   *
   * @param day since 1970-01-01
   * @param instant microseconds since 1970, NULL where only the day is known
   */
  public static Dataset<Row> earnings(Dataset<Row> rows, Column day, Column instant) {
    return shape(rows, EARNINGS, day, Map.of("instant", instant));
  }

  /**
   * Events: rows with instrument_id, event_id, deal_id, role, deal_type, deal_usd, listed_parties,
   * exchange and instrument_status.
   *
   * @param day since 1970-01-01
   * @param instant microseconds since 1970, NULL where only the day is known
   */
  public static Dataset<Row> events(Dataset<Row> rows, Column day, Column instant) {
    return shape(
        rows,
        EVENT,
        day,
        Map.of("instant", instant, "event_id", col("event_id"), "event", nested(EVENT_ROW)));
  }

  private static Column nested(StructType row) {
    return struct(Columns.named(List.of(row.fieldNames())));
  }

  private static Dataset<Row> shape(
      Dataset<Row> rows, int kind, Column day, Map<String, Column> given) {
    Map<String, Column> columns = new HashMap<>(given);
    columns.put("instrument_id", col("instrument_id"));
    columns.put("kind", lit(kind));
    columns.put("day", day);
    return rows.select(
        Arrays.stream(SCHEMA.fields())
            .map(
                field ->
                    columns
                        .getOrDefault(field.name(), lit(null))
                        .cast(field.dataType())
                        .as(field.name()))
            .toArray(Column[]::new));
  }

  /**
   * One instrument from its rows.
   *
   * @param rows in the order of {@link #ORDER}
   */
  static InstrumentInput decode(Iterator<Row> rows, TradingCalendar calendar) {
    RowReader.WholeColumn kinds = READER.whole("kind");
    RowReader.WholeColumn days = READER.whole("day");
    Bars bars = new Bars(calendar);
    MarketCaps caps = new MarketCaps(calendar);
    List<EventInput> events = new ArrayList<>();
    List<InstrumentInput.EarningsReport> earnings = new ArrayList<>();
    while (rows.hasNext()) {
      Row row = rows.next();
      int day = days.of(row);
      int kind = kinds.of(row);
      switch (kind) {
        case BAR -> bars.add(row, calendar.indexOf(day));
        case MARKET_CAP -> caps.add(row, calendar.indexOf(day));
        case EARNINGS ->
            earnings.add(new InstrumentInput.EarningsReport(day, announcement(row, day)));
        case EVENT -> events.add(event(row, day));
        default -> throw new IllegalStateException("no row kind " + kind);
      }
    }
    return new InstrumentInput(
        new PriceHistory(
            bars.open, bars.high, bars.low, bars.close, bars.adjustedClose, bars.refused),
        caps.marketCapUsd,
        caps.usdPerUnit,
        bars.volumeShares,
        events,
        earnings);
  }

  private static EventInput event(Row row, int day) {
    RowReader.Cells event = EVENTS.at(READER.nested("event").of(row));
    return new EventInput(
        READER.at(row).text("event_id"),
        new DealParty(
            event.text("deal_id"),
            event.text("role"),
            event.text("deal_type"),
            event.number("deal_usd"),
            event.whole("listed_parties")),
        announcement(row, day),
        day,
        event.text("exchange"),
        event.text("instrument_status"));
  }

  private static Announcement announcement(Row row, int day) {
    RowReader.Cells cells = READER.at(row);
    return cells.isNull("instant")
        ? Announcement.on(LocalDate.ofEpochDay(day))
        : Announcement.at(Instant.EPOCH.plus(cells.count("instant"), ChronoUnit.MICROS));
  }

  /** An instrument's bars, a value for each day of the calendar; NaN where there is none. */
  private static final class Bars {
    private static final RowReader COLUMNS = RowReader.of(BAR_ROW);
    private static final RowReader.NestedColumn BAR_COLUMN = READER.nested("bar");
    private static final RowReader.NumberColumn OPEN = COLUMNS.number("open");
    private static final RowReader.NumberColumn HIGH = COLUMNS.number("high");
    private static final RowReader.NumberColumn LOW = COLUMNS.number("low");
    private static final RowReader.NumberColumn CLOSE = COLUMNS.number("close");
    private static final RowReader.NumberColumn ADJUSTED_CLOSE = COLUMNS.number("adjusted_close");
    private static final RowReader.NumberColumn VOLUME_SHARES = COLUMNS.number("volume_shares");

    private final double[] open;
    private final double[] high;
    private final double[] low;
    private final double[] close;
    private final double[] adjustedClose;
    private final double[] volumeShares;
    private final Set<Integer> refused = new HashSet<>();

    Bars(TradingCalendar calendar) {
      open = Vectors.missing(calendar.size());
      high = Vectors.missing(calendar.size());
      low = Vectors.missing(calendar.size());
      close = Vectors.missing(calendar.size());
      adjustedClose = Vectors.missing(calendar.size());
      volumeShares = Vectors.missing(calendar.size());
    }

    /** Days that the calendar does not have are left out. */
    void add(Row row, int index) {
      if (index < 0) {
        return;
      }
      Row bar = BAR_COLUMN.of(row);
      if (Double.isNaN(CLOSE.of(bar))) {
        refused.add(index);
        return;
      }
      open[index] = OPEN.of(bar);
      high[index] = HIGH.of(bar);
      low[index] = LOW.of(bar);
      close[index] = CLOSE.of(bar);
      adjustedClose[index] = ADJUSTED_CLOSE.of(bar);
      volumeShares[index] = VOLUME_SHARES.of(bar);
    }
  }

  /** An instrument's market values, a value for each day of the calendar; NaN for none. */
  private static final class MarketCaps {
    private static final RowReader COLUMNS = RowReader.of(MARKET_CAP_ROW);
    private static final RowReader.NestedColumn MARKET_CAP_COLUMN = READER.nested("market_cap");
    private static final RowReader.NumberColumn VALUE = COLUMNS.number("market_cap_usd");
    private static final RowReader.NumberColumn RATE = COLUMNS.number("usd_per_unit");

    private final double[] marketCapUsd;
    private final double[] usdPerUnit;

    MarketCaps(TradingCalendar calendar) {
      marketCapUsd = Vectors.missing(calendar.size());
      usdPerUnit = Vectors.missing(calendar.size());
    }

    void add(Row row, int index) {
      if (index >= 0) {
        Row value = MARKET_CAP_COLUMN.of(row);
        marketCapUsd[index] = VALUE.of(value);
        usdPerUnit[index] = RATE.of(value);
      }
    }
  }
}
