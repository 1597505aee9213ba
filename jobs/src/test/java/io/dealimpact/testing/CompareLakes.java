package io.dealimpact.testing;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.hex;
import static org.apache.spark.sql.functions.to_json;

import io.dealimpact.lake.Lake;
import io.dealimpact.lake.Session;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Compares two lakes table by table: the same columns, and every row as often in one as in the
 * other. Values are compared as Spark prints them, which gives a double in full precision and tells
 * −0.0 from 0.0; no tolerance. {@code jobs/bin/compare-lakes} runs it.
 */
public final class CompareLakes {
  private static final int SHOWN_ROWS = 3;

  private final SparkSession spark;
  private final PrintStream out;

  private CompareLakes(SparkSession spark, PrintStream out) {
    this.spark = spark;
    this.out = out;
  }

  /**
   * Compares the tables and ends the process: status 0 if they are equal, 1 if not, 2 for usage.
   *
   * @param args two lakes, then layers; without layers gold alone
   */
  public static void main(String[] args) {
    if (args.length < 2) {
      System.err.println("compare-lakes LAKE_A LAKE_B [LAYER …]");
      System.exit(2);
    }
    List<String> layers =
        args.length == 2 ? List.of("gold") : Arrays.asList(args).subList(2, args.length);
    boolean equal = new CompareLakes(Session.open(), System.out).compare(args[0], args[1], layers);
    System.out.flush();
    System.exit(equal ? 0 : 1);
  }

  /** Prints a line for each table. Returns whether the lakes are equal, and have a table at all. */
  public static boolean compare(
      SparkSession spark, PrintStream out, String first, String second, List<String> layers) {
    return new CompareLakes(spark, out).compare(first, second, layers);
  }

  private boolean compare(String first, String second, List<String> layers) {
    Lake one = new Lake(spark, first, Lake.Writes.SUPPRESSED);
    Lake other = new Lake(spark, second, Lake.Writes.SUPPRESSED);
    TreeSet<String> names = new TreeSet<>(one.tableNames());
    names.addAll(other.tableNames());
    names.removeIf(name -> !layers.contains(name.substring(0, name.indexOf('.'))));
    List<String> differ = new ArrayList<>();
    for (String name : names) {
      String result = compare(name, one, other);
      if (!result.endsWith(" equal")) {
        differ.add(name);
      }
      out.printf("%-40s %s%n", name, result);
    }
    out.printf("%d tables, %d differ%n", names.size(), differ.size());
    return !names.isEmpty() && differ.isEmpty();
  }

  private String compare(String name, Lake one, Lake other) {
    for (Lake lake : List.of(one, other)) {
      if (!lake.tableNames().contains(name)) {
        return "is not in " + lake.path(name);
      }
    }
    Dataset<Row> first = spark.read().format("delta").load(one.path(name));
    Dataset<Row> second = spark.read().format("delta").load(other.path(name));
    if (!columns(first).equals(columns(second))) {
      return "other columns: %s and %s".formatted(columns(first), columns(second));
    }
    Map<String, Integer> balance = new HashMap<>();
    long rows = count(first, 1, balance);
    count(second, -1, balance);
    List<String> onlyFirst = only(balance, 1);
    List<String> onlySecond = only(balance, -1);
    if (onlyFirst.isEmpty() && onlySecond.isEmpty()) {
      return "%,9d rows  equal".formatted(rows);
    }
    onlyFirst.stream().limit(SHOWN_ROWS).forEach(row -> out.println("  only in the first: " + row));
    onlySecond.stream()
        .limit(SHOWN_ROWS)
        .forEach(row -> out.println("  only in the second: " + row));
    return "%,9d rows  %,d only in the first, %,d only in the second"
        .formatted(rows, onlyFirst.size(), onlySecond.size());
  }

  /** Adds {@code step} for every row. Returns the number of rows. */
  private static long count(Dataset<Row> rows, int step, Map<String, Integer> balance) {
    long count = 0;
    for (Iterator<Row> each = text(rows).toLocalIterator(); each.hasNext(); count++) {
      Row row = each.next();
      // NULL prints as null without quotes, and a text with them.
      List<String> cells = new ArrayList<>();
      for (int i = 0; i < row.length(); i++) {
        cells.add(row.isNullAt(i) ? "null" : '"' + row.getString(i).replace("\"", "\"\"") + '"');
      }
      balance.merge(String.join(",", cells), step, Integer::sum);
    }
    return count;
  }

  /** The rows that one side has more often, as often as it has them more; sorted. */
  private static List<String> only(Map<String, Integer> balance, int sign) {
    return balance.entrySet().stream()
        .filter(row -> Integer.signum(row.getValue()) == sign)
        .flatMap(row -> Collections.nCopies(Math.abs(row.getValue()), row.getKey()).stream())
        .sorted()
        .toList();
  }

  private static List<String> columns(Dataset<Row> rows) {
    return Arrays.stream(rows.schema().fields())
        .map(field -> field.name() + " " + field.dataType().sql())
        .toList();
  }

  private static Dataset<Row> text(Dataset<Row> rows) {
    List<Column> text = new ArrayList<>();
    for (StructField field : rows.schema().fields()) {
      Column column = col("`" + field.name() + "`");
      Column printed = column.cast("string");
      if (field.dataType() instanceof BinaryType) {
        printed = hex(column);
      } else if (field.dataType() instanceof ArrayType
          || field.dataType() instanceof MapType
          || field.dataType() instanceof StructType) {
        printed = to_json(column);
      }
      text.add(printed.as(field.name()));
    }
    return rows.select(text.toArray(Column[]::new));
  }
}
