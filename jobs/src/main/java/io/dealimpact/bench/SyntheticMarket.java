package io.dealimpact.bench;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.date_from_unix_date;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.year;

import io.dealimpact.lake.Lake;
import io.dealimpact.lake.Tables;
import io.dealimpact.row.RowWriter;
import io.dealimpact.study.numeric.Hash;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A market that does not exist, for the benchmark of the study. Each instrument and each event is a
 * pure function of its number and the seed, so that no partitioning changes a row.
 *
 * <p>The return of instrument i on day d is
 *
 * <pre>r = β_i·m_d + s_(sector of i, d) + e_(i,d) + effects of the events of i on day d</pre>
 *
 * with β from 0.5 to 1.5 and m, s and e Student's t with 4 degrees of freedom, scaled to 1, 0.6 and
 * 1.5 % a day. One day in 400 has no bar. One instrument in ten is delisted in the last two fifths
 * of the days. Half of the events, drawn at random, move their day 0 by {@link #EFFECT}; the other
 * half do nothing. The mean CARs of the two halves therefore differ by the effect, however dense
 * the events are and whatever else falls into their windows.
 *
 * <p>Day 0 of an event and the day before always have a bar, so that no return spans a halt. The
 * windows of some events hold a day without a bar, or end after a delisting.
 *
 * @param instruments their number, the benchmark not counted
 * @param days trading days: Mondays to Fridays from 3 January 2000 on
 * @param events their number
 * @param placement which instruments have events
 * @param seed another seed gives another market
 */
record SyntheticMarket(int instruments, int days, long events, Placement placement, long seed)
    implements Serializable {

  /** Which instruments have events. */
  enum Placement {
    /** All, as many each as the others or one more. */
    ALL_INSTRUMENTS,
    /** The first alone. */
    ONE_INSTRUMENT
  }

  /** Whether {@code silver.instruments} names the sector of an instrument. */
  enum SectorNames {
    GIVEN,
    LEFT_OUT
  }

  /** instrument_id of the benchmark. */
  static final String BENCHMARK = "MARKET";

  /** What an event of the half that has an effect adds to the return of its day 0. */
  static final double EFFECT = 0.02;

  static final int SECTORS = 12;
  static final int LEAST_DAYS = 300;

  /** The first day an event can have: 260 returns come before it. */
  static final int FIRST_EVENT_DAY = 261;

  /** Bars that an instrument has after the last event at least. */
  private static final int DAYS_AFTER = 5;

  private static final int DAYS_WITHOUT_BAR = 400;
  private static final int MONDAY = (int) LocalDate.of(2000, 1, 3).toEpochDay();
  private static final long BARS_A_PARTITION = 2_000_000;

  // Streams of random numbers.
  private static final int OF_MARKET = 1;
  private static final int OF_SECTOR = 2;
  private static final int OF_INSTRUMENT = 3;
  private static final int OF_BETA = 4;
  private static final int OF_DELISTING = 5;
  private static final int OF_GAPS = 6;
  private static final int OF_EVENT_DAY = 7;
  private static final int OF_EFFECT = 8;

  SyntheticMarket {
    if (instruments < 1 || days < LEAST_DAYS || events < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a market needs an instrument, %d days and an event, not %d, %d and %d",
              LEAST_DAYS,
              instruments,
              days,
              events));
    }
  }

  private static final StructType BAR =
      new StructType()
          .add("instrument_id", DataTypes.StringType)
          .add("day", DataTypes.IntegerType)
          .add("open", DataTypes.DoubleType)
          .add("high", DataTypes.DoubleType)
          .add("low", DataTypes.DoubleType)
          .add("close", DataTypes.DoubleType)
          .add("adjusted_close", DataTypes.DoubleType)
          .add("volume_shares", DataTypes.DoubleType);

  private static final StructType EVENT =
      new StructType()
          .add("deal_id", DataTypes.StringType)
          .add("instrument_id", DataTypes.StringType)
          .add("day", DataTypes.IntegerType)
          .add("sector", DataTypes.IntegerType)
          .add("beta", DataTypes.DoubleType)
          .add("effect", DataTypes.DoubleType);

  private static final RowWriter BARS = new RowWriter(BAR);
  private static final RowWriter EVENTS = new RowWriter(EVENT);

  /** Bars of the benchmark and of all instruments: instrument_id, trade_date, prices, volume. */
  Dataset<Row> bars(SparkSession spark, int partitions) {
    return bars(spark.range(-1, instruments, 1, partitions));
  }

  /** Bars of one instrument. */
  Dataset<Row> barsOf(SparkSession spark, int instrument) {
    return bars(spark.range(instrument, instrument + 1L, 1, 1));
  }

  private Dataset<Row> bars(Dataset<Long> numbers) {
    FlatMapFunction<Long, Row> bars = new Bars(this);
    return numbers
        .as(Encoders.LONG())
        .flatMap(bars, Encoders.row(BAR))
        .withColumn("trade_date", date_from_unix_date(col("day")))
        .drop("day")
        .withColumn("trade_year", year(col("trade_date")));
  }

  /** Events: event_id, deal_id, instrument_id, announced_date, and the sector, beta and effect. */
  Dataset<Row> events(SparkSession spark, int partitions) {
    FlatMapFunction<Long, Row> eventsOf = i -> eventRows(i.intValue()).iterator();
    return spark
        .range(0, instruments, 1, partitions)
        .as(Encoders.LONG())
        .flatMap(eventsOf, Encoders.row(EVENT))
        .withColumn("event_id", concat(col("deal_id"), lit(":"), col("instrument_id")))
        .withColumn("announced_date", date_from_unix_date(col("day")))
        .drop("day");
  }

  /**
   * Writes the silver tables that a study reads, sectors left out, and the events with what is true
   * of them as Parquet.
   */
  void write(Lake lake, Path truth) {
    SparkSession spark = lake.spark();
    int partitions =
        (int)
            Math.max(
                spark.sparkContext().defaultParallelism(),
                (long) instruments * days / BARS_A_PARTITION);
    writeInstruments(lake, SectorNames.LEFT_OUT);
    Silver.append(lake, Tables.BARS, bars(spark, partitions));
    Dataset<Row> events = events(spark, partitions);
    events.write().parquet(truth.toString());
    Dataset<Row> written = spark.read().parquet(truth.toString());
    Silver.append(
        lake,
        Tables.DEALS,
        written.withColumn("status", lit("announced")).withColumn("deal_type", lit("synthetic")));
    Silver.append(
        lake,
        Tables.DEAL_PARTIES,
        written
            .withColumn("organisation", col("instrument_id"))
            .withColumn("role", lit("provider")));
  }

  /** Writes {@code silver.instruments} alone. */
  void writeInstruments(Lake lake, SectorNames sectors) {
    Silver.append(
        lake,
        Tables.INSTRUMENTS,
        lake.spark()
            .sql(
                String.format(
                    Locale.ROOT,
                    """
                    select instrument_id, instrument_id ticker, 'USD' currency, kind, sector
                    from (select '%s' instrument_id, 'etf' kind, cast(null as string) sector
                          union all
                          select concat('I', lpad(id, 6, '0')), 'equity', %s from range(%d))
                    """,
                    BENCHMARK,
                    switch (sectors) {
                      case GIVEN -> "concat('sector ', id % " + SECTORS + ")";
                      case LEFT_OUT -> "null";
                    },
                    instruments)));
  }

  /**
   * The size of the market, for people.
   *
   * @param events what its events are called
   */
  String describe(String events) {
    return String.format(
        Locale.ROOT, "%,d × %,d days, %,d %s", instruments, days, this.events, events);
  }

  static String instrumentId(int instrument) {
    return instrument < 0 ? BENCHMARK : String.format(Locale.ROOT, "I%06d", instrument);
  }

  /** β of an instrument. */
  double beta(int instrument) {
    return 0.5 + uniform(instrument, 0, OF_BETA);
  }

  /** The last day on which an instrument has a bar. */
  int lastDay(int instrument) {
    if (instrument < 1 || uniform(instrument, 0, OF_DELISTING) >= 0.1) {
      return days - 1;
    }
    int earliest = Math.max(FIRST_EVENT_DAY + 30, days * 3 / 5);
    return earliest + (int) (uniform(instrument, 1, OF_DELISTING) * (days - earliest));
  }

  /** Whether an instrument that is still listed has a bar. Days off fall on one day in five. */
  boolean hasBar(int instrument, int day) {
    return (day + instrument) % 5 != 3 || uniform(instrument, day, OF_GAPS) * DAYS_WITHOUT_BAR >= 5;
  }

  /** Number of events of an instrument. */
  long eventsOf(int instrument) {
    return switch (placement) {
      case ALL_INSTRUMENTS -> events / instruments + (instrument < events % instruments ? 1 : 0);
      case ONE_INSTRUMENT -> instrument == 0 ? events : 0;
    };
  }

  /** The number of an event in the whole market. */
  long eventNumber(int instrument, long event) {
    return switch (placement) {
      case ALL_INSTRUMENTS -> event * instruments + instrument;
      case ONE_INSTRUMENT -> event;
    };
  }

  /** The most events that an instrument can have on days of their own. */
  long mostEvents(int instrument) {
    return Math.max(1, (lastDay(instrument) - DAYS_AFTER - firstEventDay(instrument) + 1) / 5 * 3L);
  }

  /**
   * Whether no two events of an instrument fall on one day. Two that do are one company-day to the
   * program, which counts once in a group, and two to the SQL that it is compared with.
   */
  boolean hasDaysOfTheirOwn() {
    return IntStream.range(0, instruments).allMatch(i -> eventsOf(i) <= mostEvents(i));
  }

  private static int firstEventDay(int instrument) {
    return FIRST_EVENT_DAY + Math.floorMod(-(FIRST_EVENT_DAY + instrument), 5);
  }

  /**
   * Day 0 of an instrument's event: spread over its days, one in each of as many equal parts as it
   * has events. No two fall on one day up to {@link #mostEvents}.
   */
  int eventDay(int instrument, long event) {
    int first = firstEventDay(instrument);
    long allowed = mostEvents(instrument);
    long count = eventsOf(instrument);
    long from = event * allowed / count;
    long part = (event + 1) * allowed / count - from;
    int chosen =
        (int)
            (from
                + (long)
                    (part * uniform(eventNumber(instrument, event), instrument, OF_EVENT_DAY)));
    return first + chosen / 3 * 5 + chosen % 3;
  }

  /** What an event adds to the return of its day 0. */
  double effect(int instrument, long event) {
    return uniform(eventNumber(instrument, event), 0, OF_EFFECT) < 0.5 ? EFFECT : 0;
  }

  private double uniform(long number, int replicate, int stream) {
    return Hash.uniform(Hash.draw(seed, number, replicate, stream));
  }

  /** The date of a trading day. */
  static LocalDate date(int day) {
    return LocalDate.ofEpochDay(epochDay(day));
  }

  private static int epochDay(int day) {
    return MONDAY + day / 5 * 7 + day % 5;
  }

  private List<Row> eventRows(int instrument) {
    long count = eventsOf(instrument);
    List<Row> rows = new ArrayList<>();
    for (long event = 0; event < count; event++) {
      rows.add(
          EVENTS
              .row()
              .text("deal_id", String.format(Locale.ROOT, "d%09d", eventNumber(instrument, event)))
              .text("instrument_id", instrumentId(instrument))
              .whole("day", epochDay(eventDay(instrument, event)))
              .whole("sector", instrument % SECTORS)
              .number("beta", beta(instrument))
              .number("effect", effect(instrument, event))
              .build());
    }
    return rows;
  }

  /** Returns of the market (−1) or a sector. */
  double[] factor(int sector) {
    FatTails draws = new FatTails(Hash.draw(seed, sector, 0, sector < 0 ? OF_MARKET : OF_SECTOR));
    double[] returns = new double[days];
    for (int d = 0; d < days; d++) {
      returns[d] = sector < 0 ? 0.0003 + 0.01 * draws.next() : 0.006 * draws.next();
    }
    return returns;
  }

  /** Returns of an instrument, effects included; of the benchmark for −1. */
  double[] returns(int instrument, double[] market, double[] sector) {
    if (instrument < 0) {
      return market;
    }
    FatTails own = new FatTails(Hash.draw(seed, instrument, 0, OF_INSTRUMENT));
    double beta = beta(instrument);
    double[] returns = new double[days];
    for (int d = 0; d < days; d++) {
      returns[d] = beta * market[d] + sector[d] + 0.015 * own.next();
    }
    long count = eventsOf(instrument);
    for (long event = 0; event < count; event++) {
      returns[eventDay(instrument, event)] += effect(instrument, event);
    }
    return returns;
  }

  /** All bars of an instrument. The factors are drawn once a task. */
  private static final class Bars implements FlatMapFunction<Long, Row> {
    private static final long serialVersionUID = 1;

    private final SyntheticMarket of;
    private transient double[] market;
    private transient double[][] sectors;

    Bars(SyntheticMarket of) {
      this.of = of;
    }

    @Override
    public java.util.Iterator<Row> call(Long number) {
      if (market == null) {
        market = of.factor(-1);
        sectors = new double[SECTORS][];
        for (int s = 0; s < SECTORS; s++) {
          sectors[s] = of.factor(s);
        }
      }
      int instrument = number.intValue();
      double[] returns =
          of.returns(instrument, market, sectors[Math.floorMod(instrument, SECTORS)]);
      int last = of.lastDay(instrument);
      String id = instrumentId(instrument);
      List<Row> rows = new ArrayList<>(last + 1);
      double price = 50 + 100 * of.uniform(instrument, 1, OF_BETA);
      for (int day = 0; day <= last; day++) {
        double open = price;
        // A return below −50 % or above 100 % is cut: a price stays one.
        price *= 1 + Math.max(-0.5, Math.min(1, returns[day]));
        if (instrument < 0 || of.hasBar(instrument, day)) {
          double close = Math.rint(price * 1e4) / 1e4;
          double volume = Math.rint(1e6 * (0.5 + of.uniform(instrument, day, OF_INSTRUMENT)));
          rows.add(
              BARS.row()
                  .text("instrument_id", id)
                  .whole("day", epochDay(day))
                  .number("open", open)
                  .number("high", Math.max(open, close) * 1.003)
                  .number("low", Math.min(open, close) * 0.997)
                  .number("close", close)
                  .number("adjusted_close", close)
                  .number("volume_shares", volume)
                  .build());
        }
      }
      return rows.iterator();
    }
  }
}
