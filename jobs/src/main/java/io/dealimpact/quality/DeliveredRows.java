package io.dealimpact.quality;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.btrim;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Rows of bronze made ready for typing: the columns as delivered under a name of their own, where
 * they cannot be mistaken for typed ones, and where each row came from.
 */
public final class DeliveredRows {
  private static final String RAW = "raw_text_";

  /** Position within the source line, where several rows come from one; otherwise 0. */
  public static final String ELEMENT = "source_element";

  /** The {@code read_error} of the line that stands for a version of a file without any row. */
  private static final String NO_ROWS = "no-rows";

  static final List<String> PROVENANCE =
      List.of(
          "raw_record",
          "read_error",
          "read_error_detail",
          "source_file",
          "source_sha256",
          "source_line");

  private DeliveredRows() {}

  /**
   * The rows of the latest version of every file: a file that changed is a new version of itself,
   * and what an older one said no longer counts.
   *
   * @param rawColumns the feed's own columns
   */
  public static Dataset<Row> latestVersions(Dataset<Row> bronze, List<String> rawColumns) {
    Dataset<Row> latest =
        bronze.groupBy(col("source_file").as("latest_file")).agg(max(order()).as("latest"));
    Column[] columns =
        Stream.of(
                rawColumns.stream().map(c -> as(c, col(c))),
                Stream.of(
                    // Rows of an older program have none.
                    coalesce(col(ELEMENT), lit(0)).cast("long").as(ELEMENT), col("extra_fields")),
                PROVENANCE.stream().map(c -> col(c)))
            .flatMap(s -> s)
            .toArray(Column[]::new);
    return bronze
        .join(
            broadcast(latest),
            col("source_file").equalTo(col("latest_file")).and(order().equalTo(col("latest"))),
            "left_semi")
        .where(col("read_error").eqNullSafe(NO_ROWS).equalTo(false))
        .select(columns);
  }

  /**
   * What tells the later version of a file from the earlier: the number that the append has in the
   * table. A clock may go back; it orders only the rows of an older program, which have no number.
   */
  public static Column order() {
    return struct(coalesce(col("delivery"), lit(0L)), col("ingested_at"));
  }

  /** A value under the name that {@link Parse} looks for: without blanks around it, or NULL. */
  public static Column as(String column, Column delivered) {
    Column trimmed = btrim(delivered);
    return when(length(trimmed).gt(0), trimmed).as(RAW + column);
  }

  /** A column as delivered, without blanks around it; NULL when nothing is left. */
  static Column raw(String column) {
    return col(RAW + column);
  }

  static boolean isRaw(String column) {
    return column.startsWith(RAW);
  }
}
