package io.dealimpact.quality;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.btrim;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import io.dealimpact.row.RowWriter;
import java.util.ArrayList;
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
  static final String NO_ROWS = "no-rows";

  /** The place of the row's file in the order of files: what a later one says counts. */
  public static final String FILE_RANK = "file_rank";

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
   * The rows of the version of every file that counts: see {@link Deliveries}. A version that is
   * held back is one row that says why.
   *
   * @param rawColumns the feed's own columns
   */
  public static Dataset<Row> latestVersions(
      Dataset<Row> bronze, List<String> rawColumns, DeliveryRules rules) {
    Deliveries deliveries = Deliveries.of(bronze, rules);
    Column[] columns =
        Stream.of(
                rawColumns.stream().map(c -> as(c, col(c))),
                Stream.of(
                    // Rows of an older program have none.
                    coalesce(col(ELEMENT), lit(0)).cast("long").as(ELEMENT), col("extra_fields")),
                PROVENANCE.stream().map(c -> col(c)),
                Stream.of(col(FILE_RANK)))
            .flatMap(s -> s)
            .toArray(Column[]::new);
    Dataset<Row> rows =
        bronze
            .join(
                broadcast(deliveries.chosen(bronze)),
                col("source_file")
                    .equalTo(col("latest_file"))
                    .and(coalesce(col("delivery"), lit(0L)).equalTo(col("latest_delivery")))
                    .and(unix_micros(col("ingested_at")).equalTo(col("latest_ingested"))))
            .where(col("read_error").eqNullSafe(NO_ROWS).equalTo(false))
            .select(columns);
    return deliveries.held().isEmpty() ? rows : rows.unionByName(held(rows, deliveries));
  }

  private static Dataset<Row> held(Dataset<Row> rows, Deliveries deliveries) {
    RowWriter writer = new RowWriter(rows.schema());
    List<Row> held = new ArrayList<>();
    deliveries
        .held()
        .forEach(
            (file, version) -> {
              RowWriter.Cells cells = writer.row();
              for (String column : rows.columns()) {
                switch (column) {
                  case ELEMENT, "source_line" -> cells.count(column, 0L);
                  case FILE_RANK -> cells.whole(column, -1);
                  case "source_file" -> cells.text(column, file);
                  case "source_sha256" -> cells.text(column, version.sha256());
                  case "read_error" -> cells.text(column, CheckedRows.HELD_BACK);
                  case "read_error_detail" ->
                      cells.text(
                          column,
                          file
                              + (version.hasEarlier()
                                  ? " is held back, and the version before it counts: "
                                  : " is held back: ")
                              + version.why());
                  default -> cells.none(column);
                }
              }
              held.add(cells.build());
            });
    return rows.sparkSession().createDataFrame(held, rows.schema());
  }

  /**
   * Orders the versions of a file: the number that the append has in the table. A clock may go
   * back; it orders only the rows of an older program, which have no number.
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

  /**
   * The name of a column that rules alone read: like the delivered texts it is left behind then.
   */
  public static String forRules(String column) {
    return RAW + column;
  }

  static boolean isRaw(String column) {
    return column.startsWith(RAW);
  }
}
