package io.dealimpact.stage.conform;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_from_unix_date;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.unix_date;

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
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * Holds each bar against the others of its instrument: {@link BarReview} over a partition's rows,
 * of which one instrument at a time is in memory.
 */
final class BarSeries implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  static final String FLAGS = "data_flags";

  /** The benchmark's close of the row's day; NULL where it has none. */
  static final String MARKET = "benchmark_close";

  private static final String COUNTS = "bar_counts";
  private static final String DAY = "bar_day";
  private static final String SPLIT = "bar_split";

  private final RowReader reader;
  private final RowWriter writer;
  private final RowWriter refusals;

  private BarSeries(StructType schema) {
    reader = RowReader.of(schema);
    writer = new RowWriter(schema);
    refusals = new RowWriter((StructType) schema.apply(FeedChecks.REFUSED).dataType());
  }

  /**
   * Reviews the rows that are accepted so far.
   *
   * @param rows those of an instrument are in one partition
   * @param splits instrument_id, effective_date, ratio
   */
  static Dataset<Row> review(Dataset<Row> rows, Dataset<Row> splits) {
    Dataset<Row> known =
        splits.select(
            col("instrument_id").as("split_of"),
            col("effective_date").as("split_day"),
            col("ratio").as("split_given"));
    // A date would become a java.sql.Date of the JVM's time zone on its way.
    Dataset<Row> sorted =
        rows.join(
                broadcast(known),
                col("instrument_id")
                    .equalTo(col("split_of"))
                    .and(col("trade_date").equalTo(col("split_day"))),
                "left")
            .withColumn(SPLIT, coalesce(nullif(col("split_ratio"), lit(0.0)), col("split_given")))
            .withColumn(COUNTS, coalesce(FeedChecks.isAccepted(), lit(false)))
            .withColumn(DAY, unix_date(col("trade_date")))
            .drop("split_of", "split_day", "split_given", "trade_date")
            .sortWithinPartitions("instrument_id", DAY);
    return sorted
        .mapPartitions(new BarSeries(sorted.schema()), Encoders.row(sorted.schema()))
        .withColumn("trade_date", date_from_unix_date(col(DAY)))
        .drop(SPLIT, COUNTS, DAY, MARKET);
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    return new Reviewed(rows);
  }

  /** A partition's rows after the review. */
  private final class Reviewed implements Iterator<Row> {
    private final Iterator<Row> rows;
    private final List<Row> instrument = new ArrayList<>();
    private final Queue<Row> ready = new ArrayDeque<>();
    private String id = "";

    Reviewed(Iterator<Row> rows) {
      this.rows = rows;
    }

    @Override
    public boolean hasNext() {
      while (ready.isEmpty() && rows.hasNext()) {
        Row row = rows.next();
        if (!reader.at(row).flagOrNull(COUNTS)) {
          ready.add(row);
          continue;
        }
        String its = reader.at(row).text("instrument_id");
        if (!its.equals(id)) {
          reviewInstrument();
          id = its;
        }
        instrument.add(row);
      }
      if (ready.isEmpty()) {
        reviewInstrument();
      }
      return !ready.isEmpty();
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException("no row is left");
      }
      return ready.remove();
    }

    private void reviewInstrument() {
      List<DailyBar> bars = instrument.stream().map(row -> bar(reader.at(row))).toList();
      List<BarReview.Reviewed> reviewed = BarReview.of(bars);
      for (int i = 0; i < reviewed.size(); i++) {
        Row row = instrument.get(i);
        BarReview.Reviewed result = reviewed.get(i);
        boolean isAsItWas =
            result.flags().isEmpty()
                && result.refusal().isEmpty()
                && result.bar().equals(bars.get(i));
        ready.add(isAsItWas ? row : changed(row, result));
      }
      instrument.clear();
    }
  }

  private static DailyBar bar(RowReader.Cells row) {
    return new DailyBar(
        row.whole(DAY),
        new DailyBar.Prices(
            row.number("open"),
            row.number("high"),
            row.number("low"),
            row.number("close"),
            row.number("adjusted_close")),
        row.number("volume"),
        row.number(SPLIT),
        row.number("dividend"),
        row.isNull("price_basis") ? DailyBar.Close.PAID : DailyBar.Close.LESS_DIVIDENDS,
        row.number(MARKET));
  }

  private Row changed(Row row, BarReview.Reviewed reviewed) {
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
        .rest(before)
        .build();
  }

  private Row refusal(BarReview.Refusal refusal) {
    String rule =
        switch (refusal.reason()) {
          case NO_TRADE -> CheckedRows.NO_TRADE;
          case PRICE_JUMP -> "price-jump";
        };
    return refusals.row().text("rule", rule).text("message", refusal.message()).build();
  }
}
