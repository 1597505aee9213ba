package io.dealimpact.codec;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;

/** Silver rows brought to the one shape in which an instrument's rows travel together. */
public final class InstrumentRows {
  private InstrumentRows() {}

  public static Encoder<Row> encoder() {
    return Encoders.row(InstrumentInput.SCHEMA);
  }

  /**
   * Daily bars.
   *
   * @param day since 1970-01-01
   * @param prices names of open, high, low, close, adjusted close, volume
   */
  public static Dataset<Row> bars(Dataset<Row> rows, Column day, List<String> prices) {
    return shape(rows, InstrumentInput.BAR, day, numbers(prices));
  }

  /**
   * Market values.
   *
   * @param day since 1970-01-01
   * @param values names of the value in USD and of USD for one unit of its currency
   */
  public static Dataset<Row> marketCaps(Dataset<Row> rows, Column day, List<String> values) {
    return shape(rows, InstrumentInput.MARKET_CAP, day, numbers(values));
  }

  /**
   * Earnings reports.
   *
   * @param day since 1970-01-01
   * @param instant microseconds since 1970, NULL where only the day is known
   */
  public static Dataset<Row> earnings(Dataset<Row> rows, Column day, Column instant) {
    return shape(rows, InstrumentInput.EARNINGS, day, Map.of("instant", instant));
  }

  /**
   * Events: rows with event_id, deal_id, role, deal_type, exchange, instrument_status and deal_usd.
   *
   * @param day since 1970-01-01
   * @param instant microseconds since 1970, NULL where only the day is known
   */
  public static Dataset<Row> events(Dataset<Row> rows, Column day, Column instant) {
    Map<String, Column> columns = new HashMap<>();
    columns.put("instant", instant);
    columns.put("number1", col("deal_usd"));
    for (String same :
        List.of("event_id", "deal_id", "role", "deal_type", "exchange", "instrument_status")) {
      columns.put(same, col(same));
    }
    return shape(rows, InstrumentInput.EVENT, day, columns);
  }

  private static Map<String, Column> numbers(List<String> names) {
    Map<String, Column> columns = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      columns.put("number" + (i + 1), col(names.get(i)));
    }
    return columns;
  }

  private static Dataset<Row> shape(
      Dataset<Row> rows, int kind, Column day, Map<String, Column> given) {
    Map<String, Column> columns = new HashMap<>(given);
    columns.put("instrument_id", col("instrument_id"));
    columns.put("kind", lit(kind));
    columns.put("day", day);
    return rows.select(
        Arrays.stream(InstrumentInput.SCHEMA.fields())
            .map(field -> column(field, columns))
            .toArray(Column[]::new));
  }

  private static Column column(StructField field, Map<String, Column> columns) {
    return columns.getOrDefault(field.name(), lit(null)).cast(field.dataType()).as(field.name());
  }
}
