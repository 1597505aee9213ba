package io.dealimpact.stage.study;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_from_unix_date;

import io.dealimpact.codec.DailyMover;
import io.dealimpact.config.Configuration;
import io.dealimpact.lake.ChangedDays;
import io.dealimpact.lake.Lake;
import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.Tables;
import io.dealimpact.run.RunContext;
import io.dealimpact.stage.Stage;
import io.dealimpact.stage.StageContext;
import io.dealimpact.stage.StageResult;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/** Every instrument's daily change in value, its rank, and whether it closed at a record. */
public final class MeasureDailyMoves implements Stage {
  private static final String CAP = "market_cap_usd";

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
    return List.of(Tables.BARS, Tables.MARKET_CAPS, Tables.SERIES);
  }

  @Override
  public Map<String, Object> settings(Configuration configuration) {
    return Map.of();
  }

  @Override
  public TableSpec output() {
    return Tables.DAILY_MOVES;
  }

  /** A day's row depends on no later day: days before the first that changed stay as they are. */
  @Override
  public StageResult run(StageContext context) {
    Lake lake = context.lake();
    Optional<ChangedDays> changed =
        lake.changedSince(
            output(), List.of(Tables.BARS, Tables.MARKET_CAPS), "trade_date", context.note());
    if (changed.isEmpty()) {
      lake.replaceAll(output(), moves(context, LocalDate.MIN), context.note());
    } else if (!changed.get().isNone()) {
      LocalDate first = changed.get().first();
      lake.replaceRange(
          output(),
          moves(context, first),
          "trade_date",
          first.toString(),
          RunContext.DateRange.ALWAYS.to().toString(),
          context.note());
    }
    return StageResult.computed("");
  }

  /**
   * The rows of days from one on.
   *
   * @param first day
   */
  private static Dataset<Row> moves(StageContext context, LocalDate first) {
    Dataset<Row> years =
        context
            .read(Tables.SERIES)
            .select("instrument_id", "trade_year", "days", "close", "high", "value_days", CAP);
    return years
        .groupBy(col("instrument_id"))
        .as(Encoders.STRING(), Encoders.row(years.schema()))
        .flatMapSortedGroups(
            new Column[] {col("trade_year")},
            new DailyMover(years.schema(), first),
            DailyMover.encoder())
        .withColumn("trade_date", date_from_unix_date(col("day")))
        .withColumn("rank_since", date_from_unix_date(col("rank_since_day")));
  }
}
