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
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import io.dealimpact.codec.EventMeasurer;
import io.dealimpact.codec.GroupStates;
import io.dealimpact.codec.InstrumentRow;
import io.dealimpact.codec.InstrumentRows;
import io.dealimpact.codec.MarketRows;
import io.dealimpact.codec.Markets;
import io.dealimpact.config.Configuration.StudySettings;
import io.dealimpact.lake.Evaluation;
import io.dealimpact.lake.Lake;
import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.Tables;
import io.dealimpact.row.KeptRows;
import io.dealimpact.row.RowReader;
import io.dealimpact.run.Failures;
import io.dealimpact.stage.StageContext;
import io.dealimpact.study.event.EventCalculation;
import io.dealimpact.study.event.EventMeasure.Kind;
import io.dealimpact.study.event.InstrumentMeasurer;
import io.dealimpact.study.event.StudyPlan;
import io.dealimpact.study.market.EventWindow;
import io.dealimpact.study.market.MarketData;
import io.dealimpact.study.market.PeerSeries;
import io.dealimpact.study.market.TradingCalendar;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;

/**
 * Every event measured under every model: what all gold tables of the study are made from, computed
 * once a run. One shuffle brings an instrument's bars, values, earnings and events together,
 * sorted; no row is made for an event and a day before the mathematics is done.
 */
public final class MeasuredEvents implements AutoCloseable {
  /** The role of an instrument in an event that is no deal. */
  private static final String ROLE_WITHOUT_DEAL = "firm";

  /**
   * Packed years of one instrument that a task measures, about 40 MB of bars. Where there are many,
   * there are more tasks than Spark would make of its setting, so that a task's memory does not
   * grow with the lake.
   */
  private static final long YEARS_A_TASK = 2_000;

  private final Map<String, StudyMarkets> namesOf = new ConcurrentHashMap<>();
  private final Map<MarketsKey, Markets> marketsOf = new ConcurrentHashMap<>();
  private BooleanSupplier comparesChoices = () -> false;
  private StudyChoices choices;
  private Pass pass;
  private Pass passOfChoices;

  private record MarketsKey(String benchmark, SectorChoice sectors) {}

  /**
   * What events are measured against, and how.
   *
   * @param benchmark instrument_id of the market
   * @param sectors what stands for an instrument's sector
   */
  record Choice(String benchmark, SectorChoice sectors, StudyPlan plan) {}

  /**
   * All that leaves the measuring of events under some choices.
   *
   * @param rows the instruments' rows, each instrument in one partition and sorted
   * @param measurer of them
   * @param measured the first pass, kept until it is released
   */
  record Pass(Dataset<InstrumentRow> rows, EventMeasurer measurer, Dataset<Row> measured) {
    /** One row for each event and model of the study's own choice. */
    Dataset<Row> events() {
      return only(EventMeasurer.EVENT);
    }

    /** One row for each event and window, with its figures under every choice that is compared. */
    Dataset<Row> compared() {
      return only(EventMeasurer.COMPARED);
    }

    /** One state for each task, cell of events and measure. */
    Dataset<Row> cells() {
      return only(EventMeasurer.CELL);
    }

    private Dataset<Row> only(String column) {
      return measured.where(col(column).isNotNull()).select(column + ".*");
    }

    /**
     * The second pass: one state for each task, group and measure.
     *
     * @param spreads of every group
     */
    Dataset<Row> ranks(List<Row> spreads) {
      return rows.mapPartitions(measurer.ranks(spreads), GroupStates.stateEncoder());
    }

    void release() {
      measured.unpersist();
    }
  }

  /**
   * What the events are held against under a choice, by name.
   *
   * @param sectorSeries sectors that have a series
   */
  private record Against(StudyMarkets names, SectorChoice sectors, Set<String> sectorSeries) {
    static Against of(StudyMarkets names, SectorChoice sectors, Markets markets) {
      return new Against(names, sectors, markets.own().market().sectors().keySet());
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
        Tables.DEAL_PARTIES,
        Tables.EVENTS);
  }

  /**
   * Says when the choices beside the study's own are measured with it: where they are needed later
   * in the run, which spares a pass of their own.
   *
   * @param wanted asked once, before the events are measured
   */
  public synchronized void compareChoices(BooleanSupplier wanted) {
    comparesChoices = wanted;
  }

