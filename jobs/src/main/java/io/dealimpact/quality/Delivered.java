package io.dealimpact.quality;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.struct;

import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Rows of bronze made ready for typing: the columns as delivered in the struct {@link #RAW}, where
 * they cannot be mistaken for typed ones of the same name, and where each row came from.
 */
public final class Delivered {
  /** The struct of the columns as delivered. */
  public static final String RAW = "raw";

  /** Position within the source line, for rows that were taken out of one; otherwise 0. */
  public static final String ELEMENT = "source_element";

  static final List<String> PROVENANCE =
      List.of(
          "raw_record",
          "read_error",
          "read_error_detail",
          "source_file",
          "source_sha256",
          "source_line");

  private Delivered() {}

  /**
   * The rows of the latest version of every file: a file that changed is a new version of itself,
   * and what an older one said no longer counts.
   *
   * @param rawColumns the feed's own columns
   */
  public static Dataset<Row> latestVersions(Dataset<Row> bronze, List<String> rawColumns) {
    Dataset<Row> latest =
        bronze
            .groupBy(col("source_file").as("latest_file"))
            .agg(max("ingested_at").as("latest_at"));
    Column[] raw = rawColumns.stream().map(c -> col(c)).toArray(Column[]::new);
    Column[] columns =
        Stream.of(
                Stream.of(struct(raw).as(RAW), lit(0).as(ELEMENT), col("extra_fields")),
                PROVENANCE.stream().map(c -> col(c)))
            .flatMap(s -> s)
            .toArray(Column[]::new);
    return bronze
        .join(
            broadcast(latest),
            col("source_file")
                .equalTo(col("latest_file"))
                .and(col("ingested_at").equalTo(col("latest_at"))),
            "left_semi")
        .select(columns);
  }

  /** A column as delivered. */
  static Column raw(String column) {
    return col(RAW).getField(column);
  }
}
