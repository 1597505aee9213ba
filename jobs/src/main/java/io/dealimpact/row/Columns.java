package io.dealimpact.row;

import static org.apache.spark.sql.types.DataTypes.DoubleType;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The names of columns. */
public final class Columns {
  private Columns() {}

  /** The columns of these names, for a selection. */
  public static Column[] named(List<String> names) {
    return names.stream().map(functions::col).toArray(Column[]::new);
  }

  /** Some columns of a schema, in the order of the names. */
  public static StructType some(StructType schema, List<String> names) {
    return new StructType(names.stream().map(schema::apply).toArray(StructField[]::new));
  }

  /** A schema with a range more: {@code name_low}, {@code name_mid}, {@code name_high}. */
  public static StructType withRange(StructType schema, String name) {
    return schema
        .add(name + "_low", DoubleType)
        .add(name + "_mid", DoubleType)
        .add(name + "_high", DoubleType);
  }

  /**
   * Each column's position.
   *
   * @throws IllegalArgumentException if two columns have one name
   */
  static Map<String, Integer> ordinals(StructType schema) {
    Map<String, Integer> ordinals = new HashMap<>();
    for (String name : schema.fieldNames()) {
      if (ordinals.put(name, ordinals.size()) != null) {
        throw new IllegalArgumentException(
            "two columns " + name + " in " + Arrays.toString(schema.fieldNames()));
      }
    }
    return ordinals;
  }
}
