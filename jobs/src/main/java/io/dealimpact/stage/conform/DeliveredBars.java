package io.dealimpact.stage.conform;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.bit_xor;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.year;

import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.Tables;
import io.dealimpact.quality.CheckedRows;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;

/** Makes the rows of silver.delivered_bars. */
final class DeliveredBars {
  private static final String YEAR = "of_year";

  /** Fewer are written as they come. */
  private static final long FEW_BARS = 500_000;

  /** A file for each year, of so many years. */
  private static final int MOST_FILES = 32;

  private static final String STORED = "stored_";
  private static final List<String> KEYS = Tables.DELIVERED_BARS.keys();

  private DeliveredBars() {}

  /** The bars that count before they are held against one another, a row a year. */
  static Dataset<Row> of(CheckedRows checked) {
    Dataset<Row> bars = checked.acceptedBefore(BarSeries.rules());
    Column day = unix_date(col("trade_date"));
    Map<String, Column> numbers = new LinkedHashMap<>();
    numbers.put("days", day);
    for (String name : List.of("open", "high", "low", "close", "adjusted_close")) {
      numbers.put(name, delivered(name));
    }
    numbers.put("volume_shares", delivered("volume"));
    numbers.put("split_ratio", col("split_ratio"));
    numbers.put("dividend_ccy", col("dividend"));
    Column[] ofDay =
        numbers.entrySet().stream()
            .map(
                number ->
                    (number.getKey().equals("days")
                            ? number.getValue()
                            : coalesce(number.getValue(), lit(Double.NaN)))
                        .as(number.getKey()))
            .toArray(Column[]::new);
    return bars.groupBy(col("instrument_id"), year(col("trade_date")).as("trade_year"))
        .agg(
            array_sort(collect_list(struct(ofDay))).as(YEAR),
            array_sort(collect_list(when(col("price_basis").isNotNull(), day)))
                .as("less_dividend_days"),
            bit_xor(coalesce(col(BarSeries.REVIEW_HASH), lit(0L))).as("review_hash"))
        .select(
            Stream.of(
                    KEYS.stream().map(key -> col(key)),
                    numbers.keySet().stream().map(name -> col(YEAR).getField(name).as(name)),
                    Stream.of(col("less_dividend_days"), col("review_hash")))
                .flatMap(columns -> columns)
                .toArray(Column[]::new));
  }

  /** A number before the review. */
  private static Column delivered(String name) {
    Column before = col(BarSeries.DELIVERED);
    return when(before.isNotNull(), before.getField(name)).otherwise(col(name));
  }

  /**
   * Rows so arranged that a file has few years: the next run writes few of them again.
   *
   * @param bars how many
   */
  static Dataset<Row> byYear(Dataset<Row> years, long bars) {
    return bars < FEW_BARS ? years : years.repartitionByRange(MOST_FILES, col("trade_year"));
  }

  /**
   * The years of new bars, with the bars that were there.
   *
   * @param years of new bars alone, all later than those that were there
   * @param stored rows of silver.delivered_bars
   */
  static Dataset<Row> joined(Dataset<Row> years, Dataset<Row> stored) {
    Column[] before =
        Tables.DELIVERED_BARS.columnNames().stream()
            .map(name -> col(name).as(STORED + name))
            .toArray(Column[]::new);
    Column isSame =
        KEYS.stream()
            .map(key -> col(key).equalTo(col(STORED + key)))
            .reduce(Column::and)
            .orElseThrow();
    return years
        .join(stored.select(before), isSame, "left")
        .select(
            Tables.DELIVERED_BARS.columns().stream()
                .map(column -> joined(column).as(column.name()))
                .toArray(Column[]::new));
  }

  private static Column joined(TableSpec.Column column) {
    Column mine = col(column.name());
    Column before = col(STORED + column.name());
    if (KEYS.contains(column.name())) {
      return mine;
    }
    return when(col(STORED + KEYS.get(0)).isNull(), mine)
        .otherwise(
            column.type() instanceof ArrayType ? concat(before, mine) : before.bitwiseXOR(mine));
  }

  /** The last day of each instrument: instrument_id, day counted from 1970-01-01. */
  static Dataset<Row> lastDays(Dataset<Row> stored) {
    return stored.groupBy("instrument_id").agg(max(element_at(col("days"), -1)).as("day"));
  }
}
