package io.dealimpact.source;

/** How the content of a landing file is laid out; the folder and the extension decide. */
public enum Layout {
  /** A table with our column names, or synonyms of them. */
  CSV,
  /** {@code bars/yahoo/AMZN.csv}: one file a ticker, which is in the file's name. */
  YAHOO_CSV,
  /** {@code bars/stooq/}: {@code <TICKER>,<PER>,<DATE>,…}. */
  STOOQ_CSV,
  /** {@code factors/french/}: prose, one table of daily percentages, prose. */
  FRENCH_CSV,
  /** A table with our column names, typed. */
  PARQUET,
  /** An array of objects, one object, or JSON Lines; the content decides. */
  JSON,
  /** {@code shares/sec/}: EDGAR's {@code companyfacts}. */
  SEC_JSON
}
