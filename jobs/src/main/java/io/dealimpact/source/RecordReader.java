package io.dealimpact.source;

import java.io.IOException;

/** Reads a file record by record, holding one of them at a time. */
public interface RecordReader {

  /** The next record, or null when there is none; broken content is a record with an error. */
  RawRecord read() throws IOException;
}
