package io.dealimpact.source;

/** Why a record, or the rest of a file, could not be read: the values of {@code read_error}. */
public enum ReadRule {
  /** The file has no content. */
  EMPTY_FILE("empty-file"),
  /** A compressed file ends in the middle; what came before the break was read. */
  TRUNCATED_FILE("truncated-file"),
  /** A compressed or Parquet file is damaged, or not what its name says. */
  UNREADABLE_FILE("unreadable-file"),
  /** The header lacks a column; every row of the file is marked with it. */
  MISSING_COLUMNS("missing-columns"),
  /** The header names a column twice; every row of the file is marked with it. */
  DUPLICATE_COLUMNS("duplicate-columns"),
  /** A row with too few or too many fields, a stray quote, not UTF-8, a value of a wrong kind. */
  MALFORMED_RECORD("malformed-record"),
  /** A record longer than a million characters; it was skipped. */
  LINE_TOO_LONG("line-too-long"),
  /** Not JSON, or JSON that stops being so. */
  MALFORMED_JSON("malformed-json"),
  /**
   * Not an error and not a row: the file is well and has none, and takes the place of its older
   * versions. It is about line 0, and nobody counts it.
   */
  NO_ROWS("no-rows");

  private final String id;

  ReadRule(String id) {
    this.id = id;
  }

  /** The name that stands in {@code read_error}. */
  public String id() {
    return id;
  }
}
