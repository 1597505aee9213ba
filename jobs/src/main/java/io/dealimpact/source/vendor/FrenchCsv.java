package io.dealimpact.source.vendor;

import io.dealimpact.source.Feed;
import io.dealimpact.source.Header;
import io.dealimpact.source.RecordReader;
import io.dealimpact.source.text.CharInput;
import io.dealimpact.source.text.FileNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Kenneth French's daily files as downloaded, in {@code factors/french/}: prose, a table of daily
 * percentages, prose. The values stay as delivered, those that stand for a missing one (−99.99,
 * −999) too.
 */
final class FrenchCsv implements VendorFormat {
  private static final String FOLDER = "french";

  /** Longer names first, as one may be the beginning of another. */
  private static final List<String> REGIONS =
      List.of(
          "asia-pacific-ex-japan",
          "developed-ex-us",
          "north-america",
          "developed",
          "emerging",
          "europe",
          "japan");

  private static final Set<String> FACTORS =
      Set.of("mkt_rf", "smb", "hml", "rmw", "cma", "rf", "mom", "umd");

  @Override
  public boolean recognises(FilePlace place) {
    return place.isCsv() && place.isIn(Feed.FACTORS, FOLDER);
  }

  @Override
  public String files() {
    return "CSV (.csv, .txt, .tsv)";
  }

  /** Whether a line's cells are the table's header: its first cell is empty or {@code Date}. */
  boolean isHeader(List<String> cells) {
    return cells.size() > 1
        && (cells.get(0).isEmpty() || cells.get(0).toLowerCase(Locale.ROOT).equals("date"))
        && cells.stream().skip(1).map(Header::normalise).anyMatch(FACTORS::contains);
  }

  @Override
  public Header header(Feed feed, List<String> names) {
    List<String> named = new ArrayList<>(names);
    named.set(0, "date");
    return Header.of(feed, List.of(), named);
  }

  @Override
  public String cell(String column, TableRow row) {
    return switch (column) {
      case "factor_set" -> set(row.path());
      case "unit" -> "percent";
      default -> row.text(column);
    };
  }

  /** The set of a file's region, which its name says: the United States' where it says none. */
  static String set(String path) {
    String name = FileNames.stem(path).toLowerCase(Locale.ROOT);
    return REGIONS.stream()
        .filter(region -> name.startsWith(region.replace("-", "_") + "_"))
        .findFirst()
        .map(region -> "french-" + region + "-daily")
        .orElse("french-daily");
  }

  @Override
  public RecordReader open(Feed feed, String path, CharInput input) {
    return new FrenchReader(this, path, input);
  }
}
