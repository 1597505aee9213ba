package io.dealimpact.codec;

import static org.apache.spark.sql.types.DataTypes.DoubleType;

import io.dealimpact.capacity.Range;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * Ranges as three columns, {@code name_low}, {@code name_mid}, {@code name_high}, NULL if empty.
 */
final class Ranges {
  private Ranges() {}

  static StructType add(StructType schema, String name) {
    return schema
        .add(name + "_low", DoubleType)
        .add(name + "_mid", DoubleType)
        .add(name + "_high", DoubleType);
  }

  static void add(List<Object> values, Optional<Range> range) {
    values.add(range.map(Range::low).orElse(null));
    values.add(range.map(Range::mid).orElse(null));
    values.add(range.map(Range::high).orElse(null));
  }

  static void add(List<Object> values, Range range) {
    add(values, Optional.of(range));
  }

  /** The range that starts at the field; empty if one of its three columns is NULL. */
  static Optional<Range> at(Row row, int field) {
    return row.isNullAt(field) || row.isNullAt(field + 1) || row.isNullAt(field + 2)
        ? Optional.empty()
        : Optional.of(
            Range.of(row.getDouble(field), row.getDouble(field + 1), row.getDouble(field + 2)));
  }

  /** The number, or null. */
  static Double number(Row row, int field) {
    return row.isNullAt(field) ? null : row.getDouble(field);
  }
}
