package io.dealimpact.source;

import java.util.Locale;
import java.util.Map;

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
record RawRecord(
    long line, String[] values, String extraFields, String raw, ReadRule error, String detail) {

  /** Longest text of a record that is kept. */
  static final int RAW_CHARS = 4_000;

  /** Longest record that is read. */
  static final int MAX_CHARS = 1_000_000;

  RawRecord {
    raw = cut(raw);
  }

  static RawRecord of(long line, String[] values, Map<String, ?> extraFields, String raw) {
    return new RawRecord(line, values, extrasText(extraFields), raw, null, null);
  }

  /** A record of which nothing but its text is known. */
  static RawRecord failed(Feed feed, long line, String raw, ReadRule error, String detail) {
    return new RawRecord(line, new String[feed.columns().size()], null, raw, error, detail);
  }

  /** A line of which only the first characters were kept. */
  static RawRecord tooLong(Feed feed, Lines.Line line) {
    return failed(
        feed,
        line.number(),
        line.text(),
        ReadRule.LINE_TOO_LONG,
        String.format(
            Locale.ROOT,
            "the line has %,d characters; at most %,d are read",
            line.length(),
            MAX_CHARS));
  }

  RawRecord withError(ReadRule rule, String because) {
    return new RawRecord(line, values, extraFields, raw, rule, because);
  }

  private static String extrasText(Map<String, ?> extraFields) {
    return extraFields.isEmpty() ? null : JsonText.of(extraFields);
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
