package io.dealimpact.source.json;

import io.dealimpact.source.RawRecord;
import java.io.IOException;
import java.io.Reader;

/**
 * Remembers the text that passed, so that a record can be shown as it was delivered although the
 * parser reads ahead.
 */
final class RecordingReader extends Reader {
  /** Much more than the parser reads ahead. */
  private static final int RECENT = 1 << 16;

  private final Reader in;
  private final char[] recent = new char[RECENT];
  private final StringBuilder record = new StringBuilder();
  private long total;
  private long start;

  RecordingReader(Reader in) {
    this.in = in;
  }

  /** A record starts at this offset, within what was read lately. */
  void begin(long offset) {
    start = offset;
    record.setLength(0);
    for (long i = Math.max(offset, total - RECENT); i < total && !isFull(); i++) {
      record.append(recent[(int) (i % RECENT)]);
    }
  }

  /** The text from where the record started to this offset, cut as raw records are. */
  String end(long offset) {
    return record.substring(0, (int) Math.max(0, Math.min(record.length(), offset - start)));
  }

  @Override
  public int read(char[] chars, int offset, int length) throws IOException {
    int n = in.read(chars, offset, length);
    for (int i = 0; i < n; i++) {
      char c = chars[offset + i];
      recent[(int) (total++ % RECENT)] = c;
      if (!isFull()) {
        record.append(c);
      }
    }
    return n;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private boolean isFull() {
    return record.length() >= RawRecord.RAW_CHARS;
  }
}
