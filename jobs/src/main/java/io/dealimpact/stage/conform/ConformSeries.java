package io.dealimpact.stage.conform;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.year;

import io.dealimpact.config.Configuration;
import io.dealimpact.lake.ChangedDays;
import io.dealimpact.lake.Lake;
import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.Tables;
import io.dealimpact.stage.Stage;
import io.dealimpact.stage.StageContext;
import io.dealimpact.stage.StageResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Packs each instrument's bars and values into arrays, a row a year: what the study reads. Only the
 * years that changed since the last time are packed and written again.
 */
public final class ConformSeries implements Stage {
  private static final List<String> OF_BARS =
      List.of("open", "high", "low", "close", "adjusted_close", "volume_shares");
  private static final List<String> OF_VALUES = List.of("market_cap_usd", "usd_per_unit");
  private static final List<String> OF_RETURNS = List.of("total_return", "return_ex_dividend");

  @Override
  public String name() {
    return "conform-series";
  }

  @Override
  public String summary() {
    return "bars, market values and returns as arrays, a row for each instrument and year";
  }

  @Override
  public List<TableSpec> inputs() {
    return List.of(Tables.BARS, Tables.MARKET_CAPS, Tables.RETURNS);
  }

  @Override
  public Map<String, Object> settings(Configuration configuration) {
    return Map.of();
  }

  @Override
  public TableSpec output() {
    return Tables.SERIES;
  }

  @Override
  public StageResult run(StageContext context) {
    Lake lake = context.lake();
    Optional<ChangedDays> changed =
        lake.changedSince(output(), inputs(), "trade_date", context.note());
    if (changed.isEmpty()) {
      lake.replaceAll(
          output(),
          DeliveredBars.byYear(series(context, lit(true)), context.read(Tables.BARS).count()),
          context.note());
      return StageResult.computed("");
    }
    if (changed.get().isNone()) {
      return StageResult.computed("");
    }
    int first = changed.get().first().getYear();
    int last = changed.get().last().getYear();
    lake.replaceRange(
        output(),
        series(context, year(col("trade_date")).between(first, last)),
        "trade_year",
        String.valueOf(first),
        String.valueOf(last),
        context.note());
    return StageResult.computed(first == last ? "of " + first : "of " + first + " to " + last);
  }

  private static Dataset<Row> series(StageContext context, Column days) {
    Dataset<Row> bars = packed(context.read(Tables.BARS).where(days), "days", OF_BARS);
    Dataset<Row> values =
        packed(context.read(Tables.MARKET_CAPS).where(days), "value_days", OF_VALUES);
    Dataset<Row> returns =
        packed(context.read(Tables.RETURNS).where(days), "return_days", OF_RETURNS);
    String[] keys = Tables.SERIES.keys().toArray(String[]::new);
    return bars.join(values, keys, "full_outer")
        .join(returns, keys, "full_outer")
        .select(
            Tables.SERIES.columns().stream()
                .map(
                    column ->
                        Tables.SERIES.keys().contains(column.name())
                            ? col(column.name())
                            // A year without bars, or without values: no days.
                            : coalesce(col(column.name()), array().cast(column.type()))
                                .as(column.name()))
                .toArray(Column[]::new));
  }

  private static Dataset<Row> packed(Dataset<Row> rows, String days, List<String> columns) {
    Column[] day =
        Stream.concat(
                Stream.of(unix_date(col("trade_date")).as(days)),
                columns.stream().map(name -> coalesce(col(name), lit(Double.NaN)).as(name)))
            .toArray(Column[]::new);
    return rows.groupBy(col("instrument_id"), year(col("trade_date")).as("trade_year"))
        .agg(array_sort(collect_list(struct(day))).as("of_year"))
        .select(
            Stream.concat(
                    Tables.SERIES.keys().stream().map(key -> col(key)),
                    Stream.concat(Stream.of(days), columns.stream())
                        .map(name -> col("of_year").getField(name).as(name)))
                .toArray(Column[]::new));
  }
}
