package io.dealimpact.source.vendor;

import io.dealimpact.source.Feed;
import io.dealimpact.source.Header;
import io.dealimpact.source.text.FileNames;
import java.util.List;

/**
 * Yahoo's download, {@code bars/yahoo/AMZN.csv}: {@code Date,Open,High,Low,Close,Adj Close,Volume}.
 * The file's name is the ticker.
 */
final class YahooCsv implements VendorFormat {
  private static final String FOLDER = "yahoo";

  /** What Yahoo writes for a day, or a price, that it does not have. */
  private static final String ABSENT = "null";

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
    return Header.of(feed, List.of("trade_date", "open", "high", "low", "close", "volume"), names);
  }

  @Override
  public String cell(String column, TableRow row) {
    String text = row.text(column);
    String given = ABSENT.equals(text) ? null : text;
    return given == null && column.equals("ticker") ? FileNames.stem(row.path()) : given;
  }
}
