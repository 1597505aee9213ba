package io.dealimpact.source.vendor;

/** A delimited table with our column names, or synonyms of them: one row an instrument and day. */
final class LongCsv implements VendorFormat {

  @Override
  public boolean recognises(FilePlace place) {
    return place.isCsv() && !place.feed().isJson();
  }

  @Override
  public String files() {
    return "CSV (.csv, .txt, .tsv)";
  }
}
