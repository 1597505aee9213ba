package io.dealimpact.source.text;

import io.dealimpact.source.Feed;
import io.dealimpact.source.RawRecord;
import io.dealimpact.source.ReadRule;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/**
 * The physical lines of a file, ended by LF, CRLF or CR. Never holds more than {@value
 * RawRecord#MAX_CHARS} characters of a line.
 */
public final class Lines {

  /**
   * A physical line.
   *
   * @param number 1-based
   * @param text without its end; only the first characters when the line is overlong
   * @param end {@code \n}, {@code \r\n}, {@code \r}, or nothing at the end of the file
   * @param length of the line in the file, in characters
   */
  public record Line(long number, String text, String end, long length) {

    public boolean isOverlong() {
      return length > RawRecord.MAX_CHARS;
    }

    public boolean isBlank() {
      return text.isBlank();
    }

    /** The record that stands for an overlong line. */
    public RawRecord tooLong(Feed feed) {
      return RawRecord.failed(
          feed,
          number,
          text,
          ReadRule.LINE_TOO_LONG,
          String.format(
              Locale.ROOT,
              "the line has %,d characters; at most %,d are read",
              length,
              RawRecord.MAX_CHARS));
    }
  }

  private final CharInput input;
  private final Reader reader;
  private final char[] buffer = new char[1 << 14];
  private final StringBuilder text = new StringBuilder();
  private final Deque<Line> pushedBack = new ArrayDeque<>();
  private int position;
  private int limit;
  private long number;
  private String partial;

  public Lines(CharInput input) {
    this.input = input;
    this.reader = input.reader();
  }

  /** The next line, or null at the end. A line that damage of the file cut off is not a line. */
  public Line next() throws IOException {
    if (!pushedBack.isEmpty()) {
      return pushedBack.removeFirst();
    }
    text.setLength(0);
    long length = 0;
    while (fill()) {
      int end = position;
      while (end < limit && buffer[end] != '\n' && buffer[end] != '\r') {
        end++;
      }
      int kept = (int) Math.min(end - position, RawRecord.MAX_CHARS - (long) text.length());
      text.append(buffer, position, kept);
      length += end - position;
      position = end;
      if (end < limit) {
        return line(terminator(), length);
      }
    }
    if (length == 0) {
      return null;
    }
    Line last = line("", length);
    if (input.isDamaged()) {
      partial = last.text();
      return null;
    }
    return last;
  }

  /** Puts lines back, to be given again in this order. */
  public void pushBack(List<Line> lines) {
    for (int i = lines.size() - 1; i >= 0; i--) {
      pushedBack.addFirst(lines.get(i));
    }
  }

  /** After the last line: the record that reports the damage that ended the file, or null. */
  public RawRecord damageRecord(Feed feed) {
    return input
        .takeDamage()
        .map(
            damage ->
                RawRecord.failed(
                    feed,
                    partial == null ? number + 1 : number,
                    partial,
                    damage.rule(),
                    damage.detail()))
        .orElse(null);
  }

  private Line line(String end, long length) {
    number++;
    if (length > RawRecord.MAX_CHARS) {
      text.setLength(RawRecord.RAW_CHARS);
    }
    return new Line(number, text.toString(), end, length);
  }

  private String terminator() throws IOException {
    if (buffer[position++] == '\n') {
      return "\n";
    }
    if (fill() && buffer[position] == '\n') {
      position++;
      return "\r\n";
    }
    return "\r";
  }

  private boolean fill() throws IOException {
    if (position < limit) {
      return true;
    }
    int n;
    do {
      n = reader.read(buffer, 0, buffer.length);
    } while (n == 0);
    position = 0;
    limit = Math.max(n, 0);
    return n > 0;
  }
}
