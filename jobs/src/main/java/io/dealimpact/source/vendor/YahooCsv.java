package io.dealimpact.source.vendor;

import io.dealimpact.source.Feed;
import io.dealimpact.source.Header;
import io.dealimpact.source.RecordReader;
import io.dealimpact.source.text.CharInput;
import io.dealimpact.source.text.FileNames;
import java.io.IOException;
import java.util.List;

/**
 * Yahoo's download, {@code bars/yahoo/AMZN.csv}: {@code Date,Open,High,Low,Close,Adj Close,Volume}.
 * The file's name is the ticker. {@code yf.download()} writes three lines of header instead.
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
    return Header.of(feed, List.of("trade_date", "close"), names);
  }

  @Override
  public String cell(String column, TableRow row) {
    if (column.equals("price_basis")) {
      // history() adjusts its prices for dividends, and has no column of its own for that.
      boolean isHistory =
          row.header().cellOf("dividend") >= 0 && row.header().cellOf("adjusted_close") < 0;
      return isHistory ? PriceBasis.DIVIDENDS : null;
    }
    String text = row.text(column);
    String given = ABSENT.equals(text) ? null : text;
    return given == null && column.equals("ticker") ? FileNames.ticker(row.path()) : given;
  }

  @Override
  public RecordReader open(Feed feed, String path, CharInput input) throws IOException {
    return YahooDownloadReader.isDownload(input)
        ? new YahooDownloadReader(this, path, input)
        : new CsvReader(feed, this, path, input);
  }
}
