package io.dealimpact.source;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is written in the names of files. */
final class FileNames {
  private static final Pattern STOOQ_DOWNLOAD = Pattern.compile("(.+)_([a-z]{2})_d");

  private FileNames() {}

  static Compression compression(String path) {
    String lower = path.toLowerCase(Locale.ROOT);
    if (lower.endsWith(".gz")) {
      return Compression.GZIP;
    }
    return lower.endsWith(".zst") ? Compression.ZSTD : Compression.NONE;
  }

  /** The last extension but for that of the compression, in lower case; empty when none. */
  static String extension(String path) {
    String name = uncompressedName(path);
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
  }

  /** {@code AMZN} of {@code bars/yahoo/AMZN.csv.gz}. */
  static String stem(String path) {
    String name = uncompressedName(path);
    int dot = name.lastIndexOf('.');
    return dot < 0 ? name : name.substring(0, dot);
  }

  /**
   * The ticker that a Stooq file is named for: {@code DELL.US} of {@code dell_us_d.csv} (the site's
   * download) and {@code DELL.US} of {@code dell.us.txt} (its bulk files).
   */
  static String stooqTicker(String path) {
    String stem = stem(path).toLowerCase(Locale.ROOT);
    Matcher download = STOOQ_DOWNLOAD.matcher(stem);
    String ticker = download.matches() ? download.group(1) + "." + download.group(2) : stem;
    return ticker.toUpperCase(Locale.ROOT);
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
