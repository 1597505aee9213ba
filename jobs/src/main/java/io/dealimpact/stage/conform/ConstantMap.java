package io.dealimpact.stage.conform;

import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.lit;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * A map as one constant: built of an expression for each entry it would be analysed entry by entry,
 * in every expression that it is part of. Keys and texts must need no escape in JSON.
 */
final class ConstantMap {
  private ConstantMap() {}

  /** A map of texts to texts. */
  static Column ofTexts(Map<String, String> map) {
    return of(
        map.entrySet().stream()
            .map(entry -> quoted(entry.getKey()) + ":" + quoted(entry.getValue()))
            .collect(Collectors.joining(",")),
        DataTypes.StringType);
  }

  /** A map of texts to numbers. */
  static Column ofNumbers(Map<String, Double> map) {
    return of(
        map.entrySet().stream()
            .map(entry -> quoted(entry.getKey()) + ":" + entry.getValue())
            .collect(Collectors.joining(",")),
        DataTypes.DoubleType);
  }

  /** A map of texts to lists of texts. */
  static Column ofLists(Map<String, List<String>> map) {
    return of(
        map.entrySet().stream()
            .map(
                entry ->
                    quoted(entry.getKey())
                        + ":["
                        + entry.getValue().stream()
                            .map(ConstantMap::quoted)
                            .collect(Collectors.joining(","))
                        + "]")
            .collect(Collectors.joining(",")),
        DataTypes.createArrayType(DataTypes.StringType));
  }

  private static Column of(String entries, DataType value) {
    return from_json(
        lit("{" + entries + "}"), DataTypes.createMapType(DataTypes.StringType, value));
  }

  private static String quoted(String text) {
    return "\"" + text + "\"";
  }
}
