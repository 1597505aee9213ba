package io.dealimpact.stage.study;

import static org.apache.spark.sql.functions.array_join;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.arrays_zip;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import io.dealimpact.codec.EventMeasurer;
import io.dealimpact.codec.GroupStates;
import io.dealimpact.codec.InstrumentRow;
import io.dealimpact.codec.InstrumentRows;
import io.dealimpact.codec.MarketRows;
import io.dealimpact.codec.OutsideDayRows;
import io.dealimpact.config.Configuration.StudySettings;
import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.Tables;
import io.dealimpact.run.Failures;
import io.dealimpact.stage.StageContext;
import io.dealimpact.study.event.EventCalculation;
import io.dealimpact.study.event.EventMeasure.Kind;
import io.dealimpact.study.event.InstrumentMeasurer;
import io.dealimpact.study.event.StudyPlan;
import io.dealimpact.study.market.Exchange;
import io.dealimpact.study.market.MarketData;
import io.dealimpact.study.market.PeerSeries;
import io.dealimpact.study.market.TradingCalendar;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.storage.StorageLevel;

/**
 * Every event measured under every model: what all gold tables of the study are made from, computed
 * once a run. One shuffle brings an instrument's bars, values, earnings and events together,
 * sorted; no row is made for an event and a day before the mathematics is done.
 */
public final class MeasuredEvents implements AutoCloseable {
  private Pass pass;

  /**
   * All that leaves the measuring of events against one market under some models.
   *
   * @param rows the instruments' rows, each instrument in one partition and sorted
   * @param instruments what they are measured against
   * @param measurer of them
   * @param measured the first pass, kept until it is released
   */
  record Pass(
      Dataset<InstrumentRow> rows,
      InstrumentMeasurer instruments,
      EventMeasurer measurer,
      Dataset<Row> measured) {
    /** One row for each event and model. */
    Dataset<Row> events() {
      return measured.where(col("event").isNotNull()).select("event.*");
    }

    /** One state for each task, cell of events and measure. */
    Dataset<Row> cells() {
      return measured.where(col("cell").isNotNull()).select("cell.*");
    }

    /**
     * The second pass: one state for each task, group and measure.
     *
     * @param groupings as configured
     * @param spreads of every group
     */
    Dataset<Row> ranks(List<String> groupings, List<Row> spreads) {
      return rows.mapPartitions(measurer.ranks(groupings, spreads), GroupStates.stateEncoder());
    }

    void release() {
      measured.unpersist();
    }
  }

  /** What the study reads. */
  static List<TableSpec> inputs() {
    return List.of(
        Tables.INSTRUMENTS,
        Tables.CALENDAR,
        Tables.SERIES,
        Tables.REFUSED_BARS,
        Tables.EARNINGS,
        Tables.FACTORS,
        Tables.DEALS,
        Tables.DEAL_PARTIES);
  }

  /** One row for each event and model; see {@link EventMeasurer}. */
  Dataset<Row> measured(StageContext context) {
    return pass(context).events();
  }

  /** The study's own pass, made once a run: stages that run side by side share it. */
  synchronized Pass pass(StageContext context) {
    if (pass == null) {
      StudySettings settings = settings(context);
      pass =
          pass(
              context,
              settings.benchmark(),
              SectorChoice.FUND,
              StudyPlans.of(settings),
              Map.of(
                  Kind.RETURNS, settings.bootstrap().replicates(),
                  Kind.VOLUME, 0,
                  Kind.VOLATILITY, 0));
    }
    return pass;
  }

  @Override
  public synchronized void close() {
    if (pass != null) {
      pass.release();
      pass = null;
    }
  }

  /**
   * The events measured once more, against another market or under other models, on the trading
   * days of the study's own benchmark. To be released.
   *
   * @param benchmark instrument_id of the market
   * @param sectors what stands for an instrument's sector
   * @param replicates of the bootstraps of groups, by what they are tested for
   */
  static Pass pass(
      StageContext context,
      String benchmark,
      SectorChoice sectors,
      StudyPlan plan,
      Map<Kind, Integer> replicates) {
    InstrumentMeasurer instruments = measurer(context, benchmark, sectors, plan);
    Dataset<InstrumentRow> sorted =
        sorted(rows(context, sectors, instruments.market().sectors().keySet()));
    Map<Kind, EventMeasurer.SpecSource> tests = new EnumMap<>(Kind.class);
    int[] days = instruments.calendar().epochDays();
    replicates.forEach(
        (kind, count) -> tests.put(kind, StudyPlans.tests(settings(context), plan, days, count)));
    EventMeasurer measurer = new EventMeasurer(instruments, tests);
    Dataset<Row> measured =
        sorted
            .mapPartitions(measurer.pass(), EventMeasurer.passEncoder())
            .persist(StorageLevel.MEMORY_AND_DISK());
    return new Pass(sorted, instruments, measurer, measured);
  }

