package io.dealimpact.source.vendor;

import io.dealimpact.source.Feed;
import io.dealimpact.source.Header;
import io.dealimpact.source.RecordReader;
import io.dealimpact.source.text.CharInput;
import java.util.List;

/** A typed table with our column names, or synonyms of them. Spark reads it. */
public final class ParquetTable implements VendorFormat {

  @Override
  public boolean recognises(FilePlace place) {
    return place.isParquet() && !place.feed().isJson();
  }

  /** A file of bars without a column that names the instrument is named for its ticker. */
  @Override
  public Header header(Feed feed, List<String> names) {
    return feed == Feed.BARS
        ? Header.of(feed, List.of("trade_date", "close"), names)
        : Header.of(feed, feed.requiredColumns(), names);
  }

  @Override
  public String files() {
    return "Parquet (.parquet)";
  }

  @Override
  public RecordReader open(Feed feed, String path, CharInput input) {
    throw new IllegalArgumentException("Spark reads " + path);
  }
}
