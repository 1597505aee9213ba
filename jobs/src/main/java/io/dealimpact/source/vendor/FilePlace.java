package io.dealimpact.source.vendor;

import io.dealimpact.source.Feed;
import io.dealimpact.source.text.Compression;
import io.dealimpact.source.text.FileNames;

/**
 * Where a file of a feed lies, and its name.
 *
 * @param feed whose folder it lies in
 * @param folder the folder within that of the feed, {@code yahoo} for instance; empty when none
 * @param name of the file
 */
public record FilePlace(Feed feed, String folder, String name) {

  boolean isIn(Feed other, String otherFolder) {
    return feed == other && folder.equals(otherFolder);
  }

  boolean isCsv() {
    return switch (FileNames.extension(name)) {
      case "csv", "txt", "tsv" -> true;
      // What an archive holds is seen when it is opened.
      case "" -> FileNames.compression(name) == Compression.ZIP;
      default -> false;
    };
  }

  boolean isJson() {
    if (FileNames.compression(name) == Compression.ZIP) {
      return false;
    }
    return switch (FileNames.extension(name)) {
      case "json", "jsonl", "ndjson" -> true;
      default -> false;
    };
  }

  boolean isParquet() {
    return FileNames.extension(name).equals("parquet")
        && FileNames.compression(name) == Compression.NONE;
  }

  /** A file beside it. */
  FilePlace beside(String other) {
    return new FilePlace(feed, folder, other);
  }
}
