package io.dealimpact.source.landing;

import io.dealimpact.source.Feed;
import io.dealimpact.source.RawRecord;
import io.dealimpact.source.ReadRule;
import io.dealimpact.source.RecordReader;
import io.dealimpact.source.text.CharInput;
import io.dealimpact.source.text.FileNames;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;

/**
 * The records of one file, one at a time. At the end makes sure that what was read is the version
 * that was listed.
 */
final class FileRecords implements Iterator<RawRecord>, Closeable {

  /** Gives the bytes of a file. */
  interface Opener {
    InputStream open(String path) throws IOException;
  }

  private final LandingFile file;
  private final CharInput input;
  private final RecordReader reader;
  private RawRecord next;
  private boolean ended;

  FileRecords(LandingFile file, Opener opener) throws IOException {
    this.file = file;
    InputStream raw = opener.open(file.absolutePath());
    try {
      input = CharInput.open(raw, FileNames.compression(file.relativePath()));
      reader = reader();
      next = advance();
    } catch (IOException | RuntimeException e) {
      raw.close();
      throw e;
    }
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public RawRecord next() {
    if (next == null) {
      throw new NoSuchElementException();
    }
    RawRecord current = next;
    try {
      next = advance();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return current;
  }

  @Override
  public void close() throws IOException {
    input.close();
  }

  private RecordReader reader() throws IOException {
    if (file.bytes() == 0) {
      return once(
          RawRecord.failed(file.feed(), 1, null, ReadRule.EMPTY_FILE, "the file has no content"));
    }
    return file.format().open(file.feed(), file.relativePath(), input);
  }

  private static RecordReader once(RawRecord record) {
    Iterator<RawRecord> records = List.of(record).iterator();
    return () -> records.hasNext() ? records.next() : null;
  }

  private RawRecord advance() throws IOException {
    RawRecord record = ended ? null : reader.read();
    if (record == null && !ended) {
      ended = true;
      String sha256 = input.drain();
      if (!sha256.equals(file.sha256())) {
        throw new IOException(
            String.format(
                Locale.ROOT,
                "%s changed while it was read: it was version %s, it is now %s. Run again.",
                file.relativePath(),
                file.sha256(),
                sha256));
      }
      return next == null ? noRows(file.feed()) : null;
    }
    return record;
  }

  /** Stands for a file in which there is nothing. */
  static RawRecord noRows(Feed feed) {
    return RawRecord.failed(feed, 0, null, ReadRule.NO_ROWS, Readers.NO_ROWS);
  }
}
