package io.dealimpact.source;

/** How a landing file is compressed; its extension says so. */
enum Compression {
  NONE,
  GZIP,
  ZSTD
}
