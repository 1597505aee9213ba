package io.dealimpact.source.text;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is written in the names of files. */
public final class FileNames {
  /** What browsers and people add to the name of a file that they have again. */
  private static final Pattern AGAIN =
      Pattern.compile(
          "(?i)(\\s*\\(\\d+\\)|[ ._-]+(copy( \\d+)?|correct(ed|ion)|fix(ed)?|final|new|updated?|revised"
              + "|amended|restated|v\\d+|rev\\d+))+$");

  /** What vendors write before and after a ticker: Alpha Vantage, Investing.com. */
  private static final Pattern OF_VENDOR =
      Pattern.compile(
          "(?i)^(?:copy of )?(?:(?:daily|weekly|monthly)(?:_adjusted)?_)?(.+?)"
              + "(?: (?:historical data|stock price history))?$");

  /** The folder of rows without a value, as Hive writes it. */
  private static final String NO_PARTITION = "__HIVE_DEFAULT_PARTITION__";

  private static final Pattern ESCAPED = Pattern.compile("%([0-7][0-9A-Fa-f])");

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
   * The columns that folders of a path give, in their order: {@code ticker} is {@code AMZN} in
   * {@code ticker=AMZN/part-0.parquet}. The value is null where there is none.
   */
  public static Map<String, String> partitions(String path) {
    Map<String, String> columns = new LinkedHashMap<>();
    String[] parts = path.split("/", -1);
    for (int i = 0; i < parts.length - 1; i++) {
      int equals = parts[i].indexOf('=');
      if (equals > 0) {
        String value = unescaped(parts[i].substring(equals + 1));
        columns.put(parts[i].substring(0, equals), value.equals(NO_PARTITION) ? null : value);
      }
    }
    return columns;
  }

  /** What Hive escapes in the names of folders: {@code %5E} is {@code ^}. */
  private static String unescaped(String value) {
    return ESCAPED
        .matcher(value)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    String.valueOf((char) Integer.parseInt(found.group(1), 16))));
  }

  /**
   * The ticker that a file's name is, without what marks it as a later copy or as a vendor's:
   * {@code AMZN} of {@code AMZN (1).csv}, {@code daily_adjusted_AMZN.csv}, {@code AMZN Historical
   * Data.csv}.
   */
  public static String ticker(String path) {
    String once = AGAIN.matcher(stem(path)).replaceFirst("");
    return OF_VENDOR.matcher(once).replaceFirst("$1");
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
