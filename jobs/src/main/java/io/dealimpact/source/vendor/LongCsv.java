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

  /** A file of bars without a column that names the instrument is named for its ticker. */
  @Override
  public String cell(String column, TableRow row) {
    String text = row.text(column);
    return switch (column) {
      case "close", "open", "high", "low", "volume" ->
          CrspPrices.isOf(row) ? CrspPrices.adjusted(column, text, row) : text;
      case "price_basis" -> text == null ? PriceBasis.of(row.header()) : text;
      case "ticker" ->
          text == null && row.text("instrument_id") == null ? row.tickerOfFile() : text;
      default -> text;
    };
  }

  @Override
  public Header header(Feed feed, List<String> names) {
    return switch (feed) {
      // Files of one ticker are named for it.
      case BARS -> Header.of(feed, List.of("trade_date", "close"), names);
      case SPLITS -> Header.of(feed, List.of("effective_date", "ratio|split_to"), names);
      default -> Header.of(feed, feed.requiredColumns(), names);
    };
  }

  @Override
  public String files() {
    return "CSV (.csv, .txt, .tsv)";
  }
}
