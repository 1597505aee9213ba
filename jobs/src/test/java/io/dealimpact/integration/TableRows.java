package io.dealimpact.integration;

import io.dealimpact.report.TextTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * All rows of a table as text that two values share only if they are the same: a double as {@link
 * Double#toString} writes it, which tells any two doubles apart, the zeros too.
 *
 * @param columns names
 * @param rows cells in the columns' order; null for NULL
 */
record TableRows(List<String> columns, List<List<String>> rows) {
  private static final int SHOWN = 40;

  /** What Spark reads. */
  static TableRows of(Dataset<Row> table) {
    List<List<String>> rows = new ArrayList<>();
    for (Row row : table.collectAsList()) {
      List<String> cells = new ArrayList<>();
      for (int i = 0; i < row.length(); i++) {
        cells.add(text(row.get(i)));
      }
      rows.add(cells);
    }
    return new TableRows(List.of(table.columns()), rows);
  }

  private static String text(Object value) {
    if (value == null) {
      return null;
    }
    if (value instanceof scala.collection.Map<?, ?> map) {
      Map<String, String> sorted = new TreeMap<>();
      scala.jdk.javaapi.CollectionConverters.asJava(map)
          .forEach((key, cell) -> sorted.put(text(key), text(cell)));
      return sorted.toString();
    }
    if (value instanceof scala.collection.Seq<?> list) {
      return scala.jdk.javaapi.CollectionConverters.asJava(list).toString();
    }
    return value.toString();
  }

  /**
   * The differences between two readings of a table, as a table for people: one line for each cell
   * that differs, and for each row that only one of them has.
   *
   * @param keys columns that tell one row from another
   * @return empty if there are none
   */
  static String differences(
      List<String> keys, String leftName, TableRows left, String rightName, TableRows right) {
    if (!left.columns.equals(right.columns)) {
      return "columns of %s %s, of %s %s"
          .formatted(leftName, left.columns, rightName, right.columns);
    }
    TextTable table = new TextTable(List.of(String.join(" ", keys), "column", leftName, rightName));
    int found = 0;
    Map<String, List<String>> leftRows = left.byKey(keys);
    Map<String, List<String>> rightRows = right.byKey(keys);
    TreeSet<String> all = new TreeSet<>(leftRows.keySet());
    all.addAll(rightRows.keySet());
    for (String key : all) {
      List<String> one = leftRows.get(key);
      List<String> other = rightRows.get(key);
      if (one == null || other == null) {
        found++;
        if (found <= SHOWN) {
          table.add(List.of(key, "(row)", there(one), there(other)));
        }
        continue;
      }
      for (int i = 0; i < one.size(); i++) {
        if (!Objects.equals(one.get(i), other.get(i))) {
          found++;
          if (found <= SHOWN) {
            table.add(
                List.of(
                    key,
                    left.columns.get(i),
                    String.valueOf(one.get(i)),
                    String.valueOf(other.get(i))));
          }
        }
      }
    }
    return found == 0 ? "" : found + " differences, the first of them:\n" + table.print();
  }

  private static String there(List<String> row) {
    return row == null ? "absent" : "there";
  }

  private Map<String, List<String>> byKey(List<String> keys) {
    int[] at = keys.stream().mapToInt(columns::indexOf).toArray();
    Map<String, List<String>> sorted = new LinkedHashMap<>();
    for (List<String> row : rows) {
      List<String> key = new ArrayList<>();
      for (int i : at) {
        key.add(row.get(i));
      }
      if (sorted.put(String.join(" ", key), row) != null) {
        throw new AssertionError("two rows with the key " + key);
      }
    }
    return sorted;
  }
}
