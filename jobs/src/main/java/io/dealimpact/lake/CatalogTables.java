package io.dealimpact.lake;

import io.dealimpact.row.RowReader;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A lake's tables in the catalogue of the Spark session, for notebooks. */
public final class CatalogTables {
  private CatalogTables() {}

  /**
   * Makes the tables known to SQL by name, {@code gold.event_impact} for instance; a name that
   * stood for the table of another lake now stands for this one's.
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
    names.forEach(name -> register(spark, name, lake.path(name)));
    return names;
  }

  private static void register(SparkSession spark, String name, String path) {
    if (spark.catalog().tableExists(name)) {
      Dataset<Row> about = spark.sql("DESCRIBE TABLE EXTENDED " + name);
      if (new Path(path)
          .toUri()
          .getPath()
          .equals(new Path(fact(about, "Location")).toUri().getPath())) {
        return;
      }
      if (Objects.equals(fact(about, "Type"), "EXTERNAL")) {
        // Only the name goes: the files are not the catalogue's.
        spark.sql("DROP TABLE " + name);
      }
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
