package io.dealimpact.source;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Which of our columns the columns of a table are. Case, order, spaces and punctuation of their
 * names do not matter ({@code Adj Close**} is {@code adj_close}, {@code <VOL>} is {@code vol}), and
 * the synonyms that vendors use are known. A column of our own name goes before a synonym of it;
 * what is not ours is an extra field.
 */
final class Header {
  /** Synonyms, as {@link #normalise} writes them; the first target that the feed has counts. */
  private static final Map<String, List<String>> SYNONYMS =
      Map.ofEntries(
          Map.entry("id", List.of("instrument_id")),
          Map.entry("symbol", List.of("ticker")),
          Map.entry("date", List.of("trade_date", "effective_date")),
          Map.entry("day", List.of("trade_date")),
          Map.entry("as_of_date", List.of("effective_date")),
          Map.entry("as_of", List.of("effective_date")),
          Map.entry("ex_date", List.of("effective_date")),
          Map.entry("filed", List.of("known_date")),
          Map.entry("filed_date", List.of("known_date")),
          Map.entry("filing_date", List.of("known_date")),
          Map.entry("adj_close", List.of("adjusted_close")),
          Map.entry("adjclose", List.of("adjusted_close")),
          Map.entry("close_adj", List.of("adjusted_close")),
          Map.entry("closeadj", List.of("adjusted_close")),
          Map.entry("vol", List.of("volume")),
          Map.entry("dividends", List.of("dividend")),
          Map.entry("shares_outstanding", List.of("shares")),
          Map.entry("marketcap", List.of("market_cap")),
          Map.entry("split_ratio", List.of("ratio")),
          Map.entry("stock_splits", List.of("split_ratio", "ratio")),
          Map.entry("report_date", List.of("announced_at")),
          Map.entry("mktrf", List.of("mkt_rf")),
          Map.entry("mom", List.of("umd")),
          Map.entry("wml", List.of("umd")));

  private static final int EXTRA = -1;

  private final Feed feed;
  private final List<String> names;
  private final int[] targets;
  private final List<String> missing;
  private final List<String> duplicates;

  private Header(
      Feed feed, List<String> names, int[] targets, List<String> missing, List<String> duplicates) {
    this.feed = feed;
    this.names = names;
    this.targets = targets;
    this.missing = missing;
    this.duplicates = duplicates;
  }

  static Header of(Feed feed, Layout layout, List<String> cells) {
    List<String> names = List.copyOf(cells);
    List<String> normal = names.stream().map(Header::normalise).toList();
    int[] targets = new int[names.size()];
    Arrays.fill(targets, EXTRA);
    int[] sources = new int[feed.columns().size()];
    Arrays.fill(sources, EXTRA);
    List<String> duplicates = new ArrayList<>();
    for (int i = 0; i < targets.length; i++) {
      claim(feed.indexOf(normal.get(i)), i, targets, sources, names, duplicates);
    }
    int[] named = sources.clone();
    for (int i = 0; i < targets.length; i++) {
      int target = targets[i] == EXTRA ? synonym(feed, normal.get(i)) : EXTRA;
      if (target != EXTRA && named[target] == EXTRA) {
        claim(target, i, targets, sources, names, duplicates);
      }
    }
    List<String> missing = new ArrayList<>();
    for (String column : required(feed, layout)) {
      boolean found =
          Arrays.stream(column.split("\\|", -1)).anyMatch(c -> sources[feed.indexOf(c)] != EXTRA);
      if (!found) {
        missing.add(column.replace("|", " or "));
      }
    }
    return new Header(feed, names, targets, missing, duplicates);
  }

  private static void claim(
      int target,
      int cell,
      int[] targets,
      int[] sources,
      List<String> names,
      List<String> duplicates) {
    if (target == EXTRA) {
      return;
    }
    if (sources[target] != EXTRA) {
      duplicates.add(
          String.format(Locale.ROOT, "'%s' and '%s'", names.get(sources[target]), names.get(cell)));
    } else {
      targets[cell] = target;
      sources[target] = cell;
    }
  }

  private static int synonym(Feed feed, String name) {
    for (String column : SYNONYMS.getOrDefault(name, List.of())) {
      if (feed.indexOf(column) >= 0) {
        return feed.indexOf(column);
      }
    }
    return EXTRA;
  }

  /** What the files of a layout must have; the file's name gives a vendor's ticker. */
  private static List<String> required(Feed feed, Layout layout) {
    return switch (layout) {
      case YAHOO_CSV, STOOQ_CSV -> List.of("trade_date", "open", "high", "low", "close", "volume");
      case FRENCH_CSV -> List.of();
      case CSV, PARQUET, JSON, SEC_JSON -> feed.requiredColumns();
    };
  }

  int size() {
    return targets.length;
  }

  String name(int cell) {
    return names.get(cell).isBlank() ? "column_" + (cell + 1) : names.get(cell);
  }

  /** The index of our column that a cell holds; negative when it is an extra field. */
  int target(int cell) {
    return targets[cell];
  }

  /** Whether no column of ours is in it. */
  boolean isForeign() {
    return Arrays.stream(targets).allMatch(target -> target == EXTRA);
  }

  /** The rule that makes all rows of the table unusable, or null. */
  ReadRule error() {
    if (!missing.isEmpty()) {
      return ReadRule.MISSING_COLUMNS;
    }
    return duplicates.isEmpty() ? null : ReadRule.DUPLICATE_COLUMNS;
  }

  /** What is wrong with it, ready for a message. */
  String errorDetail() {
    if (missing.isEmpty()) {
      return String.format(Locale.ROOT, "%s name the same column", String.join("; ", duplicates));
    }
    return String.format(
        Locale.ROOT,
        "%s lacks %s; found: %s%s",
        feed.folder(),
        String.join(", ", missing),
        RawRecord.cut(String.join(", ", names)),
        isForeign() ? ". Is the first line a header?" : "");
  }

  static String normalise(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_").replaceAll("^_+|_+$", "");
  }
}