  /** Each instrument in one partition, its rows in order. */
  static Dataset<InstrumentRow> sorted(Dataset<Row> rows) {
    return rows.repartition(InstrumentRows.instrument())
        .sortWithinPartitions(
            Stream.concat(
                    Stream.of(InstrumentRows.instrument()), Arrays.stream(InstrumentRows.order()))
                .toArray(Column[]::new))
        .as(InstrumentRows.encoder());
  }

  /** Bars, values and events of all instruments. */
  static Dataset<Row> unsorted(StageContext context) {
    return InstrumentRows.series(context.read(Tables.SERIES))
        .unionByName(events(context, SectorChoice.FUND, Set.of()));
  }

  /** The share of a sector's instruments that lay outside their own interval, by sector and day. */
  Dataset<Row> outside(StageContext context) {
    Dataset<Row> bars = days(context.read(Tables.SERIES), "days", "close", "adjusted_close");
    return bars.groupBy(col("instrument_id"))
        .as(Encoders.STRING(), Encoders.row(bars.schema()))
        .flatMapSortedGroups(
            new Column[] {col("day")},
            new OutsideDayRows(pass(context).instruments()),
            OutsideDayRows.encoder());
  }

  /** One event's calculation; empty if the instrument has no such event. */
  public static Optional<EventCalculation> calculate(
      StageContext context, String instrumentId, String eventId) {
    StudySettings settings = settings(context);
    InstrumentMeasurer measurer =
        measurer(context, settings.benchmark(), SectorChoice.FUND, StudyPlans.of(settings));
    List<InstrumentRow> rows =
        rows(context, SectorChoice.FUND, measurer.market().sectors().keySet())
            .where(InstrumentRows.instrument().equalTo(instrumentId))
            .orderBy(InstrumentRows.order())
            .as(InstrumentRows.encoder())
            .collectAsList();
    return new EventMeasurer(measurer, Map.of()).calculate(instrumentId, rows, eventId);
  }

  private static InstrumentMeasurer measurer(
      StageContext context, String benchmark, SectorChoice sectors, StudyPlan plan) {
    StudySettings settings = settings(context);
    List<Row> days = bars(context, settings.benchmark());
    if (days.isEmpty()) {
      throw Failures.benchmarkMissing(settings.benchmark());
    }
    TradingCalendar calendar = MarketRows.calendar(days, sessions(context, settings.benchmark()));
    List<Row> market = benchmark.equals(settings.benchmark()) ? days : bars(context, benchmark);
    MarketData data =
        MarketRows.market(
                calendar,
                market,
                factors(context, settings.factorSet()),
                plan.price(),
                plan.returns())
            .withOvernight(MarketRows.overnight(calendar, market))
            .withSectors(Sectors.series(context, calendar, sectors, plan))
            .withPeers(
                settings.peers().isEmpty()
                    ? Map.of()
                    : peers(context, calendar, settings.peers(), plan));
    return new InstrumentMeasurer(
        calendar,
        data,
        plan,
        MarketRows.closes(
            context
                .read(Tables.CALENDAR)
                .select(col("exchange"), unix_date(col("trade_date")).as("day"), col("close_time"))
                .collectAsList()));
  }

  /**
   * The sessions that the calendar of the benchmark's exchange lists: a day that the benchmark
   * lacks is a trading day all the same.
   */
  private static List<Row> sessions(StageContext context, String benchmark) {
    List<String> exchange =
        context
            .read(Tables.INSTRUMENTS)
            .where(col("instrument_id").equalTo(benchmark).and(col("exchange").isNotNull()))
            .select("exchange")
            .as(Encoders.STRING())
            .collectAsList();
    if (exchange.isEmpty()) {
      return List.of();
    }
    Dataset<Row> calendar = context.read(Tables.CALENDAR);
    List<String> names =
        calendar.select("exchange").distinct().as(Encoders.STRING()).collectAsList().stream()
            .filter(name -> Exchange.codeOf(name).equals(Exchange.codeOf(exchange.get(0))))
            .toList();
    return calendar
        .where(col("exchange").isin(names.toArray()))
        .select(unix_date(col("trade_date")).as("day"))
        .distinct()
        .orderBy("day")
        .collectAsList();
  }

