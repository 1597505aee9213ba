package io.dealimpact.testing;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.hex;
import static org.apache.spark.sql.functions.to_json;

import io.dealimpact.lake.Lake;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
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
    boolean equal =
        new CompareLakes(io.dealimpact.lake.Session.open(), System.out)
            .compare(args[0], args[1], layers);
    System.out.flush();
    System.exit(equal ? 0 : 1);
  }

  /** Prints a line for each table. Returns whether the lakes are equal, and have a table at all. */
  static boolean compare(
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
    Dataset<Row> firstText = text(first).cache();
    Dataset<Row> secondText = text(second).cache();
    long onlyFirst = firstText.exceptAll(secondText).count();
    long onlySecond = secondText.exceptAll(firstText).count();
    long rows = firstText.count();
    if (onlyFirst + onlySecond > 0) {
      show("only in the first", firstText.exceptAll(secondText));
      show("only in the second", secondText.exceptAll(firstText));
    }
    firstText.unpersist();
    secondText.unpersist();
    return onlyFirst + onlySecond == 0
        ? "%,9d rows  equal".formatted(rows)
        : "%,9d rows  %,d only in the first, %,d only in the second"
            .formatted(rows, onlyFirst, onlySecond);
  }

  private void show(String title, Dataset<Row> rows) {
    rows.orderBy(Arrays.stream(rows.columns()).map(functions::col).toArray(Column[]::new))
        .limit(SHOWN_ROWS)
        .toJSON()
        .collectAsList()
        .forEach(row -> out.printf("  %s: %s%n", title, row));
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
