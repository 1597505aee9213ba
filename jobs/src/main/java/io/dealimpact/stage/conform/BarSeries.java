package io.dealimpact.stage.conform;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_from_unix_date;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;

import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.Tables;
import io.dealimpact.quality.CheckedRows;
import io.dealimpact.quality.FeedChecks;
import io.dealimpact.row.RowReader;
import io.dealimpact.row.RowWriter;
import io.dealimpact.study.market.BarReview;
import io.dealimpact.study.market.DailyBar;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * Holds each bar against the others of its instrument: {@link BarReview} over a partition's rows,
 * of which one instrument at a time is in memory.
 *
 * <p>To the rows are added {@link #YEAR} and {@link #IS_STALE}.
 */
final class BarSeries implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  static final String FLAGS = "data_flags";

  /**
   * The year that a bar ends, a row of silver.delivered_bars with those of the instrument's bars
   * that were reviewed; NULL in rows of all other bars.
   */
  static final String YEAR = "bar_year";

  /**
   * Whether the review makes something else of bars that the instrument had before than it did
   * without the new ones: all of its rows must be judged again.
   */
  static final String IS_STALE = "bar_is_stale";

  private static final String COUNTS = "bar_counts";

  /** The day of a bar, counted from 1970-01-01. */
  static final String DAY = "bar_day";

  /** A row of silver.delivered_bars; NULL in rows that are reviewed. */
  private static final String HISTORY = "bar_history";

  private final RowReader reader;
  private final RowWriter writer;
  private final RowWriter refusals;
  private final KnownDays known;
  private final boolean hasHistory;

  private BarSeries(StructType schema, KnownDays known) {
    hasHistory = hasHistory(schema);
    reader = RowReader.of(schema);
    writer = new RowWriter(schema);
    refusals = new RowWriter((StructType) schema.apply(FeedChecks.REFUSED).dataType());
    this.known = known;
  }

  /**
   * Reviews the rows that are accepted so far.
   *
   * @param rows all of an instrument, in one partition, with their {@link #DAY}
   */
  static Dataset<Row> review(Dataset<Row> rows, KnownDays known) {
    return reviewed(marked(rows), known);
  }

  /**
   * Reviews the rows that are accepted so far, together with the bars that their instruments had.
   *
   * @param history rows of silver.delivered_bars, whose days are all before those of the instrument
   *     in {@code rows}
   */
  static Dataset<Row> review(Dataset<Row> rows, Dataset<Row> history, KnownDays known) {
    Column packed =
        struct(
            Tables.DELIVERED_BARS.columns().stream()
                .map(TableSpec.Column::name)
                .map(name -> col(name))
                .toArray(Column[]::new));
    Dataset<Row> marked = marked(rows);
    Dataset<Row> before =
        history
            .select(col("instrument_id"), packed.as(HISTORY))
            .withColumn(COUNTS, lit(false))
            .withColumn(IS_STALE, lit(false));
    Dataset<Row> together = marked.unionByName(before, true).repartition(col("instrument_id"));
    return reviewed(together, known);
  }

  private static Dataset<Row> marked(Dataset<Row> rows) {
    // A date would become a java.sql.Date of the JVM's time zone on its way.
    return rows.withColumns(
            Map.of(
                COUNTS, coalesce(FeedChecks.isAccepted(), lit(false)),
                YEAR, lit(null).cast(Tables.DELIVERED_BARS.schema()),
                IS_STALE, lit(false)))
        .drop("trade_date");
  }

  private static boolean hasHistory(StructType schema) {
    return List.of(schema.fieldNames()).contains(HISTORY);
  }

  private static Dataset<Row> reviewed(Dataset<Row> rows, KnownDays known) {
    Dataset<Row> sorted =
        hasHistory(rows.schema())
            ? rows.sortWithinPartitions(
                col("instrument_id"),
                col(HISTORY).isNull(),
                col(HISTORY).getField("trade_year"),
                col(DAY))
            : rows.sortWithinPartitions("instrument_id", DAY);
    return sorted
        .mapPartitions(new BarSeries(sorted.schema(), known), Encoders.row(sorted.schema()))
        .withColumn("trade_date", date_from_unix_date(col(DAY)))
        .drop(COUNTS, DAY, HISTORY);
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    return new Reviewed(rows);
  }

  /** A partition's rows after the review. */
  private final class Reviewed implements Iterator<Row> {
    private final Iterator<Row> rows;
    private final List<Row> instrument = new ArrayList<>();
    private final BarHistory history = new BarHistory(known);
    private final Queue<Row> ready = new ArrayDeque<>();
    private String id = "";

    Reviewed(Iterator<Row> rows) {
      this.rows = rows;
    }

    @Override
    public boolean hasNext() {
      while (ready.isEmpty() && rows.hasNext()) {
        take(rows.next());
      }
      if (ready.isEmpty()) {
        reviewInstrument();
      }
      return !ready.isEmpty();
    }

    private void take(Row row) {
      RowReader.Cells cells = reader.at(row);
      boolean isHistory = hasHistory && !cells.isNull(HISTORY);
      if (!isHistory && !cells.flagOrNull(COUNTS)) {
        ready.add(row);
        return;
      }
      if (!cells.text("instrument_id").equals(id)) {
        reviewInstrument();
        id = cells.text("instrument_id");
      }
      if (isHistory) {
        history.add(cells.nested(HISTORY).orElseThrow());
      } else {
        instrument.add(row);
      }
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException("no row is left");
      }
      return ready.remove();
    }

    private void reviewInstrument() {
      if (!instrument.isEmpty()) {
        Map<Integer, Double> splits = known.splits(id);
        List<DailyBar> bars = history.bars(splits);
        int first = bars.size();
        instrument.forEach(row -> bars.add(bar(reader.at(row), splits)));
        List<BarReview.Reviewed> reviewed = BarReview.of(bars);
        boolean isStale = !history.isAsBefore(bars, reviewed);
        for (int i = first, end; i < bars.size(); i = end) {
          end = endOfYear(bars, i);
          takeYear(
              instrument.subList(i - first, end - first),
              bars.subList(i, end),
              reviewed.subList(i, end),
              isStale);
        }
        instrument.clear();
      }
      history.clear();
    }

    /** The first bar from one on that is of another year. */
    private static int endOfYear(List<DailyBar> bars, int first) {
      int year = DeliveredBars.yearOf(bars.get(first).day());
      int end = first + 1;
      while (end < bars.size() && DeliveredBars.yearOf(bars.get(end).day()) == year) {
        end++;
      }
      return end;
    }

    private void takeYear(
        List<Row> rows, List<DailyBar> bars, List<BarReview.Reviewed> reviewed, Boolean isStale) {
      int last = rows.size() - 1;
      Row year = DeliveredBars.year(rows, reader, BarHistory.hash(bars, reviewed));
      for (int i = 0; i <= last; i++) {
        boolean isAsItWas =
            i < last && !isStale && BarHistory.isAsItWas(bars.get(i), reviewed.get(i));
        Row ended = i < last ? null : year;
        ready.add(isAsItWas ? rows.get(i) : changed(rows.get(i), reviewed.get(i), ended, isStale));
      }
    }
  }

  private DailyBar bar(RowReader.Cells row, Map<Integer, Double> splits) {
    int day = row.whole(DAY);
    return new DailyBar(
        day,
        new DailyBar.Prices(
            row.number("open"),
            row.number("high"),
            row.number("low"),
            row.number("close"),
            row.number("adjusted_close")),
        row.number("volume"),
        BarHistory.split(row.number("split_ratio"), splits.get(day)),
        row.number("dividend"),
        row.isNull("price_basis") ? DailyBar.Close.PAID : DailyBar.Close.LESS_DIVIDENDS,
        known.close(day));
  }

  private Row changed(Row row, BarReview.Reviewed reviewed, Row year, Boolean isStale) {
    RowReader.Cells before = reader.at(row);
    DailyBar.Prices prices = reviewed.bar().prices();
    return writer
        .row()
        .number("open", prices.open())
        .number("high", prices.high())
        .number("low", prices.low())
        .number("close", prices.close())
        .number("adjusted_close", prices.adjustedClose())
        .number("volume", reviewed.bar().volume())
        .textOrNull(
            FLAGS,
            Stream.concat(Stream.ofNullable(before.text(FLAGS)), reviewed.flags().stream())
                .collect(Collectors.joining(", ")))
        .value(FeedChecks.REFUSED, reviewed.refusal().map(this::refusal).orElse(null))
        .value(YEAR, year)
        .flag(IS_STALE, isStale)
        .rest(before)
        .build();
  }

  private Row refusal(BarReview.Refusal refusal) {
    return refusals
        .row()
        .text("rule", rule(refusal.reason()))
        .text("message", refusal.message())
        .build();
  }

  private static String rule(BarReview.Reason reason) {
    return switch (reason) {
      case NO_TRADE -> CheckedRows.NO_TRADE;
      case PRICE_JUMP -> "price-jump";
    };
  }

  /** The rules by which a review refuses bars. */
  static String[] rules() {
    return Stream.of(BarReview.Reason.values()).map(BarSeries::rule).toArray(String[]::new);
  }
}
