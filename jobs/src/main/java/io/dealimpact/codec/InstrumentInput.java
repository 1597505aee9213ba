package io.dealimpact.codec;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import io.dealimpact.study.market.Announcement;
import io.dealimpact.study.market.PriceHistory;
import io.dealimpact.study.market.TradingCalendar;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * All that is known of one instrument, from rows of {@link #SCHEMA} that belong to it. Four kinds
 * of rows travel in one shape, so that one shuffle brings them together.
 *
 * @param prices aligned to the calendar
 * @param marketCapUsd value at each day's close, USD, aligned to the calendar; NaN where unknown
 * @param usdPerUnit USD for one unit of its currency, aligned likewise
 * @param volumeShares shares traded each day, split-adjusted, aligned likewise
 * @param events in the order of their ids
 * @param earnings in the order of their days
 */
record InstrumentInput(
    PriceHistory prices,
    double[] marketCapUsd,
    double[] usdPerUnit,
    double[] volumeShares,
    List<EventInput> events,
    List<EarningsReport> earnings) {

  /** What a row of {@link #SCHEMA} is: the value of its column {@code kind}. */
  static final int BAR = 0;

  static final int MARKET_CAP = 1;
  static final int EARNINGS = 2;
  static final int EVENT = 3;

  /**
   * The one shape: {@code day} counts from 1970-01-01; {@code instant} is in microseconds, NULL for
   * a day without a time; numbers are open, high, low, close, adjusted close, volume of a bar, or
   * value and rate of a market cap, or the value of a deal.
   */
  static final StructType SCHEMA =
      new StructType()
          .add("instrument_id", StringType)
          .add("kind", IntegerType)
          .add("day", IntegerType)
          .add("event_id", StringType)
          .add("instant", LongType)
          .add("number1", DoubleType)
          .add("number2", DoubleType)
          .add("number3", DoubleType)
          .add("number4", DoubleType)
          .add("number5", DoubleType)
          .add("deal_id", StringType)
          .add("role", StringType)
          .add("deal_type", StringType)
          .add("exchange", StringType)
          .add("instrument_status", StringType)
          .add("number6", DoubleType);

  /**
   * An earnings report.
   *
   * @param epochDay its day, since 1970-01-01
   * @param announcement its instant, or its day
   */
  record EarningsReport(int epochDay, Announcement announcement) {}

  static InstrumentInput decode(Iterator<Row> rows, TradingCalendar calendar) {
    double[][] bars = new double[5][];
    for (int i = 0; i < bars.length; i++) {
      bars[i] = missing(calendar);
    }
    double[] volume = missing(calendar);
    double[] caps = missing(calendar);
    double[] rates = missing(calendar);
    List<EventInput> events = new ArrayList<>();
    List<EarningsReport> earnings = new ArrayList<>();
    while (rows.hasNext()) {
      Row row = rows.next();
      int day = row.getInt(2);
      int index = calendar.indexOf(day);
      switch (row.getInt(1)) {
        case BAR -> {
          for (int i = 0; i < bars.length && index >= 0; i++) {
            bars[i][index] = number(row, 5 + i);
          }
          if (index >= 0) {
            volume[index] = number(row, 15);
          }
        }
        case MARKET_CAP -> {
          if (index >= 0) {
            caps[index] = number(row, 5);
            rates[index] = number(row, 6);
          }
        }
        case EARNINGS -> earnings.add(new EarningsReport(day, announcement(row, day)));
        case EVENT ->
            events.add(
                new EventInput(
                    row.getString(3),
                    row.getString(10),
                    row.getString(11),
                    row.getString(12),
                    announcement(row, day),
                    day,
                    number(row, 5),
                    row.getString(13),
                    row.getString(14)));
        default -> throw new IllegalStateException("no row kind " + row.getInt(1));
      }
    }
    return new InstrumentInput(
        new PriceHistory(bars[0], bars[1], bars[2], bars[3], bars[4]),
        caps,
        rates,
        volume,
        events,
        earnings);
  }

  private static Announcement announcement(Row row, int day) {
    return row.isNullAt(4)
        ? Announcement.on(LocalDate.ofEpochDay(day))
        : Announcement.at(Instant.EPOCH.plus(row.getLong(4), ChronoUnit.MICROS));
  }

  private static double number(Row row, int field) {
    return row.isNullAt(field) ? Double.NaN : row.getDouble(field);
  }

  private static double[] missing(TradingCalendar calendar) {
    double[] none = new double[calendar.size()];
    Arrays.fill(none, Double.NaN);
    return none;
  }
}
