package io.dealimpact.source.vendor;

import io.dealimpact.source.Feed;
import io.dealimpact.source.Header;
import java.util.List;

/** A delimited table with our column names, or synonyms of them: one row an instrument and day. */
final class LongCsv implements VendorFormat {

  @Override
  public boolean recognises(FilePlace place) {
    return place.isCsv() && !place.feed().isJson();
  }

  /**
   * CRSP writes the mean of bid and ask as a negative price. A file of bars without a column that
   * names the instrument is named for its ticker.
   */
  @Override
  public String cell(String column, TableRow row) {
    String text = row.text(column);
    if (text != null && column.equals("close") && row.isNamed(column, "prc")) {
      return text.startsWith("-") ? text.substring(1) : text;
    }
    return text == null && column.equals("ticker") && row.text("instrument_id") == null
        ? row.tickerOfFile()
        : text;
  }

  @Override
  public Header header(Feed feed, List<String> names) {
    return feed == Feed.BARS
        ? Header.of(feed, List.of("trade_date", "close"), names)
        : Header.of(feed, feed.requiredColumns(), names);
  }

  @Override
  public String files() {
    return "CSV (.csv, .txt, .tsv)";
  }
}
