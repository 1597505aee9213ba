package io.dealimpact.stage.study;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.when;

import io.dealimpact.codec.MarketRows;
import io.dealimpact.lake.Tables;
import io.dealimpact.stage.StageContext;
import io.dealimpact.study.event.StudyPlan;
import io.dealimpact.study.market.SectorSeries;
import io.dealimpact.study.market.TradingCalendar;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Encoders;

/** What stands for the sectors of instruments. */
final class Sectors {
  private static final String PEERS = "peers";

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
    return MarketRows.sectors(
        calendar,
        context
            .read(Tables.BARS)
            .where(col("instrument_id").isin(funds.toArray()))
            .select(
                col("instrument_id"),
                unix_date(col("trade_date")).as("day"),
                col("open"),
                col("close"),
                col("adjusted_close"))
            .collectAsList(),
        plan.price(),
        plan.returns());
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
