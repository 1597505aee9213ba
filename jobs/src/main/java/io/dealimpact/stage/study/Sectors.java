package io.dealimpact.stage.study;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.dealimpact.codec.InstrumentRows;
import io.dealimpact.codec.MarketRows;
import io.dealimpact.codec.Markets;
import io.dealimpact.codec.PeerRows;
import io.dealimpact.codec.SectorDayStates;
import io.dealimpact.lake.Tables;
import io.dealimpact.stage.StageContext;
import io.dealimpact.study.event.SectorDays;
import io.dealimpact.study.event.StudyPlan;
import io.dealimpact.study.market.SectorSeries;
import io.dealimpact.study.market.TradingCalendar;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/** What stands for the sectors of instruments. */
final class Sectors {
  private static final String PEERS = "peers";
  private static final String[] INSTRUMENT = {"instrument_id"};
  private static final String[] SECTOR = {"sector"};

  private Sectors() {}

  /** The series of all sectors by their names. */
  static Map<String, SectorSeries> series(
      StageContext context, TradingCalendar calendar, SectorChoice choice, StudyPlan plan) {
    List<String> funds =
        context
            .read(Tables.INSTRUMENTS)
            .select(fund(context.configuration().study().sectors()).as("fund"))
            .where(col("fund").isNotNull())
            .distinct()
            .as(Encoders.STRING())
            .collectAsList();
    Map<String, SectorSeries> series = new TreeMap<>();
    if (choice == SectorChoice.FUND) {
      series.putAll(
          MarketRows.sectors(
              calendar,
              MeasuredEvents.history(
                      context.read(Tables.SERIES).where(col("instrument_id").isin(funds.toArray())))
                  .collectAsList(),
              plan.price(),
              plan.returns()));
    }
    series.putAll(peers(context, calendar, choice, series.keySet(), plan));
    return series;
  }

  /** Portfolios of the sectors of instruments that have an event and no fund. */
  private static Map<String, SectorSeries> peers(
      StageContext context,
      TradingCalendar calendar,
      SectorChoice choice,
      Set<String> funds,
      StudyPlan plan) {
    Dataset<Row> instruments =
        context
            .read(Tables.INSTRUMENTS)
            .where(col("sector").isNotNull())
            .select(
                col("instrument_id"),
                col("sector"),
                fund(context.configuration().study().sectors()).as("fund"));
    Column needsPeers =
        choice == SectorChoice.PEERS
            ? lit(true)
            : coalesce(not(col("fund").isin(funds.toArray())), lit(true));
    Dataset<Row> sectors =
        instruments
            .where(needsPeers)
            .join(
                context
                    .read(Tables.DEAL_PARTIES)
                    .select("instrument_id")
                    .union(context.read(Tables.EVENTS).select("instrument_id"))
                    .distinct(),
                INSTRUMENT,
                "left_semi")
            .select("sector")
            .distinct();
    Map<String, String> names = new HashMap<>();
    instruments
        .join(sectors, SECTOR, "left_semi")
        .select(col("instrument_id"), concat(lit(PEERS + ":"), col("sector")))
        .as(Encoders.tuple(Encoders.STRING(), Encoders.STRING()))
        .collectAsList()
        .forEach(pair -> names.put(pair._1(), pair._2()));
    if (names.isEmpty()) {
      return Map.of();
    }
    Column known = InstrumentRows.instrument().isin(names.keySet().toArray());
    return MarketRows.peerSectors(
        calendar,
        MeasuredEvents.sorted(
                MeasuredEvents.unsorted(context).where(known), context.read(Tables.SERIES).count())
            .mapPartitions(new PeerRows(calendar, plan, names), PeerRows.encoder())
            .groupBy("name", "day")
            .agg(
                sum("weighted").cast("double").as("weighted"),
                sum("weights").cast("double").as("weights"),
                count(lit(1)).cast("double").as("counts"))
            .collectAsList());
  }

  /**
   * What the days were of all instruments of the sectors that have events, by the sector's name.
   * Packed years go in, one shuffle brings an instrument's together.
   */
  static Map<String, SectorDays> days(StageContext context, StudyMarkets names, Markets markets) {
    Dataset<Row> instruments = homes(context, names).where(col("sector").isNotNull());
    Dataset<Row> sectors =
        instruments
            .join(MeasuredEvents.ofAll(context).select("instrument_id"), INSTRUMENT, "left_semi")
            .select("sector")
            .distinct();
    Dataset<Row> years =
        context
            .read(Tables.SERIES)
            .join(broadcast(instruments.join(broadcast(sectors), SECTOR, "left_semi")), INSTRUMENT);
    return SectorDayStates.decode(
        MeasuredEvents.sorted(InstrumentRows.returns(years), context.read(Tables.SERIES).count())
            .mapPartitions(new SectorDayStates(markets), SectorDayStates.encoder())
            .groupBy("sector")
            .as(Encoders.STRING(), SectorDayStates.encoder())
            .mapGroups(SectorDayStates.merging(), SectorDayStates.encoder())
            .collectAsList());
  }

  /**
   * Instruments: instrument_id, home_market (the market that they are held against where an event
   * names none), and sector, NULL for a fund.
   */
  static Dataset<Row> homes(StageContext context, StudyMarkets names) {
    return names
        .named(context.read(Tables.INSTRUMENTS).withColumnRenamed("benchmark", "own_benchmark"))
        .select(
            col("instrument_id"),
            col("market").as("home_market"),
            when(coalesce(col("kind"), lit("")).notEqual("etf"), col("sector")).as("sector"));
  }

  /**
   * The name of what stands for the sector of a row of silver.instruments; NULL for nothing.
   *
   * @param known names that have a series
   */
  static Column nameOf(SectorChoice choice, Map<String, String> sectors, Set<String> known) {
    Column fund = fund(sectors);
    Column peers = concat(lit(PEERS + ":"), col("sector"));
    Column ofFund = when(fund.isin(known.toArray()), fund);
    Column ofPeers = when(peers.isin(known.toArray()), peers);
    return switch (choice) {
      case FUND -> coalesce(ofFund, ofPeers);
      case PEERS -> ofPeers;
    };
  }

  /** The instrument's own fund, else that of its sector; an instrument is not its own sector. */
  private static Column fund(Map<String, String> sectors) {
    Column ofSector = lit(null).cast("string");
    for (Map.Entry<String, String> sector : sectors.entrySet()) {
      if (!sector.getValue().equals(PEERS)) {
        ofSector =
            when(col("sector").equalTo(sector.getKey()), lit(sector.getValue()))
                .otherwise(ofSector);
      }
    }
    Column fund = coalesce(col("sector_benchmark"), ofSector);
    return when(fund.notEqual(col("instrument_id")), fund);
  }
}
