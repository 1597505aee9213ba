package io.dealimpact.source.vendor;

import io.dealimpact.source.Feed;
import io.dealimpact.source.RecordReader;
import io.dealimpact.source.text.CharInput;

/** A typed table with our column names, or synonyms of them. Spark reads it. */
public final class ParquetTable implements VendorFormat {

  @Override
  public boolean recognises(FilePlace place) {
    return place.isParquet() && !place.feed().isJson();
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
