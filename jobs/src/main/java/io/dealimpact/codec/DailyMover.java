package io.dealimpact.codec;

import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import io.dealimpact.study.numeric.RankSoFar;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * An instrument's daily moves. Rows in, sorted by day: day since 1970-01-01, close, high, market
 * value in USD, USD for one unit of its currency.
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
          .add("is_record_close", BooleanType);

  /** Encoder of the output rows. */
  public static Encoder<Row> encoder() {
    return Encoders.row(SCHEMA);
  }

  private record Bar(int day, double close, double high, double capUsd) {}

  @Override
  public Iterator<Row> call(String instrumentId, Iterator<Row> rows) {
    List<Bar> bars = new ArrayList<>();
    rows.forEachRemaining(
        row -> bars.add(new Bar(row.getInt(1), number(row, 2), number(row, 3), number(row, 4))));
    double[] changes = new double[bars.size()];
    for (int i = 0; i < changes.length; i++) {
      changes[i] = i == 0 ? Double.NaN : change(bars.get(i - 1), bars.get(i).close());
    }
    long[] ranks = RankSoFar.largestFirst(changes);
    List<Row> moves = new ArrayList<>();
    double record = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < changes.length; i++) {
      Bar bar = bars.get(i);
      moves.add(
          RowFactory.create(
              instrumentId,
              bar.day(),
              bar.close(),
              i == 0 ? null : finite(bar.close() / bars.get(i - 1).close() - 1),
              finite(bar.capUsd()),
              finite(changes[i]),
              i == 0 ? null : finite(change(bars.get(i - 1), bar.high())),
              ranks[i] == 0 ? null : ranks[i],
              i > 0 && bar.close() > record));
      record = Math.max(record, bar.close());
    }
    return moves.iterator();
  }

  /** Shares known the day before times the change of the price, in that day's dollars. */
  private static double change(Bar before, double price) {
    return before.capUsd() / before.close() * (price - before.close());
  }

  private static double number(Row row, int field) {
    return row.isNullAt(field) ? Double.NaN : row.getDouble(field);
  }

  private static Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
