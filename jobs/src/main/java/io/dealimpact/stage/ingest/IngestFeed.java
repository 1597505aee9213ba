package io.dealimpact.stage.ingest;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;

import io.dealimpact.codec.RowsAsText;
import io.dealimpact.config.Configuration;
import io.dealimpact.lake.Lake;
import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.Tables;
import io.dealimpact.row.RowReader;
import io.dealimpact.run.Failures;
import io.dealimpact.run.Sha256;
import io.dealimpact.source.Feed;
import io.dealimpact.source.ReadRule;
import io.dealimpact.source.landing.LandingFile;
import io.dealimpact.source.landing.Listing;
import io.dealimpact.source.landing.Readers;
import io.dealimpact.source.landing.UnknownFile;
import io.dealimpact.stage.Stage;
import io.dealimpact.stage.StageContext;
import io.dealimpact.stage.StageResult;
import java.sql.Timestamp;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Landing files of one feed to its bronze table, with provenance: each version of each file once. A
 * file whose content changed is a new version of itself; one that is gone from the landing zone
 * stays in bronze.
 */
public final class IngestFeed implements Stage {
  private static final List<String> ROW_IDENTITY =
      List.of("source_file", "source_sha256", "source_line", "source_element");

  /** The version of a file that its table has removed. */
  private static final String REMOVED = Sha256.of("removed from its table");

  private final Feed feed;
  private final LandingZone landing;

  public IngestFeed(Feed feed, LandingZone landing) {
    this.feed = feed;
    this.landing = landing;
  }

  @Override
  public String name() {
    return "ingest-" + feed.folder().replace('_', '-');
  }

  @Override
  public String summary() {
    return "new files of " + feed.folder() + "/ as delivered, with their provenance";
  }

  @Override
  public List<TableSpec> inputs() {
    return List.of();
  }

  @Override
  public Map<String, Object> settings(Configuration configuration) {
    return Map.of();
  }

  @Override
  public TableSpec output() {
    return bronze(feed);
  }

  /** The bronze table of a feed. */
  static TableSpec bronze(Feed feed) {
    return Tables.bronze(feed.folder(), feed.columns());
  }

  @Override
  public Map<String, String> outside(StageContext context) {
    Map<String, String> files = new TreeMap<>();
    Listing listing = listing(context);
    for (LandingFile file : listing.files(feed)) {
      files.put(file.relativePath(), file.sha256());
    }
    if (files.isEmpty() && feed.isRequired() && !isThere(context, listing)) {
      String root = context.configuration().landing();
      throw Failures.feedMissing(feed.folder(), root + "/" + feed.folder());
    }
    // A file that nobody reads is reported once, and again when there are others.
    unread(listing).forEach(file -> files.put(file.relativePath(), "not read"));
    return files;
  }

  /** Whether an earlier run read the feed, or another feed stands in for it. */
  private boolean isThere(StageContext context, Listing listing) {
    return context.lake().exists(output())
        || feed.substitute().stream()
            .anyMatch(
                other -> !listing.files(other).isEmpty() || context.lake().exists(bronze(other)));
  }

  private Listing listing(StageContext context) {
    String root = context.configuration().landing();
    Listing listing = landing.listing(context.spark(), root);
    if (listing.missing().stream().anyMatch(m -> m.what().equals("landing folder"))) {
      throw Failures.landingMissing(root);
    }
    return listing;
  }

