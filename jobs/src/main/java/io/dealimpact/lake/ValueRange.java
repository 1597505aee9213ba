package io.dealimpact.lake;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/**
 * Values of a column, both ends inclusive.
 *
 * @param from SQL literal's text, for instance a date as {@code 2025-11-03}
 */
public record ValueRange(String from, String to) {

  /** Whether a value lies in one of the ranges. */
  public static Column isInOneOf(Column value, List<ValueRange> ranges) {
    return ranges.stream()
        .map(range -> value.geq(range.from).and(value.leq(range.to)))
        .reduce(functions.lit(false), Column::or);
  }

  static String condition(String column, List<ValueRange> ranges) {
    return ranges.stream()
        .map(
            range ->
                String.format(
                    Locale.ROOT,
                    "(%s >= '%s' AND %s <= '%s')",
                    column,
                    range.from,
                    column,
                    range.to))
        .collect(Collectors.joining(" OR "));
  }
}
