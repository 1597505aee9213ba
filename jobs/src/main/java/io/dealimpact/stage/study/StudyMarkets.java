package io.dealimpact.stage.study;

import static org.apache.spark.sql.functions.array_except;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.unix_date;

import io.dealimpact.codec.MarketRows;
import io.dealimpact.config.Configuration.StudySettings;
import io.dealimpact.lake.Tables;
import io.dealimpact.row.RowReader;
import io.dealimpact.row.RowWriter;
import io.dealimpact.stage.StageContext;
import io.dealimpact.study.event.MarketId;
import io.dealimpact.study.market.Exchange;
import io.dealimpact.study.market.TradingCalendar;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What each event is held against: a benchmark, on the trading days of the instrument's exchange.
 *
 * <p>The benchmark is the event's own where events/ names one, else the instrument's, else that of
 * its market identifier code or its currency in {@code study.benchmarks}, else the study's. The
 * trading days are the benchmark's bars, the sessions that calendar/ lists for its exchange, and
 * days on which other instruments of its exchange traded. An instrument of an exchange with other
 * sessions than its benchmark's trades on the days of its own exchange: those that calendar/ lists,
 * and those of the bars of its instruments.
 */
final class StudyMarkets {
  private static final String[] TRAITS = {"own_benchmark", "mic", "exchange", "currency"};

  private static final StructType NAMES =
      new StructType()
          .add("t_own_benchmark", DataTypes.StringType)
          .add("t_mic", DataTypes.StringType)
          .add("t_exchange", DataTypes.StringType)
          .add("t_currency", DataTypes.StringType)
          .add("market", DataTypes.StringType)
          .add("benchmark", DataTypes.StringType);

  /**
   * A market.
   *
   * @param id its name and benchmark
   * @param sessions what its days are of, {@link Exchange#sessionsOf}; empty: its benchmark's
   */
  record Market(MarketId id, String sessions) {}

  private final MarketId own;
  private final Map<String, Market> others;
  private final Dataset<Row> names;

  private StudyMarkets(MarketId own, Map<String, Market> others, Dataset<Row> names) {
    this.own = own;
    this.others = others;
    this.names = names;
  }

  /**
   * The markets of the events.
   *
   * @param events with instrument_id and own_benchmark, NULL where the event names none
   * @param benchmark instrument_id of the study's market in this pass
   */
  static StudyMarkets of(StageContext context, Dataset<Row> events, String benchmark) {
    StudySettings study = context.configuration().study();
    Dataset<Row> instruments = traits(context.read(Tables.INSTRUMENTS));
    Map<String, String> exchanges = new TreeMap<>();
    List<Row> ofEvents =
        withTraits(events, instruments).select(columns()).distinct().collectAsList();
    // Instruments without events are held against a market that has events, else the study's own.
    List<Row> found =
        Stream.concat(
                ofEvents.stream(),
                instruments
                    .select(
                        col("i_benchmark").as("own_benchmark"),
                        col("mic"),
                        col("exchange"),
                        col("currency"))
                    .distinct()
                    .collectAsList()
                    .stream())
            .distinct()
            .toList();
    RowReader reader =
        RowReader.of(
            new StructType()
                .add(TRAITS[0], DataTypes.StringType)
                .add(TRAITS[1], DataTypes.StringType)
                .add(TRAITS[2], DataTypes.StringType)
                .add(TRAITS[3], DataTypes.StringType));
    instruments
        .where(col("exchange").isNotNull())
        .select("i_id", "exchange")
        .as(Encoders.tuple(Encoders.STRING(), Encoders.STRING()))
        .where(col("i_id").isin(benchmarks(found, reader, study, benchmark)))
        .collectAsList()
        .forEach(pair -> exchanges.put(pair._1(), pair._2()));
    MarketId own = new MarketId(benchmark, benchmark);
    Map<String, Market> others = new TreeMap<>();
    RowWriter writer = new RowWriter(NAMES);
    List<Row> names = new ArrayList<>();
    for (Row row : found) {
      RowReader.Cells traits = reader.at(row);
      Market market = market(traits, study, benchmark, exchanges);
      if (!market.id().equals(own) && ofEvents.contains(row)) {
        others.put(market.id().name(), market);
      }
      names.add(
          writer
              .row()
              .text("t_own_benchmark", traits.text("own_benchmark"))
              .text("t_mic", traits.text("mic"))
              .text("t_exchange", traits.text("exchange"))
              .text("t_currency", traits.text("currency"))
              .text("market", market.id().name())
              .text("benchmark", market.id().benchmark())
              .build());
    }
    return new StudyMarkets(own, others, context.spark().createDataFrame(names, NAMES));
  }