  @Override
  public StageResult run(StageContext context) {
    Listing listing = listing(context);
    Ingested ingested = ingested(context.lake());
    Map<String, String> known = ingested.versions();
    List<LandingFile> fresh =
        listing.files(feed).stream()
            .filter(f -> !f.sha256().equals(known.get(f.relativePath())))
            .toList();
    List<LandingFile> removed = removed(listing, known);
    if (!fresh.isEmpty() || !removed.isEmpty()) {
      Dataset<Row> rows =
          Readers.read(context.spark(), feed, fresh)
              .unionByName(Readers.withdrawals(context.spark(), feed, removed))
              .withColumn("ingested_at", lit(Timestamp.from(context.run().startedAt())))
              .withColumn("run_id", lit(context.run().runId()))
              .withColumn("delivery", lit(ingested.deliveries() + 1));
      context
          .lake()
          .appendOnce(output(), rows, source(fresh, removed, known), ROW_IDENTITY, context.note());
    }
    String notes = fresh.isEmpty() ? "" : notes(context.lake(), ingested.deliveries() + 1);
    return StageResult.computed(
        Stream.of(message(fresh, listing), notes)
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining("; ")));
  }

  /** Files that a Delta table in the landing zone had and has no more: each withdraws its rows. */
  private List<LandingFile> removed(Listing listing, Map<String, String> known) {
    Set<String> there =
        listing.files(feed).stream().map(LandingFile::relativePath).collect(Collectors.toSet());
    return known.entrySet().stream()
        .filter(file -> listing.tables().stream().anyMatch(file.getKey()::startsWith))
        .filter(file -> !there.contains(file.getKey()) && !file.getValue().equals(REMOVED))
        .map(file -> new LandingFile(feed, file.getKey(), "", 0, REMOVED))
        .sorted(Comparator.comparing(LandingFile::relativePath))
        .toList();
  }

  /**
   * Identifies the files' versions and those they follow, so that a file may also go back to an
   * earlier content.
   */
  private String source(
      List<LandingFile> fresh, List<LandingFile> removed, Map<String, String> known) {
    return name()
        + "/"
        + Sha256.of(
            Stream.concat(fresh.stream(), removed.stream())
                .map(f -> f.relativePath() + ":" + known.get(f.relativePath()) + ":" + f.sha256())
                .sorted()
                .collect(Collectors.joining("\n")));
  }

  /**
   * What bronze has.
   *
   * @param versions sha256 of the newest version of every file, by path
   * @param deliveries the largest number of an append so far
   */
  private record Ingested(Map<String, String> versions, long deliveries) {}

  private Ingested ingested(Lake lake) {
    Map<String, String> versions = new HashMap<>();
    long deliveries = 0;
    if (lake.exists(output())) {
      // Each version once: to look for the newest in a query would sort all rows. A clock may go
      // back; it orders only the versions of an older program, which have no number.
      Dataset<Row> found =
          lake.read(output())
              .select(
                  col("source_file"),
                  col("source_sha256"),
                  coalesce(col("delivery"), lit(0L)).as("delivery"),
                  col("ingested_at"))
              .distinct()
              .orderBy("delivery", "ingested_at");
      RowReader reader = RowReader.of(found.schema());
      for (Row row : found.collectAsList()) {
        RowReader.Cells version = reader.at(row);
        versions.put(version.text("source_file"), version.text("source_sha256"));
        deliveries = version.count("delivery");
      }
    }
    return new Ingested(versions, deliveries);
  }

  /** What readers say of new files that are well and have no rows, but for the usual sentence. */
  private String notes(Lake lake, long delivery) {
    return RowsAsText.asText(
            lake.readOrEmpty(output())
                .where(
                    col("delivery")
                        .equalTo(delivery)
                        .and(col("read_error").equalTo(ReadRule.NO_ROWS.id()))
                        .and(col("read_error_detail").notEqual(Readers.NO_ROWS)))
                .select(concat_ws(": ", col("source_file"), col("read_error_detail")))
                .orderBy("source_file"),
            20)
        .stream()
        .map(row -> row[0])
        .collect(Collectors.joining("; "));
  }

  private String message(List<LandingFile> fresh, Listing listing) {
    String files =
        switch (fresh.size()) {
          case 0 -> "";
          case 1 -> "1 new file";
          default -> fresh.size() + " new files";
        };
    String unknown =
        unread(listing)
            .map(file -> file.relativePath() + " was not read: " + file.reason())
            .collect(Collectors.joining("; "));
    return files + (files.isEmpty() || unknown.isEmpty() ? "" : "; ") + unknown;
  }

  /** Files of the feed's folder that no reader takes; the first feed reports all other folders. */
  private Stream<UnknownFile> unread(Listing listing) {
    List<String> others = Arrays.stream(Feed.values()).map(f -> f.folder() + "/").toList();
    return listing.unknown().stream()
        .filter(
            file ->
                file.relativePath().startsWith(feed.folder() + "/")
                    || (feed == Feed.INSTRUMENTS
                        && others.stream().noneMatch(file.relativePath()::startsWith)));
  }
}
