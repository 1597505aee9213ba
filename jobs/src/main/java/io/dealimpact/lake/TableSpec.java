package io.dealimpact.lake;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * One table of the lake: its columns with a comment that gives meaning and unit, its keys, its
 * checks, its layout on disk.
 *
 * @param layer bronze, silver, gold or ops
 * @param name within the layer
 * @param comment one row for each what
 * @param columns in the order they are stored
 * @param keys names of the columns in which no two rows are equal; empty for bronze and ops
 * @param checks constraint name to a condition that every row meets
 * @param clusteredBy columns the files are clustered by; empty for none
 */
public record TableSpec(
    String layer,
    String name,
    String comment,
    List<Column> columns,
    List<String> keys,
    Map<String, String> checks,
    List<String> clusteredBy) {

  /**
   * A column.
   *
   * @param type one of Spark's types
   * @param presence whether a row must have it
   * @param comment meaning and unit
   */
  public record Column(String name, DataType type, Presence presence, String comment) {}

  /** Whether a column may be NULL. */
  public enum Presence {
    REQUIRED,
    OPTIONAL
  }

  /** {@code gold.event_impact}: how queries name it. */
  public String fullName() {
    return layer + "." + name;
  }

  /** The columns as Spark sees them, comments included. */
  public StructType schema() {
    return new StructType(
        columns.stream()
            .map(
                c ->
                    new StructField(
                        c.name(),
                        c.type(),
                        c.presence() == Presence.OPTIONAL,
                        comment(c.comment())))
            .toArray(StructField[]::new));
  }

  /** Column names in order. */
  public List<String> columnNames() {
    return columns.stream().map(Column::name).toList();
  }

  /**
   * Names of the columns by which rows are asked for: the keys, what the files are clustered by,
   * days, and identifiers of rows of other tables; of a table without keys the columns that every
   * row has.
   */
  List<String> askedBy() {
    if (keys.isEmpty()) {
      return columns.stream()
          .filter(column -> column.presence() == Presence.REQUIRED)
          .map(Column::name)
          .toList();
    }
    Stream<String> others =
        columns.stream()
            .filter(column -> column.type().equals(DataTypes.DateType) || isIdentifier(column))
            .map(Column::name);
    return Stream.of(keys.stream(), clusteredBy.stream(), others)
        .flatMap(names -> names)
        .distinct()
        .toList();
  }

  private static boolean isIdentifier(Column column) {
    return column.type().equals(DataTypes.StringType) && column.name().endsWith("_id");
  }

  private static Metadata comment(String text) {
    return new MetadataBuilder().putString("comment", text).build();
  }

  static Builder table(String fullName, String comment) {
    return new Builder(fullName, comment);
  }

  /** Collects the parts of a {@link TableSpec}, one line a column. */
  static final class Builder {
    private final String layer;
    private final String name;
    private final String comment;
    private final List<Column> columns = new ArrayList<>();
    private final List<String> keys = new ArrayList<>();
    private final Map<String, String> checks = new LinkedHashMap<>();
    private final List<String> clusteredBy = new ArrayList<>();

    private Builder(String fullName, String comment) {
      int dot = fullName.indexOf('.');
      this.layer = fullName.substring(0, dot);
      this.name = fullName.substring(dot + 1);
      this.comment = comment;
    }

    Builder key(String column, DataType type, String columnComment) {
      keys.add(column);
      return required(column, type, columnComment);
    }

    Builder required(String column, DataType type, String columnComment) {
      columns.add(new Column(column, type, Presence.REQUIRED, columnComment));
      return this;
    }

    Builder optional(String column, DataType type, String columnComment) {
      columns.add(new Column(column, type, Presence.OPTIONAL, columnComment));
      return this;
    }

    Builder text(String column, String columnComment) {
      return optional(column, DataTypes.StringType, columnComment);
    }

    Builder number(String column, String columnComment) {
      return optional(column, DataTypes.DoubleType, columnComment);
    }

    /** Three numbers: {@code column_low}, {@code column_mid}, {@code column_high}. */
    Builder range(String column, String columnComment) {
      return number(column + "_low", columnComment + "; smallest")
          .number(column + "_mid", columnComment + "; central")
          .number(column + "_high", columnComment + "; largest");
    }

    /** Three numbers: the percentiles 5, 50 and 95 of a Monte Carlo. */
    Builder percentiles(String column, String columnComment) {
      return number(column + "_p05", columnComment + "; 95 % of the draws exceed it")
          .number(column + "_p50", columnComment + "; median of the draws")
          .number(column + "_p95", columnComment + "; 5 % of the draws exceed it");
    }

    Builder check(String checkName, String condition) {
      checks.put(checkName, condition);
      return this;
    }

    Builder clusteredBy(String... by) {
      clusteredBy.addAll(Arrays.asList(by));
      return this;
    }

    TableSpec build() {
      return new TableSpec(
          layer,
          name,
          comment,
          List.copyOf(columns),
          List.copyOf(keys),
          Map.copyOf(new LinkedHashMap<>(checks)),
          List.copyOf(clusteredBy));
    }
  }
}
