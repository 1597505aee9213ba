package io.dealimpact.source.text;

import java.util.List;

/**
 * Splits a record into fields as RFC 4180 has it. Fields lose the white space around them unless it
 * is quoted; a quote within an unquoted field is a character like any other.
 */
public final class CsvCells {

  /** How a text ended. */
  public enum End {
    /** It is a whole record. */
    COMPLETE,
    /** A quoted field goes on on the next line. */
    OPEN_QUOTE,
    /** Text follows a closing quote. */
    STRAY_QUOTE
  }

  private CsvCells() {}

  /**
   * Splits a line into its cells.
   *
   * @param into the cells; emptied first
   */
  public static End split(String text, char delimiter, List<String> into) {
    into.clear();
    int from = 0;
    while (true) {
      int quote = skipSpace(text, from, delimiter);
      if (quote < text.length() && text.charAt(quote) == '"') {
        StringBuilder value = new StringBuilder();
        int after = quoted(text, quote + 1, value);
        if (after < 0) {
          return End.OPEN_QUOTE;
        }
        into.add(value.toString());
        after = skipSpace(text, after, delimiter);
        if (after == text.length()) {
          return End.COMPLETE;
        }
        if (text.charAt(after) != delimiter) {
          return End.STRAY_QUOTE;
        }
        from = after + 1;
      } else {
        int end = text.indexOf(delimiter, from);
        if (end < 0) {
          into.add(text.substring(from).strip());
          return End.COMPLETE;
        }
        into.add(text.substring(from, end).strip());
        from = end + 1;
      }
    }
  }

  /**
   * The character that separates the fields of a header: the comma, or else the one of {@code ; TAB
   * |} that it has.
   */
  public static char delimiter(String header) {
    for (char candidate : new char[] {',', '\t', ';', '|'}) {
      if (header.indexOf(candidate) >= 0) {
        return candidate;
      }
    }
    return ',';
  }

  /** The text with quotes that a backslash escapes written twice, as RFC 4180 has it. */
  public static String withDoubledQuotes(String text) {
    return text.replace("\\\"", "\"\"");
  }

  /** The index after the closing quote, or −1 when there is none. */
  private static int quoted(String text, int from, StringBuilder value) {
    int start = from;
    while (true) {
      int quote = text.indexOf('"', start);
      if (quote < 0) {
        return -1;
      }
      value.append(text, start, quote);
      if (quote + 1 == text.length() || text.charAt(quote + 1) != '"') {
        return quote + 1;
      }
      value.append('"');
      start = quote + 2;
    }
  }

  private static int skipSpace(String text, int from, char delimiter) {
    int i = from;
    while (i < text.length()
        && text.charAt(i) != delimiter
        && Character.isWhitespace(text.charAt(i))) {
      i++;
    }
    return i;
  }
}
