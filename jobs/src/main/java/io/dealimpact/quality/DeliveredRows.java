package io.dealimpact.quality;

import static org.apache.spark.sql.functions.btrim;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.octet_length;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import org.apache.spark.sql.Column;

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

  /** What many rows go without: see {@link GatheredRows}. */
  static final List<String> RECORD = List.of("raw_record", "source_file", "source_sha256");

  /** Where a row stood: no other row of the versions that count has the same. */
  static final List<String> PLACE = List.of(FILE_RANK, "source_line", ELEMENT);

  private DeliveredRows() {}

  /** A value under the name that {@link Parse} looks for: without blanks around it, or NULL. */
  public static Column as(String column, Column delivered) {
    Column trimmed = btrim(delivered);
    return when(octet_length(trimmed).gt(0), trimmed).as(RAW + column);
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

  /** Whether a column is left behind once the rules are tried. */
  public static boolean isForRules(String column) {
    return column.startsWith(RAW);
  }
}
