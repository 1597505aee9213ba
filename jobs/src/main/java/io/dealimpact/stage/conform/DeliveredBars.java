package io.dealimpact.stage.conform;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.when;

import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.Tables;
import io.dealimpact.quality.CheckedRows;
import io.dealimpact.row.RowReader;
import io.dealimpact.row.RowWriter;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;

/** Makes the rows of silver.delivered_bars. */
final class DeliveredBars {
  private static final RowWriter WRITER = new RowWriter(Tables.DELIVERED_BARS.schema());

  /** Fewer are written as they come. */
  private static final long FEW_BARS = 500_000;

  /** A file for each year, of so many years. */
  private static final int MOST_FILES = 32;

  private static final String STORED = "stored_";
  private static final List<String> KEYS = Tables.DELIVERED_BARS.keys();

  private DeliveredBars() {}

  /** The bars that count before they are held against one another, a row a year. */
  static Dataset<Row> of(CheckedRows checked) {
    return checked
        .acceptedBefore(BarSeries.rules())
        .where(col(BarSeries.YEAR).isNotNull())
        .select(col(BarSeries.YEAR + ".*"));
  }

  /** The calendar year of a day, counted from 1970-01-01. */
  static int yearOf(int day) {
    return LocalDate.ofEpochDay(day).getYear();
  }

  /**
   * A row of the table.
   *
   * @param bars typed rows of an instrument and year, ascending by day
   * @param reader of those rows
   * @param reviewHash of what the review made of them: see {@link BarHistory#hash}
   */
  static Row year(List<Row> bars, RowReader reader, long reviewHash) {
    RowReader.Cells first = reader.at(bars.get(0));
    RowReader.WholeColumn day = reader.whole(BarSeries.DAY);
    return WRITER
        .row()
        .text("instrument_id", first.text("instrument_id"))
        .whole("trade_year", yearOf(first.whole(BarSeries.DAY)))
        .value("days", days(bars.stream(), day))
        .value("open", numbers(bars, reader.number("open")))
        .value("high", numbers(bars, reader.number("high")))
        .value("low", numbers(bars, reader.number("low")))
        .value("close", numbers(bars, reader.number("close")))
        .value("adjusted_close", numbers(bars, reader.number("adjusted_close")))
        .value("volume_shares", numbers(bars, reader.number("volume")))
        .value("split_ratio", numbers(bars, reader.number("split_ratio")))
        .value("dividend_ccy", numbers(bars, reader.number("dividend")))
        .value(
            "less_dividend_days",
            days(bars.stream().filter(bar -> !reader.at(bar).isNull("price_basis")), day))
        .count("review_hash", reviewHash)
        .build();
  }

  private static Integer[] days(Stream<Row> bars, RowReader.WholeColumn day) {
    return bars.map(day::of).toArray(Integer[]::new);
  }

  /** NaN where there is none. */
  private static Double[] numbers(List<Row> bars, RowReader.NumberColumn column) {
    return bars.stream().map(column::of).toArray(Double[]::new);
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
