package io.dealimpact.source.text;

import java.util.Locale;

/** What is written in the names of files. */
public final class FileNames {
  private FileNames() {}

  public static Compression compression(String path) {
    String lower = path.toLowerCase(Locale.ROOT);
    if (lower.endsWith(".gz")) {
      return Compression.GZIP;
    }
    return lower.endsWith(".zst") ? Compression.ZSTD : Compression.NONE;
  }

  /** The last extension but for that of the compression, in lower case; empty when none. */
  public static String extension(String path) {
    String name = uncompressedName(path);
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
  }

  /** {@code AMZN} of {@code bars/yahoo/AMZN.csv.gz}. */
  public static String stem(String path) {
    String name = uncompressedName(path);
    int dot = name.lastIndexOf('.');
    return dot < 0 ? name : name.substring(0, dot);
  }

  private static String uncompressedName(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    return switch (compression(name)) {
      case NONE -> name;
      case GZIP -> name.substring(0, name.length() - ".gz".length());
      case ZSTD -> name.substring(0, name.length() - ".zst".length());
    };
  }
}