  private static Object[] benchmarks(
      List<Row> found, RowReader reader, StudySettings study, String benchmark) {
    return found.stream()
        .map(row -> benchmark(reader.at(row), study, benchmark))
        .distinct()
        .toArray();
  }

  private static String benchmark(RowReader.Cells traits, StudySettings study, String benchmark) {
    if (!traits.isNull("own_benchmark")) {
      // Another choice of the study's benchmark is one for those that name it too.
      String named = traits.text("own_benchmark");
      return named.equals(study.benchmark()) ? benchmark : named;
    }
    String code =
        traits.isNull("mic")
            ? Exchange.of(traits.text("exchange")).map(Exchange::mic).orElse(null)
            : traits.text("mic");
    return Optional.ofNullable(code)
        .map(study.benchmarks()::get)
        .or(() -> Optional.ofNullable(traits.text("currency")).map(study.benchmarks()::get))
        .orElse(benchmark);
  }

  private static Market market(
      RowReader.Cells traits, StudySettings study, String own, Map<String, String> exchanges) {
    String benchmark = benchmark(traits, study, own);
    String exchange = traits.text("exchange");
    String ofBenchmark = exchanges.get(benchmark);
    boolean isOther =
        Exchange.of(exchange).isPresent()
            && Exchange.of(ofBenchmark).isPresent()
            && !Exchange.sessionsOf(exchange).equals(Exchange.sessionsOf(ofBenchmark));
    String sessions = isOther ? Exchange.sessionsOf(exchange) : "";
    return new Market(
        new MarketId(isOther ? benchmark + "@" + sessions : benchmark, benchmark), sessions);
  }

  private static Dataset<Row> traits(Dataset<Row> instruments) {
    return instruments.select(
        col("instrument_id").as("i_id"),
        col("benchmark").as("i_benchmark"),
        col("mic"),
        col("exchange"),
        col("currency"));
  }

  private static Dataset<Row> withTraits(Dataset<Row> events, Dataset<Row> instruments) {
    return events
        .select("instrument_id", "own_benchmark")
        .distinct()
        .join(broadcast(instruments), col("instrument_id").equalTo(col("i_id")), "left")
        .withColumn("own_benchmark", coalesce(col("own_benchmark"), col("i_benchmark")));
  }

  private static Column[] columns() {
    return Stream.of(TRAITS).map(name -> col(name)).toArray(Column[]::new);
  }

  /** The study's own benchmark on its own trading days. */
  MarketId own() {
    return own;
  }

  /** The others, by their names. */
  Map<String, Market> others() {
    return others;
  }

  /**
   * Adds market and benchmark.
   *
   * @param rows with own_benchmark, mic, exchange and currency
   */
  Dataset<Row> named(Dataset<Row> rows) {
    return named(rows, List.of(this)).drop("choice");
  }

  /**
   * Each row once for each of some choices, with choice (its number), market and benchmark.
   *
   * @param rows events or instruments that the markets were made of, with own_benchmark, mic,
   *     exchange and currency
   * @param choices the markets under each choice
   */
  static Dataset<Row> named(Dataset<Row> rows, List<StudyMarkets> choices) {
    Column same = lit(true);
    for (String trait : TRAITS) {
      same = same.and(col(trait).eqNullSafe(col("t_" + trait)));
    }
    Dataset<Row> names =
        IntStream.range(0, choices.size())
            .mapToObj(i -> choices.get(i).names.withColumn("choice", lit(i)))
            .reduce(Dataset::unionByName)
            .orElseThrow();
    return rows.join(broadcast(names), same, "left")
        .drop(Stream.of(TRAITS).map(name -> "t_" + name).toArray(String[]::new));
  }

