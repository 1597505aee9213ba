package io.dealimpact.ask;

import io.dealimpact.lake.Lake;
import io.dealimpact.lake.TableSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.DataFrameReader;

/**
 * Statements that make a view of each table in another engine. A view shows the version that the
 * night published: to run the statements again after the next night moves all views to it.
 */
final class NightViews {
  private final Lake lake;

  /**
   * @param lake the night that the views show
   */
  NightViews(Lake lake) {
    this.lake = lake;
  }

  /**
   * The statements of all tables that exist, each ending with a semicolon and a line break. What is
   * registered once comes first; Trino refuses it the second time, and a script goes on from there.
   *
   * @param tables of any layers
   */
  String of(List<TableSpec> tables, ReadCommands.Dialect dialect) {
    List<TableSpec> there = tables.stream().filter(lake::exists).toList();
    Stream<String> schemas =
        there.stream()
            .map(TableSpec::layer)
            .distinct()
            .flatMap(layer -> schemas(layer, dialect).stream());
    Stream<String> registered =
        there.stream().flatMap(table -> registration(table, dialect).stream());
    Stream<String> views = there.stream().map(table -> view(table, dialect));
    return Stream.of(schemas, registered, views)
        .flatMap(statements -> statements)
        .map(statement -> statement + ";\n")
        .collect(Collectors.joining());
  }

  private static List<String> schemas(String layer, ReadCommands.Dialect dialect) {
    return switch (dialect) {
      case SPARK, DUCKDB -> List.of("CREATE SCHEMA IF NOT EXISTS " + layer);
      case DATABRICKS ->
          List.of(
              "CREATE SCHEMA IF NOT EXISTS " + layer,
              "CREATE SCHEMA IF NOT EXISTS " + files(layer));
      case TRINO ->
          List.of(
              "CREATE SCHEMA IF NOT EXISTS delta." + layer,
              "CREATE SCHEMA IF NOT EXISTS delta." + files(layer));
    };
  }

  /** Where engines that need a table below the view register it: it shows no published night. */
  private static String files(String layer) {
    return layer + "_newest";
  }

  /** The table below the view, of engines that need one; the view is over one version of it. */
  private Optional<String> registration(TableSpec table, ReadCommands.Dialect dialect) {
    String path = lake.path(table);
    return switch (dialect) {
      case SPARK, DUCKDB -> Optional.empty();
      case DATABRICKS ->
          Optional.of(
              "CREATE TABLE IF NOT EXISTS "
                  + newest(table)
                  + " USING DELTA LOCATION "
                  + text(path));
      case TRINO ->
          Optional.of(
              String.format(
                  Locale.ROOT,
                  "CALL delta.system.register_table(schema_name => '%s', table_name => '%s',"
                      + " table_location => %s)",
                  files(table.layer()),
                  table.name(),
                  // How Trino names what Hadoop calls file:.
                  quoted(path.replaceFirst("^(file:)?/+", "local:///"))));
    };
  }

  private static String newest(TableSpec table) {
    return files(table.layer()) + "." + table.name();
  }

  private String view(TableSpec table, ReadCommands.Dialect dialect) {
    OptionalLong pinned = lake.pinnedVersion(table.fullName());
    String head = "CREATE OR REPLACE VIEW ";
    return switch (dialect) {
      case SPARK ->
          head
              + table.fullName()
              + commented(table)
              + " AS SELECT * FROM delta.`"
              + lake.path(table).replace("`", "``")
              + "`"
              + version(" VERSION AS OF ", pinned);
      case DATABRICKS ->
          head
              + table.fullName()
              + commented(table)
              + " AS SELECT * FROM "
              + newest(table)
              + version(" VERSION AS OF ", pinned);
      case TRINO ->
          head
              + "delta."
              + table.fullName()
              + " AS SELECT * FROM delta."
              + newest(table)
              + version(" FOR VERSION AS OF ", pinned);
      case DUCKDB -> head + table.fullName() + " AS SELECT * FROM " + rows(table, pinned);
    };
  }

  /** The files of the version alone: a folder has files of other versions too. */
  private String rows(TableSpec table, OptionalLong pinned) {
    DataFrameReader reader = lake.spark().read().format("delta");
    pinned.ifPresent(version -> reader.option("versionAsOf", version));
    List<String> files =
        Arrays.stream(reader.load(lake.path(table)).inputFiles())
            .map(file -> quoted(file.replaceFirst("^file:/+", "/")))
            .sorted()
            .toList();
    return files.isEmpty()
        ? table.columnNames().stream()
            .map(column -> "NULL AS \"" + column + "\"")
            .collect(Collectors.joining(", ", "(SELECT ", ") WHERE false"))
        : "read_parquet([" + String.join(", ", files) + "])";
  }

  private static String version(String words, OptionalLong version) {
    return version.isEmpty() ? "" : words + version.getAsLong();
  }

  private static String commented(TableSpec table) {
    return table.columns().stream()
        .map(column -> "`" + column.name() + "` COMMENT " + text(column.comment()))
        .collect(Collectors.joining(", ", " (", ") COMMENT " + text(table.comment())));
  }

  /** A text of Spark's SQL, where a backslash begins an escape. */
  private static String text(String value) {
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  /** A text of standard SQL. */
  private static String quoted(String value) {
    return "'" + value.replace("'", "''") + "'";
  }
}
