package io.dealimpact.source.vendor;

import io.dealimpact.source.Feed;
import io.dealimpact.source.Header;
import io.dealimpact.source.text.FileNames;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stooq's bulk files, {@code <TICKER>,<PER>,<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>}, and
 * its download of one ticker, {@code Date,Open,High,Low,Close,Volume}, both in {@code bars/stooq/}.
 * A file without the column is named for its ticker.
 */
final class StooqCsv implements VendorFormat {
  private static final String FOLDER = "stooq";

  private static final Pattern DOWNLOAD = Pattern.compile("(.+?)(?:_([a-z]{2}))?_d");

  @Override
  public boolean recognises(FilePlace place) {
    return place.isCsv() && place.isIn(Feed.BARS, FOLDER);
  }

  @Override
  public String files() {
    return "CSV (.csv, .txt, .tsv)";
  }

  @Override
  public Header header(Feed feed, List<String> names) {
    return Header.of(feed, List.of("trade_date", "close"), names);
  }

  @Override
  public String cell(String column, TableRow row) {
    String text = row.text(column);
    return text == null && column.equals("ticker") ? ticker(row.path()) : text;
  }

  @Override
  public Optional<String> refusal(TableRow row) {
    String period = row.extras().get("<PER>");
    return period == null || period.toUpperCase(Locale.ROOT).equals("D")
        ? Optional.empty()
        : Optional.of(String.format(Locale.ROOT, "its period is '%s', not D: daily", period));
  }

  /** {@code DELL.US} of {@code dell_us_d.csv}, the download, and of {@code dell.us.txt}. */
  static String ticker(String path) {
    String stem = FileNames.ticker(path).toLowerCase(Locale.ROOT);
    Matcher download = DOWNLOAD.matcher(stem);
    String ticker = stem;
    if (download.matches()) {
      String suffix = download.group(2);
      ticker = download.group(1) + (suffix == null ? "" : "." + suffix);
    }
    return ticker.toUpperCase(Locale.ROOT);
  }
}
