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
public final class Header {
  /** Synonyms, as {@link #normalise} writes them; the first target that the feed has counts. */
  private static final Map<String, List<String>> SYNONYMS =
      Map.ofEntries(
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
          Map.entry("sharesoutstanding", List.of("shares")),
          Map.entry("split", List.of("ratio")),
          Map.entry("marketcap", List.of("market_cap")),
          Map.entry("split_ratio", List.of("ratio")),
          Map.entry("stock_splits", List.of("split_ratio", "ratio")),
          Map.entry("report_date", List.of("announced_at")),
          Map.entry("mktrf", List.of("mkt_rf")),
          Map.entry("mom", List.of("umd")),
          Map.entry("wml", List.of("umd")),
          Map.entry("execution_date", List.of("effective_date")),
          Map.entry("earnings_date", List.of("announced_at")),
          Map.entry("adjustedclose", List.of("adjusted_close")),
          Map.entry("timestamp", List.of("trade_date")),
          Map.entry("datetime", List.of("trade_date")),
          Map.entry("window_start", List.of("trade_date")),
          Map.entry("dlycaldt", List.of("trade_date")),
          Map.entry("close_last", List.of("close")),
          Map.entry("price", List.of("close")),
          Map.entry("prc", List.of("close")),
          Map.entry("dlyprc", List.of("close")),
          Map.entry("openprc", List.of("open")),
          Map.entry("dlyopen", List.of("open")),
          Map.entry("askhi", List.of("high")),
          Map.entry("dlyhigh", List.of("high")),
          Map.entry("bidlo", List.of("low")),
          Map.entry("dlylow", List.of("low")),
          Map.entry("dlyvol", List.of("volume")),
          Map.entry("dividend_amount", List.of("dividend")),
          Map.entry("divcash", List.of("dividend")),
          Map.entry("ex_dividend", List.of("dividend")),
          Map.entry("split_coefficient", List.of("split_ratio", "ratio")),
          Map.entry("splitfactor", List.of("split_ratio", "ratio")),
          Map.entry("split_factor", List.of("split_ratio", "ratio")),
          Map.entry("ret", List.of("return")),
          Map.entry("total_return", List.of("return")),
          Map.entry("dlyret", List.of("return")),
          Map.entry("retx", List.of("return_ex_dividend")),
          Map.entry("price_return", List.of("return_ex_dividend")),
          Map.entry("dlyretx", List.of("return_ex_dividend")),
          Map.entry("dlret", List.of("delisting_return")),
          Map.entry("event", List.of("event_id")),
          Map.entry("event_date", List.of("announced_at")),
          Map.entry("announcement_date", List.of("announced_at")));

  /** Synonyms that mean something else in other feeds. */
  private static final Map<String, String> OF_BARS =
      Map.ofEntries(
          Map.entry("name", "ticker"),
          Map.entry("code", "ticker"),
          Map.entry("act_symbol", "ticker"),
          Map.entry("px_last", "close"),
          Map.entry("last", "close"),
          Map.entry("split", "split_ratio"),
          // Aggregates as Polygon's and Alpaca's JSON names them.
          Map.entry("t", "trade_date"),
          Map.entry("o", "open"),
          Map.entry("h", "high"),
          Map.entry("l", "low"),
          Map.entry("c", "close"),
          Map.entry("v", "volume"));

  /** Keys of databases that stand for the instrument where nothing else does. */
  private static final List<String> KEYS =
      List.of("id", "permno", "permid", "gvkey", "figi", "isin");

  /** Names of the day of an event, where no column says when it was announced. */
  private static final List<String> EVENT_DAYS = List.of("date", "day", "edate", "evtdate");

  /** Names of an index that may hold days, where no other column does. */
  private static final List<String> INDEXES = List.of("index", "index_level_0");

  private static final int EXTRA = -1;

  private final Feed feed;
  private final List<String> names;
  private final List<String> normal;
  private final int[] targets;
  private final int[] sources;
  private final List<String> missing;
  private final List<String> duplicates;

  private Header(
      Feed feed,
      List<String> names,
      List<String> normal,
      int[] targets,
      int[] sources,
      List<String> missing,
      List<String> duplicates) {
    this.feed = feed;
    this.names = names;
    this.normal = normal;
    this.targets = targets;
    this.sources = sources;
    this.missing = missing;
    this.duplicates = duplicates;
  }

