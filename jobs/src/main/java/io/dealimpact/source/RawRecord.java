package io.dealimpact.source;

/**
 * One record of a file as it was delivered, or the reason why there is none.
 *
 * @param line 1-based line it starts on
 * @param values of the feed's columns, in order; null where absent or blank
 * @param extraFields JSON object of fields that are not ours, or null
 * @param raw the record's text, at most {@value #RAW_CHARS} characters, or null
 * @param error null when it was read
 * @param detail of the error, ready for a message
 */
public record RawRecord(
    long line, String[] values, String extraFields, String raw, ReadRule error, String detail) {

  /** Longest text of a record that is kept. */
  public static final int RAW_CHARS = 4_000;

  /** Longest record that is read. */
  public static final int MAX_CHARS = 1_000_000;

  public RawRecord {
    raw = cut(raw);
  }

  /**
   * A record that was read.
   *
   * @param extraFields JSON object of fields that are not ours, or null
   */
  public static RawRecord of(long line, String[] values, String extraFields, String raw) {
    return new RawRecord(line, values, extraFields, raw, null, null);
  }

  /** A record of which nothing but its text is known. */
  public static RawRecord failed(Feed feed, long line, String raw, ReadRule error, String detail) {
    return new RawRecord(line, new String[feed.columns().size()], null, raw, error, detail);
  }

  /** The record with an error, which takes the place of its own if it has one. */
  public RawRecord withError(ReadRule rule, String because) {
    return new RawRecord(line, values, extraFields, raw, rule, because);
  }

  /** The first {@value #RAW_CHARS} characters, never half of a surrogate pair. */
  static String cut(String text) {
    if (text == null || text.length() <= RAW_CHARS) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(RAW_CHARS - 1)) ? RAW_CHARS - 1 : RAW_CHARS;
    return text.substring(0, end);
  }
}
