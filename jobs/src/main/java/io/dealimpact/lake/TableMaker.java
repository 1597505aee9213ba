package io.dealimpact.lake;

import io.dealimpact.run.Failures;
import io.delta.tables.DeltaTable;
import io.delta.tables.DeltaTableBuilder;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Makes tables, and adds the columns that a newer program has. */
final class TableMaker {
  private TableMaker() {}

  /**
   * Makes the empty table with its comments, keys, checks and clustering. Its rows come in a commit
   * of their own: no public call of Delta writes NOT NULL columns and rows together. A run that
   * dies in between leaves a table without rows, which the next run fills like any other.
   */
  static void create(SparkSession spark, TableSpec table, String path) {
    TableLog log = new TableLog(spark, path);
    log.strayFile()
        .ifPresent(
            file -> {
              throw Failures.filesWithoutTable(table.fullName(), path, file);
            });
    log.removeUnborn();
    DeltaTableBuilder builder =
        DeltaTable.createIfNotExists(spark)
            .location(path)
            .comment(table.comment())
            .addColumns(table.schema());
    properties(table).forEach(builder::property);
    if (!table.clusteredBy().isEmpty()) {
      builder.clusterBy(table.clusteredBy().toArray(String[]::new));
    }
    builder.execute();
  }

  private static Map<String, String> properties(TableSpec table) {
    Map<String, String> properties = new TreeMap<>();
    // Readers of every make can read version 1: no deletion vectors, no v2 checkpoints.
    properties.put("delta.minReaderVersion", "1");
    properties.put("delta.enableDeletionVectors", "false");
    properties.put("delta.checkpointPolicy", "classic");
    // Delta would go by the clock; maintain goes by the published nights.
    properties.put("delta.enableExpiredLogCleanup", "false");
    if (!table.keys().isEmpty()) {
      properties.put("dealimpact.keys", String.join(",", table.keys()));
    }
    // Smallest and largest values are kept of what rows are asked for by; of all columns they would
    // take longer to find than the rows to write.
    properties.put("delta.dataSkippingStatsColumns", String.join(",", table.askedBy()));
    table.checks().forEach((name, check) -> properties.put("delta.constraints." + name, check));
    return properties;
  }

  /** Adds the columns that an older program's table has not. */
  static void migrate(SparkSession spark, TableShape shape, String path) {
    if (shape.added().isEmpty()) {
      return;
    }
    StructType columns = new StructType();
    for (TableSpec.Column column : shape.added()) {
      columns = columns.add(column.name(), column.type(), true, column.comment());
    }
    spark.sql(
        String.format(
            Locale.ROOT,
            "ALTER TABLE delta.`%s` ADD COLUMNS (%s)",
            path.replace("`", "``"),
            columns.toDDL()));
  }

  /**
   * The stored table's shape.
   *
   * @throws io.dealimpact.run.DealImpactException if it differs by more than columns to add
   */
  static TableShape requireShape(TableSpec table, String path, StructType stored) {
    TableShape shape = TableShape.compare(table, stored);
    if (!shape.difference().isEmpty()) {
      throw Failures.schemaDrift(table.fullName(), path, shape.difference());
    }
    return shape;
  }
}
