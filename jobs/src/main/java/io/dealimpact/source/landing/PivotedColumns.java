package io.dealimpact.source.landing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Columns of a table of several tickers side by side, as {@code yf.download(…).to_parquet()} names
 * them: {@code ('Close', 'AMZN')}, or with {@code group_by="ticker"} {@code ('AMZN', 'Close')}.
 */
final class PivotedColumns {
  private static final Pattern PAIR = Pattern.compile("\\('([^']*)', '([^']*)'\\)");

  /**
   * One ticker's columns.
   *
   * @param ticker whose they are
   * @param fields the day's and its own, as the table has them
   * @param names what they are called
   * @param values its own, as the table has them
   */
  record OfTicker(String ticker, List<String> fields, List<String> names, List<String> values) {}

  private PivotedColumns() {}

  /** The columns of each ticker, in the order of the table; none where it is no such table. */
  static List<OfTicker> of(List<String> fields) {
    boolean tickersFirst =
        fields.stream()
            .map(PAIR::matcher)
            .anyMatch(
                pair -> pair.matches() && pair.group(2).toLowerCase(Locale.ROOT).equals("close"));
    List<String> shared = new ArrayList<>();
    List<String> sharedNames = new ArrayList<>();
    Map<String, OfTicker> tickers = new LinkedHashMap<>();
    for (String field : fields) {
      Matcher pair = PAIR.matcher(field);
      boolean isPair = pair.matches();
      if (isPair && !pair.group(2).isEmpty()) {
        String ticker = pair.group(tickersFirst ? 1 : 2);
        OfTicker of =
            tickers.computeIfAbsent(
                ticker,
                name ->
                    new OfTicker(name, new ArrayList<>(), new ArrayList<>(), new ArrayList<>()));
        of.values().add(field);
        of.names().add(pair.group(tickersFirst ? 2 : 1));
      } else {
        shared.add(field);
        // The index of a table that was reset: ('Date', '').
        sharedNames.add(isPair ? pair.group(1) : field);
      }
    }
    List<OfTicker> found = new ArrayList<>();
    for (OfTicker of : tickers.values()) {
      List<String> all = new ArrayList<>(shared);
      all.addAll(of.values());
      List<String> names = new ArrayList<>(sharedNames);
      names.addAll(of.names());
      found.add(new OfTicker(of.ticker(), all, names, List.copyOf(of.values())));
    }
    return found;
  }
}