  /** One row for each event and model; see {@link EventMeasurer}. */
  Dataset<Row> measured(StageContext context) {
    return pass(context).events();
  }

  /** One row for each event and window; see {@link Pass#compared}. */
  Dataset<Row> compared(StageContext context) {
    return passOfChoices(context).compared();
  }

  /** The choices that the study's own is held against. */
  synchronized StudyChoices choices(StageContext context) {
    if (choices == null) {
      choices = StudyChoices.of(context);
    }
    return choices;
  }

  /** The study's own pass, made once a run: stages that run side by side share it. */
  synchronized Pass pass(StageContext context) {
    if (pass == null) {
      pass =
          comparesChoices.getAsBoolean()
              ? passOfChoices(context)
              : pass(context, StudyChoices.NONE);
    }
    return pass;
  }

  /** The same with the choices beside the study's own. */
  synchronized Pass passOfChoices(StageContext context) {
    if (passOfChoices == null) {
      passOfChoices = pass(context, choices(context));
    }
    return passOfChoices;
  }

  @Override
  public synchronized void close() {
    Stream.of(pass, passOfChoices).filter(Objects::nonNull).forEach(Pass::release);
    pass = null;
    passOfChoices = null;
    choices = null;
    namesOf.clear();
    marketsOf.clear();
  }

  /**
   * The events measured under the study's choice and some others in one go, on the trading days of
   * the study's own benchmark. To be released.
   *
   * @param choices the others, without bootstraps, and what is compared
   */
  private Pass pass(StageContext context, StudyChoices choices) {
    StudySettings settings = settings(context);
    List<Choice> all = new ArrayList<>();
    all.add(new Choice(settings.benchmark(), SectorChoice.FUND, StudyPlans.of(settings)));
    all.addAll(choices.beside());
    List<Against> against = new ArrayList<>();
    List<EventMeasurer.Choice> measured = new ArrayList<>();
    Optional<NamedDays> named = estimationDays(context, all.get(0).plan());
    for (Choice choice : all) {
      boolean isOwn = measured.isEmpty();
      Markets markets = markets(context, choice);
      against.add(Against.of(names(context, choice.benchmark()), choice.sectors(), markets));
      measured.add(
          new EventMeasurer.Choice(
              markets,
              tests(
                  context,
                  choice.plan(),
                  markets,
                  named,
                  isOwn ? settings.bootstrap().replicates() : 0),
              isOwn ? choices.ofOwn() : StudyChoices.codes(choice.plan().models())));
    }
    Dataset<InstrumentRow> sorted =
        sorted(
            rows(context, events(context, against, SectorShares.MEASURED)),
            context.read(Tables.SERIES).count());
    EventMeasurer measurer =
        new EventMeasurer(
            measured,
            settings.groups(),
            Sectors.days(
                context, names(context, settings.benchmark()), markets(context, all.get(0))));
    Dataset<Row> kept =
        KeptRows.of(sorted.mapPartitions(measurer.pass(), EventMeasurer.passEncoder()));
    return new Pass(sorted, measurer, kept);
  }

  /** What groups are tested for under a plan, by what is measured. */
  private static Map<Kind, EventMeasurer.SpecSource> tests(
      StageContext context,
      StudyPlan plan,
      Markets markets,
      Optional<NamedDays> named,
      int replicates) {
    int[] days = markets.own().calendar().epochDays();
    EventWindow ofPlan = new EventWindow(plan.estimation().start(), plan.estimation().end());
    EventWindow estimation =
        named
            .map(
                own ->
                    new EventWindow(
                        Math.min(ofPlan.start(), own.first),
                        Math.min(plan.axis().start() - 1, Math.max(ofPlan.end(), own.last))))
            .orElse(ofPlan);
    Map<Kind, EventMeasurer.SpecSource> tests = new EnumMap<>(Kind.class);
    for (Kind kind : plan.measures()) {
      int count = kind == Kind.RETURNS ? replicates : 0;
      tests.put(kind, StudyPlans.tests(settings(context), plan, estimation, days, count));
    }
    return tests;
  }

