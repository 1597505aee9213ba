package io.dealimpact.lake;

import io.dealimpact.row.RowReader;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalLong;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A lake's tables in the catalogue of the Spark session, for notebooks. */
public final class CatalogTables {
  private CatalogTables() {}

  /**
   * Makes the tables known to SQL by name, {@code gold.event_impact} for instance, in the versions
   * in which the lake is read; a name that stood for the table of another lake, or of another
   * night, now stands for this one's.
   *
   * @return their names; empty if there is no lake
   */
  public static List<String> register(Lake lake) {
    SparkSession spark = lake.spark();
    List<String> names = lake.tableNames();
    names.stream()
        .map(name -> name.substring(0, name.indexOf('.')))
        .distinct()
        .forEach(layer -> spark.sql("CREATE DATABASE IF NOT EXISTS " + layer));
    names.forEach(name -> register(lake, name));
    return names;
  }

  /** A view where the lake is read in a version of its own, a table where it is read as it is. */
  private static void register(Lake lake, String name) {
    SparkSession spark = lake.spark();
    String path = lake.path(name);
    OptionalLong version = lake.pinnedVersion(name);
    if (spark.catalog().tableExists(name)) {
      Dataset<Row> about = spark.sql("DESCRIBE TABLE EXTENDED " + name);
      boolean isView = Objects.equals(fact(about, "Type"), "VIEW");
      if (!isView
          && version.isEmpty()
          && new Path(path)
              .toUri()
              .getPath()
              .equals(new Path(fact(about, "Location")).toUri().getPath())) {
        return;
      }
      if (isView) {
        spark.sql("DROP VIEW " + name);
      } else if (Objects.equals(fact(about, "Type"), "EXTERNAL")) {
        // Only the name goes: the files are not the catalogue's.
        spark.sql("DROP TABLE " + name);
      }
    }
    if (version.isPresent()) {
      spark.sql(
          String.format(
              Locale.ROOT,
              "CREATE VIEW %s AS SELECT * FROM delta.`%s` VERSION AS OF %d",
              name,
              path.replace("`", "``"),
              version.getAsLong()));
      return;
    }
    spark.sql(
        String.format(
            Locale.ROOT,
            "CREATE TABLE %s USING delta LOCATION '%s'",
            name,
            path.replace("\\", "\\\\").replace("'", "\\'")));
  }

  private static String fact(Dataset<Row> about, String what) {
    RowReader reader = RowReader.of(about.schema(), "col_name", "data_type");
    return about.collectAsList().stream()
        .map(reader::at)
        .filter(row -> what.equals(row.text("col_name")))
        .map(row -> row.text("data_type"))
        .findFirst()
        .orElse("/");
  }
}
