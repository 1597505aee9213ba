package io.dealimpact.source.text;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What is written in the names of files. */
public final class FileNames {
  /** What browsers and people add to the name of a file that they have again. */
  private static final Pattern AGAIN =
      Pattern.compile("(?i)(\\s*\\(\\d+\\)|[ _-]+(copy|corrected|correction|fixed|v\\d+))+$");

  private FileNames() {}

  public static Compression compression(String path) {
    String lower = path.toLowerCase(Locale.ROOT);
    if (lower.endsWith(".gz")) {
      return Compression.GZIP;
    }
    if (lower.endsWith(".zip")) {
      return Compression.ZIP;
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

  /**
   * The value that a path gives for a column: {@code AMZN} of {@code ticker=AMZN/part-0.parquet};
   * null when it gives none.
   */
  public static String partition(String path, String column) {
    for (String folder : path.split("/", -1)) {
      if (folder.startsWith(column + "=")) {
        return folder.substring(column.length() + 1);
      }
    }
    return null;
  }

  /**
   * The ticker that a path names: of its folder {@code ticker=…} or {@code symbol=…}, else the
   * file's name without what marks it as a later copy: {@code AMZN} of {@code AMZN (1).csv}.
   */
  public static String ticker(String path) {
    for (String column : List.of("ticker", "symbol", "instrument_id")) {
      String folder = partition(path, column);
      if (folder != null) {
        return folder;
      }
    }
    return AGAIN.matcher(stem(path)).replaceFirst("");
  }

  private static String uncompressedName(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    return switch (compression(name)) {
      case NONE -> name;
      case GZIP -> name.substring(0, name.length() - ".gz".length());
      case ZSTD -> name.substring(0, name.length() - ".zst".length());
      case ZIP -> name.substring(0, name.length() - ".zip".length());
    };
  }
}