  /**
   * Each instrument in one partition, its rows in order.
   *
   * @param years packed years among the rows, or more
   */
  static Dataset<InstrumentRow> sorted(Dataset<Row> rows, long years) {
    SparkSession spark = rows.sparkSession();
    int usual = Integer.parseInt(spark.conf().get("spark.sql.shuffle.partitions"));
    int ofYears = Math.toIntExact((years + YEARS_A_TASK - 1) / YEARS_A_TASK);
    int tasks = Math.max(Evaluation.computingTasks(spark), ofYears);
    Dataset<Row> together =
        tasks > usual
            ? rows.repartition(tasks, InstrumentRows.instrument())
            : rows.repartition(InstrumentRows.instrument());
    return together
        .sortWithinPartitions(
            Stream.concat(
                    Stream.of(InstrumentRows.instrument()), Arrays.stream(InstrumentRows.order()))
                .toArray(Column[]::new))
        .as(InstrumentRows.encoder());
  }

  /** Bars, values and events of all instruments. */
  static Dataset<Row> unsorted(StageContext context) {
    Dataset<Row> events =
        ofAll(context)
            .withColumn("choice", lit(0))
            .withColumn("exchange", lit(null).cast("string"))
            .withColumn("market", lit(null).cast("string"))
            .withColumn("benchmark", lit(null).cast("string"))
            .withColumn("home_market", lit(null).cast("string"))
            .withColumn("sector", lit(null).cast("string"))
            .withColumn("sector_series", lit(null).cast("string"))
            .withColumn("instrument_status", lit(null).cast("string"));
    return InstrumentRows.series(context.read(Tables.SERIES))
        .unionByName(InstrumentRows.events(events, col("announced_day"), col("announced_micros")));
  }

  /** One event's calculation; empty if the instrument has no such event. */
  public static Optional<EventCalculation> calculate(
      StageContext context, String instrumentId, String eventId) {
    StudySettings settings = settings(context);
    StudyMarkets names = StudyMarkets.of(context, ofAll(context), settings.benchmark());
    Markets markets = markets(context, names, StudyPlans.of(settings));
    Dataset<Row> events =
        events(
            context, List.of(Against.of(names, SectorChoice.FUND, markets)), SectorShares.LEFT_OUT);
    List<InstrumentRow> rows =
        rows(context, events)
            .where(InstrumentRows.instrument().equalTo(instrumentId))
            .orderBy(InstrumentRows.order())
            .as(InstrumentRows.encoder())
            .collectAsList();
    return new EventMeasurer(
            List.of(new EventMeasurer.Choice(markets, Map.of(), List.of())), List.of(), Map.of())
        .calculate(instrumentId, rows, eventId);
  }

  private StudyMarkets names(StageContext context, String benchmark) {
    return namesOf.computeIfAbsent(
        benchmark, name -> StudyMarkets.of(context, ofAll(context), name));
  }

  /** What measures the events of a choice. Markets and sectors are read once a run. */
  private Markets markets(StageContext context, Choice choice) {
    StudyPlan plan = choice.plan();
    Markets ofFunds =
        marketsOf.computeIfAbsent(
            new MarketsKey(choice.benchmark(), SectorChoice.FUND),
            key -> markets(context, names(context, key.benchmark()), plan));
    Markets markets =
        choice.sectors() == SectorChoice.FUND
            ? ofFunds
            : marketsOf.computeIfAbsent(
                new MarketsKey(choice.benchmark(), choice.sectors()),
                key ->
                    ofFunds.with(
                        measurer ->
                            measurer.withSectors(
                                Sectors.series(
                                    context, measurer.calendar(), key.sectors(), plan))));
    return markets.with(measurer -> measurer.with(plan));
  }

  /** The markets of a benchmark, with funds for sectors. */
  private static Markets markets(StageContext context, StudyMarkets names, StudyPlan plan) {
    StudySettings settings = settings(context);
    List<Row> days = bars(context, settings.benchmark());
    if (days.isEmpty()) {
      throw Failures.benchmarkMissing(settings.benchmark());
    }
    TradingCalendar calendar =
        MarketRows.calendar(days, StudyMarkets.sessionsOfInstrument(context, settings.benchmark()));
    String own = names.own().benchmark();
    Map<String, InstrumentMeasurer> others = new TreeMap<>();
    names
        .others()
        .forEach(
            (name, market) -> {
              List<Row> bars = bars(context, market.id().benchmark());
              others.put(name, measurer(context, calendar(context, market, bars), bars, plan));
            });
    return new Markets(
        measurer(
            context, calendar, own.equals(settings.benchmark()) ? days : bars(context, own), plan),
        others);
  }

