package io.dealimpact.source.vendor;

import io.dealimpact.source.Feed;
import io.dealimpact.source.Header;
import io.dealimpact.source.RecordReader;
import io.dealimpact.source.text.CharInput;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * SEC EDGAR's {@code companyfacts} as downloaded, in {@code shares/sec/}. A count of shares is
 * effective at {@code end} and known since {@code filed}.
 */
final class SecCompanyFacts implements VendorFormat {
  private static final String FOLDER = "sec";
  static final String CONCEPT = "EntityCommonStockSharesOutstanding";

  /** Where the counts are, from the root. */
  static final List<String> COUNTS = List.of("facts", "dei", CONCEPT, "units", "shares");

  private static final Map<String, String> NAMES =
      Map.of("end", "effective_date", "val", "shares", "filed", "known_date");

  @Override
  public boolean recognises(FilePlace place) {
    return place.isJson() && place.isIn(Feed.SHARES, FOLDER);
  }

  @Override
  public String files() {
    return "JSON (.json)";
  }

  @Override
  public Optional<String> belongs(FilePlace place) {
    return place.isJson() && place.feed() == Feed.SHARES
        ? Optional.of("SEC files belong in shares/sec/")
        : Optional.empty();
  }

  @Override
  public Header header(Feed feed, List<String> names) {
    return Header.of(
        feed, List.of(), names.stream().map(name -> NAMES.getOrDefault(name, name)).toList());
  }

  @Override
  public String cell(String column, TableRow row) {
    if (column.equals("source")) {
      String form = row.extras().get("form");
      return "SEC dei:" + CONCEPT + (form == null ? "" : " " + form);
    }
    return NAMES.containsValue(column) ? row.text(column) : null;
  }

  @Override
  public RecordReader open(Feed feed, String path, CharInput input) throws IOException {
    return new SecReader(this, path, input);
  }
}