  /**
   * Finds our columns.
   *
   * @param required columns that must be there; {@code a|b} is satisfied by either
   * @param cells the columns' names, as delivered
   */
  public static Header of(Feed feed, List<String> required, List<String> cells) {
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
    int id = feed.indexOf("instrument_id");
    int ticker = feed.indexOf("ticker");
    boolean needsKey = id >= 0 && sources[id] == EXTRA && ticker >= 0;
    // Beside a ticker "id" may be the vendor's own number of the row; not so in instruments/.
    if (needsKey && (sources[ticker] == EXTRA || feed == Feed.INSTRUMENTS)) {
      KEYS.stream()
          .filter(key -> sources[ticker] == EXTRA || key.equals("id"))
          .filter(key -> feed.indexOf(key) < 0 && normal.contains(key))
          .findFirst()
          .ifPresent(key -> claim(id, normal.indexOf(key), targets, sources, names, duplicates));
    }
    // The index of a data frame has no name, or one that says no more.
    int day = feed.indexOf("trade_date");
    for (int i = 0; i < targets.length && day >= 0 && sources[day] == EXTRA; i++) {
      if ((i == 0 && normal.get(i).isEmpty()) || INDEXES.contains(normal.get(i))) {
        claim(day, i, targets, sources, names, duplicates);
      }
    }
    int announced = feed.indexOf("announced_at");
    if (feed == Feed.EVENTS && sources[announced] == EXTRA) {
      EVENT_DAYS.stream()
          .filter(normal::contains)
          .findFirst()
          .ifPresent(
              name -> claim(announced, normal.indexOf(name), targets, sources, names, duplicates));
    }
    List<String> missing = new ArrayList<>();
    for (String column : required) {
      boolean found =
          Arrays.stream(column.split("\\|", -1)).anyMatch(c -> sources[feed.indexOf(c)] != EXTRA);
      if (!found) {
        missing.add(column.replace("|", " or "));
      }
    }
    return new Header(feed, names, normal, targets, sources, missing, duplicates);
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
    if (feed == Feed.BARS && OF_BARS.containsKey(name)) {
      return feed.indexOf(OF_BARS.get(name));
    }
    for (String column : SYNONYMS.getOrDefault(name, List.of())) {
      if (feed.indexOf(column) >= 0) {
        return feed.indexOf(column);
      }
    }
    return EXTRA;
  }

  public int size() {
    return targets.length;
  }

  public String name(int cell) {
    return names.get(cell).isBlank() ? "column_" + (cell + 1) : names.get(cell);
  }

  /** Whether one of our columns is called so in the file, as {@link #normalise} writes it. */
  public boolean isNamed(String column, String name) {
    int cell = cellOf(column);
    return cell >= 0 && normal.get(cell).equals(name);
  }

  /** The cell of a column that is not ours, by a normalised name; negative when there is none. */
  public int extraCell(String name) {
    int cell = normal.indexOf(name);
    return cell >= 0 && isExtra(cell) ? cell : EXTRA;
  }

  /** The index of our column that a cell holds; negative when it is not ours. */
  public int target(int cell) {
    return targets[cell];
  }

  /** Whether a cell is of a column that is not ours. */
  public boolean isExtra(int cell) {
    return targets[cell] == EXTRA;
  }

  /** The cell that holds one of our columns; negative when there is none. */
  public int cellOf(String column) {
    int index = feed.indexOf(column);
    return index < 0 ? EXTRA : sources[index];
  }

  /** Whether no column of ours is in it. */
  boolean isForeign() {
    return Arrays.stream(targets).allMatch(target -> target == EXTRA);
  }

  /** The rule that makes all rows of the table unusable, or null. */
  public ReadRule error() {
    if (!missing.isEmpty()) {
      return ReadRule.MISSING_COLUMNS;
    }
    return duplicates.isEmpty() ? null : ReadRule.DUPLICATE_COLUMNS;
  }

  /** What is wrong with it, ready for a message. */
  public String errorDetail() {
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

  public static String normalise(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_").replaceAll("^_+|_+$", "");
  }
}
