package io.dealimpact.source.text;

/** How a landing file is compressed; its extension says so. */
public enum Compression {
  NONE,
  GZIP,
  ZSTD,
  /** An archive: the files in it are read one after the other. */
  ZIP
}
