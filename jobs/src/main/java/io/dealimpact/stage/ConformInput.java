package io.dealimpact.stage;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.json_object_keys;
import static org.apache.spark.sql.functions.lit;

import io.dealimpact.lake.TableSpec;
import io.dealimpact.quality.Delivered;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A feed's bronze rows as every Conform stage starts from them: the latest version of each file.
 *
 * @param rows in the shape of {@link Delivered#latestVersions}
 */
record ConformInput(Dataset<Row> rows) {

  static ConformInput of(StageContext context, TableSpec bronze) {
    // What precedes extra_fields in every bronze table are the feed's own columns.
    List<String> names = bronze.columnNames();
    return new ConformInput(
        Delivered.latestVersions(
            context.read(bronze), names.subList(0, names.indexOf("extra_fields"))));
  }

  /** Names fields that this version does not know, with the number of rows; empty for none. */
  String unknownFields() {
    List<Row> fields =
        rows.select(explode(json_object_keys(col("extra_fields"))).as("field"))
            .groupBy("field")
            .agg(count(lit(1)).as("rows"))
            .orderBy("field")
            .collectAsList();
    return fields.isEmpty()
        ? ""
        : "unknown fields kept in bronze: "
            + fields.stream()
                .map(f -> f.getString(0) + " (" + f.getLong(1) + ")")
                .collect(Collectors.joining(", "));
  }
}