  /**
   * The trading days of an exchange with other sessions than the benchmark's. After the last day
   * that is known of it the benchmark's stand in, so that an instrument whose bars ended is seen to
   * have ended.
   *
   * @param benchmark days of the benchmark
   */
  static TradingCalendar calendar(StageContext context, String sessions, List<Row> benchmark) {
    List<String> exchanges = exchanges(context, sessions);
    Dataset<Row> ids =
        context
            .read(Tables.INSTRUMENTS)
            .where(col("exchange").isin(exchanges.toArray()))
            .select("instrument_id");
    Dataset<Row> series = context.read(Tables.SERIES).join(broadcast(ids), "instrument_id");
    List<Row> bars =
        MeasuredEvents.days(series, "days")
            .select("day")
            .union(MeasuredEvents.days(series, "return_days").select("day"))
            .distinct()
            .orderBy("day")
            .collectAsList();
    return MarketRows.continued(
        MarketRows.calendar(bars, sessions(context, sessions)), MarketRows.calendar(benchmark));
  }

  /**
   * The sessions of the exchange of an instrument besides its own bars: those that calendar/ lists,
   * and those of the bars of the exchange's other instruments; none if it has no exchange.
   */
  static List<Row> sessionsOfInstrument(StageContext context, String instrument) {
    List<String> exchange =
        context
            .read(Tables.INSTRUMENTS)
            .where(col("instrument_id").equalTo(instrument).and(col("exchange").isNotNull()))
            .select("exchange")
            .as(Encoders.STRING())
            .collectAsList();
    if (exchange.isEmpty()) {
      return List.of();
    }
    String sessions = Exchange.sessionsOf(exchange.get(0));
    return Stream.concat(
            sessions(context, sessions).stream(), lacking(context, instrument, sessions).stream())
        .toList();
  }

  /** Days on which other instruments of the exchange traded and this one has no bar. */
  private static List<Row> lacking(StageContext context, String instrument, String sessions) {
    Dataset<Row> series = context.read(Tables.SERIES);
    Dataset<Row> own =
        series
            .where(col("instrument_id").equalTo(instrument))
            .select(col("trade_year").as("own_year"), col("days").as("own_days"));
    Dataset<Row> others =
        context
            .read(Tables.INSTRUMENTS)
            .where(
                col("exchange")
                    .isin(exchanges(context, sessions).toArray())
                    .and(col("instrument_id").notEqual(instrument)))
            .select("instrument_id");
    return series
        .join(broadcast(others), "instrument_id")
        .join(broadcast(own), col("trade_year").equalTo(col("own_year")))
        .select(explode(array_except(col("days"), col("own_days"))).as("day"))
        .distinct()
        .orderBy("day")
        .collectAsList();
  }

  /** The names of exchanges with these sessions. */
  private static List<String> exchanges(StageContext context, String sessions) {
    return context
        .read(Tables.INSTRUMENTS)
        .select("exchange")
        .where(col("exchange").isNotNull())
        .distinct()
        .as(Encoders.STRING())
        .collectAsList()
        .stream()
        .filter(name -> Exchange.sessionsOf(name).equals(sessions))
        .toList();
  }

  private static List<Row> sessions(StageContext context, String sessions) {
    Dataset<Row> calendar = context.read(Tables.CALENDAR);
    List<String> names =
        calendar.select("exchange").distinct().as(Encoders.STRING()).collectAsList().stream()
            .filter(name -> Exchange.sessionsOf(name).equals(sessions))
            .toList();
    return calendar
        .where(col("exchange").isin(names.toArray()))
        .select(unix_date(col("trade_date")).as("day"))
        .distinct()
        .orderBy("day")
        .collectAsList();
  }
}
