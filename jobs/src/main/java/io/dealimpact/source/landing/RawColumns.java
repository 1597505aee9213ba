package io.dealimpact.source.landing;

import io.dealimpact.source.RawRecord;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

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

  static Row row(LandingFile file, RawRecord record, int element) {
    String[] values = record.values();
    Object[] cells = new Object[values.length + TEXT.size() + 2];
    System.arraycopy(values, 0, cells, 0, values.length);
    int i = values.length;
    cells[i++] = record.extraFields();
    cells[i++] = record.raw();
    cells[i++] = record.error() == null ? null : record.error().id();
    cells[i++] = record.detail();
    cells[i++] = file.relativePath();
    cells[i++] = file.sha256();
    cells[i++] = record.line();
    cells[i] = element;
    return RowFactory.create(cells);
  }
}
