package io.dealimpact.quality;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import io.dealimpact.row.RowReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How many of a feed's rows had which verdict; {@code in = accepted + duplicate + quarantined},
 * always.
 *
 * @param feed name in {@code ops.quarantine}
 * @param counts rows by verdict; quarantined ones that no gate counts are apart, by their rule
 * @param heldBack which versions of files are held back and why, sorted
 * @param unknownFields fields that this version does not know, each with the number of rows
 */
public record FeedAccount(
    String feed, Map<String, Long> counts, List<String> heldBack, Map<String, Long> unknownFields) {

  public FeedAccount {
    counts = Map.copyOf(counts);
    heldBack = List.copyOf(heldBack);
  }

  /**
   * The account of a feed of which a part was checked now, and the rest before.
   *
   * @param accepted rows that count, of all
   * @param quarantined all rows of the feed in quarantine
   * @return empty where that is more than was delivered
   */
  public static Optional<FeedAccount> of(
      String feed, DeliveredVersions versions, long accepted, Dataset<Row> quarantined) {
    Map<String, Long> counts = new HashMap<>();
    Dataset<Row> kinds =
        quarantined
            .groupBy(CheckedRows.kindOfQuarantined(col("rule")).as("kind"))
            .agg(count(lit(1)).as("rows"));
    RowReader reader = RowReader.of(kinds.schema());
    for (Row row : kinds.collectAsList()) {
      counts.put(reader.at(row).text("kind"), reader.at(row).count("rows"));
    }
    long others = counts.values().stream().mapToLong(Long::longValue).sum();
    counts.put(CheckedRows.ACCEPTED, accepted);
    counts.put(CheckedRows.DUPLICATE, versions.count() - accepted - others);
    return counts.get(CheckedRows.DUPLICATE) < 0
        ? Optional.empty()
        : Optional.of(new FeedAccount(feed, counts, versions.heldBack(), versions.unknownFields()));
  }

  /** Rows that were checked. */
  public long rowsIn() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Rows that count. */
  public long accepted() {
    return countOf(CheckedRows.ACCEPTED);
  }

  /** Rows that repeat an accepted one. */
  public long duplicate() {
    return countOf(CheckedRows.DUPLICATE);
  }

  /** Rows that broke a rule. */
  public long quarantined() {
    return rowsIn() - accepted() - duplicate();
  }

  /** Quarantined rows that something is wrong with: those that the gate counts. */
  public long broken() {
    return countOf(CheckedRows.QUARANTINED);
  }

  /** Rows of the feed that the gate counts broken ones among. */
  public long followed() {
    return rowsIn()
        - notFollowed()
        - countOf(CheckedRows.HELD_BACK)
        - CheckedRows.REFUSED_BY_ANOTHER_FEED.stream().mapToLong(this::countOf).sum();
  }

  /** Rows of instruments that nobody listed. */
  public long notFollowed() {
    return countOf(CheckedRows.NOT_FOLLOWED) + countOf(CheckedRows.OTHER_LISTING);
  }

  private long countOf(String kind) {
    return counts.getOrDefault(kind, 0L);
  }
}
