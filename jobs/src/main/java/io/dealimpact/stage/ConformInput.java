package io.dealimpact.stage;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.json_object_keys;
import static org.apache.spark.sql.functions.lit;

import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.Tables;
import io.dealimpact.quality.Delivered;
import io.dealimpact.source.Feed;
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

  /** The bronze table of a feed. */
  static TableSpec table(Feed feed) {
    return Tables.bronze(feed.folder(), feed.columns());
  }

  static ConformInput of(StageContext context, Feed feed) {
    return new ConformInput(Delivered.latestVersions(context.read(table(feed)), feed.columns()));
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
