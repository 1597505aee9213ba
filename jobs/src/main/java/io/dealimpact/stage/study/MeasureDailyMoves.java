package io.dealimpact.stage.study;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_from_unix_date;
import static org.apache.spark.sql.functions.unix_date;

import io.dealimpact.codec.DailyMover;
import io.dealimpact.config.Configuration;
import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.Tables;
import io.dealimpact.stage.Stage;
import io.dealimpact.stage.StageContext;
import io.dealimpact.stage.StageResult;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/** Every instrument's daily change in value, its rank, and whether it closed at a record. */
public final class MeasureDailyMoves implements Stage {
  @Override
  public String name() {
    return "measure-daily-moves";
  }

  @Override
  public String summary() {
    return "daily return, value and its change in USD, rank of the change, record closes";
  }

  @Override
  public List<TableSpec> inputs() {
    return List.of(Tables.BARS, Tables.MARKET_CAPS);
  }

  @Override
  public Map<String, Object> settings(Configuration configuration) {
    return Map.of();
  }

  @Override
  public TableSpec output() {
    return Tables.DAILY_MOVES;
  }

  @Override
  public StageResult run(StageContext context) {
    Dataset<Row> caps =
        context
            .read(Tables.MARKET_CAPS)
            .select(
                col("instrument_id").as("cap_of"),
                col("trade_date").as("cap_on"),
                col("market_cap_usd"));
    Dataset<Row> bars = context.read(Tables.BARS);
    Dataset<Row> valued =
        bars.join(
                caps,
                bars.col("instrument_id")
                    .equalTo(caps.col("cap_of"))
                    .and(bars.col("trade_date").equalTo(caps.col("cap_on"))),
                "left")
            .select(
                bars.col("instrument_id"),
                unix_date(bars.col("trade_date")).as("day"),
                bars.col("close"),
                bars.col("high"),
                caps.col("market_cap_usd"));
    Dataset<Row> moves =
        valued
            .groupBy(col("instrument_id"))
            .as(Encoders.STRING(), Encoders.row(valued.schema()))
            .flatMapSortedGroups(
                new Column[] {col("day")}, new DailyMover(valued.schema()), DailyMover.encoder())
            .withColumn("trade_date", date_from_unix_date(col("day")));
    context.lake().replaceAll(output(), moves, context.note());
    return StageResult.computed("");
  }
}