  /** The days of another market; a benchmark without bars leaves those of the exchange. */
  private static TradingCalendar calendar(
      StageContext context, StudyMarkets.Market market, List<Row> bars) {
    return market.sessions().isEmpty()
        ? MarketRows.calendar(
            bars, StudyMarkets.sessionsOfInstrument(context, market.id().benchmark()))
        : StudyMarkets.calendar(context, market.sessions(), bars);
  }

  private static InstrumentMeasurer measurer(
      StageContext context, TradingCalendar calendar, List<Row> market, StudyPlan plan) {
    StudySettings settings = settings(context);
    MarketData data =
        MarketRows.market(
                calendar,
                market,
                factors(context, settings.factorSet()),
                plan.price(),
                plan.returns())
            .withOvernight(MarketRows.overnight(calendar, market))
            .withSectors(Sectors.series(context, calendar, SectorChoice.FUND, plan))
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

  /** Bars, values, earnings and events of the instruments that have an event. */
  private static Dataset<Row> rows(StageContext context, Dataset<Row> events) {
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

  /** The {@link #history} of one instrument, ascending; none if it has no bars and no returns. */
  static List<Row> bars(StageContext context, String instrument) {
    return history(context.read(Tables.SERIES).where(col("instrument_id").equalTo(instrument)))
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
        history(series).collectAsList(),
        days(series, "value_days", "market_cap_usd").collectAsList(),
        plan.price(),
        plan.returns());
  }

  /**
   * Packed years as a row for each bar (instrument_id, day, open, close, adjusted_close) and one
   * for each day of the feed of returns (instrument_id, day, total_return, return_ex_dividend).
   */
  static Dataset<Row> history(Dataset<Row> series) {
    return days(series, "days", "open", "close", "adjusted_close")
        .unionByName(days(series, "return_days", "total_return", "return_ex_dividend"), true);
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

  /** The days from day 0 that the estimation windows reach over which events name themselves. */
  private record NamedDays(int first, int last) {}

  /** The days that events name; empty if none names a window. */
  private static Optional<NamedDays> estimationDays(StageContext context, StudyPlan plan) {
    Column isRelative = col("estimation_unit").equalTo("RELATIVE");
    Column isDates = col("estimation_unit").equalTo("DATES");
    Row row =
        ofAll(context)
            .where(col("estimation_unit").isNotNull())
            .agg(
                min(when(isRelative, col("estimation_first"))
                        // More days of the calendar than trading days, also after a halt.
                        .when(isDates, col("estimation_first").minus(col("announced_day"))))
                    .cast("int")
                    .as("first"),
                max(when(isRelative, col("estimation_last"))
                        .when(isDates, lit(plan.axis().start() - 1)))
                    .cast("int")
                    .as("last"))
            .first();
    RowReader.Cells cells = RowReader.of(row.schema()).at(row);
    return cells.isNull("first")
        ? Optional.empty()
        : Optional.of(new NamedDays(cells.whole("first"), cells.whole("last")));
  }

  private static Dataset<Row> earnings(Dataset<Row> earnings) {
    return InstrumentRows.earnings(
        earnings, unix_date(col("announced_date")), unix_micros(col("announced_at")));
  }

  /**
   * One row for each deal and listed party, and for each event of a study without deals: event_id,
   * deal_id, instrument_id, role, deal_type, deal_usd, value_type, listed_parties, confounders,
   * attributes, own_benchmark (the event's), announced_day and announced_micros. A party with
   * several roles in a deal is one event whose roles are joined.
   */
  static Dataset<Row> ofAll(StageContext context) {
    StudySettings study = context.configuration().study();
    Dataset<Row> parties =
        context
            .read(Tables.DEAL_PARTIES)
            .where(col("instrument_id").isNotNull())
            .groupBy("deal_id", "instrument_id")
            .agg(array_join(array_sort(collect_set(col("role"))), "+").as("role"))
            .withColumn(
                "listed_parties", count(lit(1)).over(Window.partitionBy("deal_id")).cast("int"));
    Dataset<Row> ofDeals =
        parties
            .join(context.read(Tables.DEALS), "deal_id")
            .select(
                concat(col("deal_id"), lit(":"), col("instrument_id")).as("event_id"),
                col("deal_id"),
                col("instrument_id"),
                col("role"),
                col("deal_type"),
                coalesce(
                        col("value_low_usd").plus(col("value_high_usd")).divide(2),
                        col("value_low_usd"),
                        col("value_high_usd"))
                    .as("deal_usd"),
                col("value_type"),
                col("listed_parties"),
                col("confounders"),
                col("attributes"),
                col("benchmark").as("own_benchmark"),
                col("estimation_first"),
                col("estimation_last"),
                col("estimation_unit"),
                col("window_first"),
                col("window_last"),
                unix_date(EventDates.day(study)).as("announced_day"),
                unix_micros(EventDates.instant(study)).as("announced_micros"));
    Dataset<Row> ofNoDeal =
        context
            .read(Tables.EVENTS)
            .select(
                concat(col("event_id"), lit(":"), col("instrument_id")).as("event_id"),
                col("event_id").as("deal_id"),
                col("instrument_id"),
                lit(ROLE_WITHOUT_DEAL).as("role"),
                lit(null).cast("string").as("deal_type"),
                lit(null).cast("double").as("deal_usd"),
                lit(null).cast("string").as("value_type"),
                lit(1).as("listed_parties"),
                lit(null).cast("string").as("confounders"),
                col("attributes"),
                col("benchmark").as("own_benchmark"),
                col("estimation_first"),
                col("estimation_last"),
                col("estimation_unit"),
                col("window_first"),
                col("window_last"),
                unix_date(col("announced_date")).as("announced_day"),
                unix_micros(col("announced_at")).as("announced_micros"));
    return ofDeals.unionByName(ofNoDeal);
  }

  /**
   * Events once for each choice.
   *
   * @param choices by their numbers
   */
  private static Dataset<Row> events(
      StageContext context, List<Against> choices, SectorShares shares) {
    List<Column> ofInstrument =
        new ArrayList<>(
            List.of(
                col("instrument_id").as("known_id"),
                col("exchange"),
                col("mic"),
                col("currency"),
                col("benchmark").as("instrument_benchmark")));
    Column series = lit(null).cast("string");
    for (int i = 0; i < choices.size(); i++) {
      Against choice = choices.get(i);
      Column name =
          Sectors.nameOf(choice.sectors, settings(context).sectors(), choice.sectorSeries);
      ofInstrument.add(name.as("sector_series_" + i));
      series = when(col("choice").equalTo(i), col("sector_series_" + i)).otherwise(series);
    }
    Dataset<Row> events =
        ofAll(context)
            .join(
                context.read(Tables.INSTRUMENTS).select(ofInstrument.toArray(Column[]::new)),
                col("instrument_id").equalTo(col("known_id")),
                "left")
            .withColumn(
                "own_benchmark", coalesce(col("own_benchmark"), col("instrument_benchmark")))
            .withColumn(
                "instrument_status", when(col("known_id").isNull(), lit("UNKNOWN_INSTRUMENT")));
    StudyMarkets first = choices.get(0).names;
    // What the other passes find is checked when it is written.
    Dataset<Row> withHomes =
        switch (shares) {
          case MEASURED ->
              Lake.withUniqueKey(events, "event_id")
                  .join(
                      broadcast(Sectors.homes(context, first)),
                      new String[] {"instrument_id"},
                      "left");
          case LEFT_OUT ->
              events
                  .withColumn("home_market", lit(null).cast("string"))
                  .withColumn("sector", lit(null).cast("string"));
        };
    Dataset<Row> named =
        StudyMarkets.named(withHomes, choices.stream().map(Against::names).toList())
            .withColumn("sector_series", series);
    return InstrumentRows.events(named, col("announced_day"), col("announced_micros"));
  }
}
