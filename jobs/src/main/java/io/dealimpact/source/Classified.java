package io.dealimpact.source;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/** What the path of a file says about its content. */
sealed interface Classified {

  /** A file that a reader takes. */
  record Known(Feed feed, Layout layout) implements Classified {}

  /** A file that none takes. */
  record Unknown(String reason) implements Classified {}

  /**
   * Classifies a file.
   *
   * @param relativePath path under the landing folder, with {@code /}
   */
  static Classified of(String relativePath) {
    List<String> parts = List.of(relativePath.split("/", -1));
    if (parts.size() == 1) {
      return new Unknown("it lies in no feed's folder");
    }
    Optional<Feed> feed = Feed.ofFolder(parts.get(0));
    if (feed.isEmpty()) {
      return new Unknown(
          String.format(
              Locale.ROOT,
              "'%s' is not a feed; the feeds are %s",
              parts.get(0),
              String.join(", ", new TreeSet<>(Feed.folders()))));
    }
    String vendor = parts.size() > 2 ? parts.get(1) : "";
    return of(feed.get(), vendor, parts.get(parts.size() - 1));
  }

  private static Classified of(Feed feed, String vendor, String fileName) {
    String extension = FileNames.extension(fileName);
    if (feed.isJson()) {
      return isJson(extension)
          ? new Known(feed, Layout.JSON)
          : wrongExtension(feed.folder(), extension, "JSON or JSON Lines (.json, .jsonl, .ndjson)");
    }
    if (feed == Feed.SHARES && vendor.equals("sec")) {
      return isJson(extension)
          ? new Known(feed, Layout.SEC_JSON)
          : wrongExtension("shares/sec", extension, "JSON (.json)");
    }
    if (isCsv(extension)) {
      return new Known(feed, csvLayout(feed, vendor));
    }
    if (extension.equals("parquet")
        && FileNames.compression(fileName) == Compression.NONE
        && csvLayout(feed, vendor) == Layout.CSV) {
      return new Known(feed, Layout.PARQUET);
    }
    if (feed == Feed.SHARES && isJson(extension)) {
      return new Unknown("SEC files belong in shares/sec/");
    }
    return wrongExtension(feed.folder(), extension, "CSV (.csv, .txt, .tsv) or Parquet (.parquet)");
  }

  private static Layout csvLayout(Feed feed, String vendor) {
    if (feed == Feed.BARS && vendor.equals("yahoo")) {
      return Layout.YAHOO_CSV;
    }
    if (feed == Feed.BARS && vendor.equals("stooq")) {
      return Layout.STOOQ_CSV;
    }
    if (feed == Feed.FACTORS && vendor.equals("french")) {
      return Layout.FRENCH_CSV;
    }
    return Layout.CSV;
  }

  private static Unknown wrongExtension(String folder, String extension, String expected) {
    return new Unknown(
        String.format(
            Locale.ROOT,
            "%s/ takes %s, plain, .gz or .zst; this is '%s'",
            folder,
            expected,
            extension.isEmpty() ? "" : "." + extension));
  }

  private static boolean isCsv(String extension) {
    return switch (extension.toLowerCase(Locale.ROOT)) {
      case "csv", "txt", "tsv" -> true;
      default -> false;
    };
  }

  private static boolean isJson(String extension) {
    return switch (extension.toLowerCase(Locale.ROOT)) {
      case "json", "jsonl", "ndjson" -> true;
      default -> false;
    };
  }
}
