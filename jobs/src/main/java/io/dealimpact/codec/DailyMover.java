package io.dealimpact.codec;

import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import io.dealimpact.row.RowReader;
import io.dealimpact.row.RowWriter;
import io.dealimpact.study.market.DailyMoves;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * An instrument's daily moves. Rows in are those of silver.series, ascending by year; of their
 * columns days, close, high, value_days and market_cap_usd are read.
 */
public final class DailyMover implements FlatMapGroupsFunction<String, Row, Row> {
  private static final long serialVersionUID = 1L;

  private static final StructType SCHEMA =
      new StructType()
          .add("instrument_id", StringType)
          .add("day", IntegerType)
          .add("close", DoubleType)
          .add("simple_return", DoubleType)
          .add("market_cap_usd", DoubleType)
          .add("change_close_usd", DoubleType)
          .add("change_high_usd", DoubleType)
          .add("change_rank", LongType)
          .add("rank_of", LongType)
          .add("rank_since_day", IntegerType)
          .add("return_rank", LongType)
          .add("is_record_close", BooleanType);

  private static final RowWriter MOVES = new RowWriter(SCHEMA);

  private final RowReader reader;
  private final long first;

  /**
   * Reads rows of a schema.
   *
   * @param years the schema of the rows that come in
   * @param first day whose row comes out; earlier days are counted alone
   */
  public DailyMover(StructType years, LocalDate first) {
    reader = RowReader.of(years, "days", "close", "high", "value_days", "market_cap_usd");
    this.first = first.toEpochDay();
  }

  /** Encoder of the output rows. */
  public static Encoder<Row> encoder() {
    return Encoders.row(SCHEMA);
  }

  @Override
  public Iterator<Row> call(String instrumentId, Iterator<Row> years) {
    List<DailyMoves.Bar> bars = new ArrayList<>();
    years.forEachRemaining(year -> addBars(reader.at(year), bars));
    return DailyMoves.of(bars).stream()
        .filter(move -> move.bar().epochDay() >= first)
        .map(move -> row(instrumentId, move))
        .iterator();
  }

  private static void addBars(RowReader.Cells year, List<DailyMoves.Bar> bars) {
    List<Integer> days = year.list("days");
    List<Double> close = year.list("close");
    List<Double> high = year.list("high");
    List<Integer> valueDays = year.list("value_days");
    List<Double> caps = year.list("market_cap_usd");
    int value = 0;
    for (int i = 0; i < days.size(); i++) {
      int day = days.get(i);
      while (value < valueDays.size() && valueDays.get(value) < day) {
        value++;
      }
      boolean hasValue = value < valueDays.size() && valueDays.get(value) == day;
      bars.add(
          new DailyMoves.Bar(
              day, close.get(i), high.get(i), hasValue ? caps.get(value) : Double.NaN));
    }
  }

  private static Row row(String instrumentId, DailyMoves.Move move) {
    return MOVES
        .row()
        .text("instrument_id", instrumentId)
        .whole("day", move.bar().epochDay())
        .number("close", move.bar().close())
        .number("simple_return", move.simpleReturn())
        .number("market_cap_usd", move.bar().capUsd())
        .number("change_close_usd", move.change().closeUsd())
        .number("change_high_usd", move.change().highUsd())
        .count("change_rank", move.rank().place() == 0 ? null : move.rank().place())
        .count("rank_of", move.rank().outOf())
        .whole("rank_since_day", move.rank().outOf() == 0 ? null : move.rank().since())
        .count("return_rank", move.returnRank() == 0 ? null : move.returnRank())
        .flag("is_record_close", move.recordClose())
        .build();
  }
}
