package io.dealimpact.source.landing;

import io.dealimpact.row.RowWriter;
import io.dealimpact.source.RawRecord;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Row;
import org.apache.spark.util.SerializableConfiguration;

/** The rows of the files of one task, file after file; one is open at a time. */
final class RowIterator implements Iterator<Row>, Closeable {
  private final String[][] files;
  private final SerializableConfiguration configuration;
  private int opened;
  private LandingFile file;
  private RowWriter writer;
  private FileRecords records;
  private long line;
  private int element;

  private RowIterator(String[][] files, SerializableConfiguration configuration) {
    this.files = files;
    this.configuration = configuration;
  }

  /** Closes the open file when the task ends, however it ends. */
  static RowIterator start(String[][] files, SerializableConfiguration configuration) {
    RowIterator rows = new RowIterator(files, configuration);
    TaskContext.get()
        .addTaskCompletionListener(
            context -> {
              rows.close();
            });
    return rows;
  }

  @Override
  public boolean hasNext() {
    while (records == null || !records.hasNext()) {
      close();
      if (opened == files.length) {
        return false;
      }
      file = LandingFile.ofStrings(files[opened++]);
      writer = RawColumns.writer(file.feed());
      try {
        records = new FileRecords(file, this::open);
        line = -1;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return true;
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    RawRecord record = records.next();
    element = record.line() == line ? element + 1 : 0;
    line = record.line();
    return RawColumns.row(writer, file, record, element);
  }

  @Override
  public void close() {
    FileRecords open = records;
    records = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private InputStream open(String path) throws IOException {
    Path hadoopPath = new Path(path);
    return hadoopPath.getFileSystem(configuration.value()).open(hadoopPath);
  }
}
