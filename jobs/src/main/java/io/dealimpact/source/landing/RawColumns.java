package io.dealimpact.source.landing;

import io.dealimpact.row.RowWriter;
import io.dealimpact.source.Feed;
import io.dealimpact.source.RawRecord;
import java.util.List;
import org.apache.spark.sql.Row;

/** The columns that the raw rows of every feed have. */
final class RawColumns {
  static final String EXTRA_FIELDS = "extra_fields";
  static final String RAW_RECORD = "raw_record";
  static final String READ_ERROR = "read_error";
  static final String READ_ERROR_DETAIL = "read_error_detail";
  static final String SOURCE_FILE = "source_file";
  static final String SOURCE_SHA256 = "source_sha256";
  static final String SOURCE_LINE = "source_line";

  /** Position among the records that start on the same line, from 0. */
  static final String SOURCE_ELEMENT = "source_element";

  /** Those that are text, in order; the line and the element follow. */
  static final List<String> TEXT =
      List.of(EXTRA_FIELDS, RAW_RECORD, READ_ERROR, READ_ERROR_DETAIL, SOURCE_FILE, SOURCE_SHA256);

  private RawColumns() {}

  /** The writer of a feed's raw rows. */
  static RowWriter writer(Feed feed) {
    return new RowWriter(Readers.schema(feed));
  }

  /**
   * A record as a raw row.
   *
   * @param element position among the records that start on the same line
   */
  static Row row(RowWriter writer, LandingFile file, RawRecord record, int element) {
    RowWriter.Cells cells = writer.row();
    String[] values = record.values();
    List<String> columns = file.feed().columns();
    for (int i = 0; i < values.length; i++) {
      cells.text(columns.get(i), values[i]);
    }
    return cells
        .text(EXTRA_FIELDS, record.extraFields())
        .text(RAW_RECORD, record.raw())
        .text(READ_ERROR, record.error() == null ? null : record.error().id())
        .text(READ_ERROR_DETAIL, record.detail())
        .text(SOURCE_FILE, file.relativePath())
        .text(SOURCE_SHA256, file.sha256())
        .count(SOURCE_LINE, record.line())
        .whole(SOURCE_ELEMENT, element)
        .build();
  }
}