  /** Bars, values, earnings and events of the instruments that have an event. */
  private static Dataset<Row> rows(StageContext context, SectorChoice sectors, Set<String> known) {
    Dataset<Row> events = events(context, sectors, known);
    return Stream.of(
            InstrumentRows.series(context.read(Tables.SERIES)),
            InstrumentRows.refused(context.read(Tables.REFUSED_BARS)),
            earnings(context.read(Tables.EARNINGS)))
        .map(rows -> ofInstrumentsWithEvents(rows, events))
        .reduce(events, Dataset::unionByName);
  }

  private static Dataset<Row> ofInstrumentsWithEvents(Dataset<Row> rows, Dataset<Row> events) {
    return rows.join(
        broadcast(events.select("instrumentId").distinct()),
        rows.col("instrumentId").equalTo(events.col("instrumentId")),
        "left_semi");
  }

  private static StudySettings settings(StageContext context) {
    return context.configuration().study();
  }

  /** Day, open, close and adjusted close of an instrument, ascending; none if it has no bars. */
  static List<Row> bars(StageContext context, String instrument) {
    return days(
            context.read(Tables.SERIES).where(col("instrument_id").equalTo(instrument)),
            "days",
            "open",
            "close",
            "adjusted_close")
        .drop("instrument_id")
        .orderBy("day")
        .collectAsList();
  }

  private static Map<String, PeerSeries> peers(
      StageContext context, TradingCalendar calendar, List<String> ids, StudyPlan plan) {
    Dataset<Row> series =
        context.read(Tables.SERIES).where(col("instrument_id").isin(ids.toArray()));
    return MarketRows.peers(
        calendar,
        days(series, "days", "close", "adjusted_close").collectAsList(),
        days(series, "value_days", "market_cap_usd").collectAsList(),
        plan.price(),
        plan.returns());
  }

  /**
   * Packed years as one row for each day: instrument_id, day and some columns.
   *
   * @param days the array of the days
   * @param columns arrays beside it
   */
  static Dataset<Row> days(Dataset<Row> series, String days, String... columns) {
    Column[] arrays =
        Stream.concat(Stream.of(days), Arrays.stream(columns))
            .map(name -> col(name))
            .toArray(Column[]::new);
    return series
        .select(col("instrument_id"), explode(arrays_zip(arrays)).as("of_day"))
        .select(
            Stream.concat(
                    Stream.of(col("instrument_id"), col("of_day").getField(days).as("day")),
                    Arrays.stream(columns).map(name -> col("of_day").getField(name).as(name)))
                .toArray(Column[]::new));
  }

  private static List<Row> factors(StageContext context, String factorSet) {
    return context
        .read(Tables.FACTORS)
        .where(col("factor_set").equalTo(factorSet))
        .select(
            Stream.concat(
                    Stream.of(unix_date(col("trade_date")).as("day")),
                    MarketRows.FACTORS.stream().map(name -> col(name)))
                .toArray(Column[]::new))
        .collectAsList();
  }

  private static Dataset<Row> earnings(Dataset<Row> earnings) {
    return InstrumentRows.earnings(
        earnings, unix_date(col("announced_date")), unix_micros(col("announced_at")));
  }

  /**
   * One row for each deal and listed party; a party with several roles in a deal is one event whose
   * roles are joined.
   */
  private static Dataset<Row> events(
      StageContext context, SectorChoice sectors, Set<String> known) {
    Dataset<Row> parties =
        context
            .read(Tables.DEAL_PARTIES)
            .where(col("instrument_id").isNotNull())
            .groupBy("deal_id", "instrument_id")
            .agg(array_join(array_sort(collect_set(col("role"))), "+").as("role"))
            .withColumn(
                "listed_parties", count(lit(1)).over(Window.partitionBy("deal_id")).cast("int"));
    StudySettings study = context.configuration().study();
    Dataset<Row> deals = context.read(Tables.DEALS);
    Dataset<Row> instruments =
        context
            .read(Tables.INSTRUMENTS)
            .select(
                col("instrument_id"),
                col("exchange"),
                Sectors.nameOf(sectors, settings(context).sectors(), known).as("sector_series"),
                lit(true).as("known"));
    Dataset<Row> events =
        parties
            .join(deals, "deal_id")
            .join(
                instruments,
                parties.col("instrument_id").equalTo(instruments.col("instrument_id")),
                "left")
            .drop(instruments.col("instrument_id"))
            .withColumn("event_id", concat(col("deal_id"), lit(":"), col("instrument_id")))
            .withColumn(
                "deal_usd",
                coalesce(
                    col("value_low_usd").plus(col("value_high_usd")).divide(2),
                    col("value_low_usd"),
                    col("value_high_usd")))
            .withColumn(
                "instrument_status", when(col("known").isNull(), lit("UNKNOWN_INSTRUMENT")));
    return InstrumentRows.events(
        events, unix_date(EventDates.day(study)), unix_micros(EventDates.instant(study)));
  }
}
