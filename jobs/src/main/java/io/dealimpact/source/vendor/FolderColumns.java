package io.dealimpact.source.vendor;

import io.dealimpact.source.Feed;
import io.dealimpact.source.Header;
import io.dealimpact.source.text.FileNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Columns that the folders of a file give, as Hive, Spark and polars lay tables out: {@code
 * ticker=AMZN/part-0.csv}. A column of the file itself counts before one of its folders.
 */
public final class FolderColumns {
  private FolderColumns() {}

  /**
   * Those of a feed that the file lacks, each with its value.
   *
   * @param names of the file's own columns
   */
  public static Map<String, String> of(Feed feed, String path, List<String> names) {
    Map<String, String> columns = new LinkedHashMap<>();
    if (path.indexOf('=') < 0) {
      return columns;
    }
    Header own = Header.of(feed, List.of(), names);
    FileNames.partitions(path)
        .forEach(
            (name, value) -> {
              int target = Header.of(feed, List.of(), List.of(name)).target(0);
              if (target >= 0 && own.cellOf(feed.columns().get(target)) < 0) {
                columns.put(name, value);
              }
            });
    return columns;
  }

  /**
   * The names of a file's columns and after them those of its folders.
   *
   * @param values those of the folders are added to it
   */
  static List<String> added(Feed feed, String path, List<String> names, List<String> values) {
    List<String> all = new ArrayList<>(names);
    of(feed, path, names)
        .forEach(
            (name, value) -> {
              all.add(name);
              values.add(value == null ? "" : value);
            });
    return all;
  }
}
