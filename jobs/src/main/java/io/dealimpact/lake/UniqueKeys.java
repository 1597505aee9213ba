package io.dealimpact.lake;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.raise_error;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * Ends a write of silver or gold, before its commit, when two rows have one key. The check is part
 * of the job that writes: it costs a shuffle of the rows that are written, and none where they are
 * in one partition.
 *
 * <p>Three kinds of tables are not checked. The rows of one by event and model, and perhaps by
 * window or day, are those of an event taken apart, and events are unique before they are measured:
 * {@link Lake#withUniqueKey}, as are a study's models and windows. The rows of gold.robustness are
 * those of an event, or of a group's window that was checked, taken apart by choices and tests;
 * those of gold.deal_impact are a deal's, those of gold.capacity_by_quarter a cell's, and one call
 * makes all of it.
 */
final class UniqueKeys {
  private static final String COPIES = "copies_of_key";

  /** Keys of rows that are parts of one thing, which is unique. */
  private static final List<Set<String>> PARTS =
      List.of(
          Set.of("event_id", "model"),
          Set.of("relative_day"),
          Set.of("gpu_model", "quarter"),
          Set.of("subject", "test"),
          Set.of("deal_id", "model", "window_start"));

  private static final Pattern ERROR = Pattern.compile("duplicate-key\\[(.*?)\\]duplicate-key");

  private UniqueKeys() {}

  /** The rows, of which computing one fails where its key is not unique. */
  static Dataset<Row> guard(TableSpec table, Dataset<Row> rows) {
    List<String> keys = table.keys();
    boolean guarded = table.layer().equals("silver") || table.layer().equals("gold");
    if (!guarded || keys.isEmpty() || PARTS.stream().anyMatch(keys::containsAll)) {
      return rows;
    }
    return unique(rows, keys);
  }

  /** The rows, of which computing one fails where another has the same key. */
  static Dataset<Row> unique(Dataset<Row> rows, List<String> keys) {
    String first = keys.get(0);
    Column shown =
        concat_ws(
            ", ",
            keys.stream()
                .map(k -> concat(lit(k + " "), coalesce(col(k).cast("string"), lit("(missing)"))))
                .toArray(Column[]::new));
    Column error = raise_error(concat(lit("duplicate-key["), shown, lit("]duplicate-key")));
    return rows.withColumn(
            COPIES,
            count(lit(1))
                .over(Window.partitionBy(keys.stream().map(k -> col(k)).toArray(Column[]::new))))
        .withColumn(
            first,
            when(col(COPIES).gt(1), error.cast(rows.schema().apply(first).dataType()))
                .otherwise(col(first)))
        .drop(COPIES);
  }

  /** The key that a failed write found twice; empty if it failed for another reason. */
  static Optional<String> duplicate(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      Matcher found = ERROR.matcher(String.valueOf(cause.getMessage()));
      if (found.find()) {
        return Optional.of(found.group(1));
      }
    }
    return Optional.empty();
  }
}
