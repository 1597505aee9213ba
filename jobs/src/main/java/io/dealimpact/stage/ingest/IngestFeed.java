package io.dealimpact.stage.ingest;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;

import io.dealimpact.codec.RowsAsText;
import io.dealimpact.config.Configuration;
import io.dealimpact.lake.Lake;
import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.Tables;
import io.dealimpact.quality.DeliveredRows;
import io.dealimpact.run.Failures;
import io.dealimpact.run.Sha256;
import io.dealimpact.source.Feed;
import io.dealimpact.source.landing.LandingFile;
import io.dealimpact.source.landing.Listing;
import io.dealimpact.source.landing.Readers;
import io.dealimpact.source.landing.UnknownFile;
import io.dealimpact.stage.Stage;
import io.dealimpact.stage.StageContext;
import io.dealimpact.stage.StageResult;
import java.sql.Timestamp;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    if (files.isEmpty() && feed.isRequired() && !context.lake().exists(output())) {
      String root = context.configuration().landing();
      throw Failures.feedMissing(feed.folder(), root + "/" + feed.folder());
    }
    // A file that nobody reads is reported once, and again when there are others.
    unread(listing).forEach(file -> files.put(file.relativePath(), "not read"));
    return files;
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
    if (!fresh.isEmpty()) {
      Dataset<Row> rows =
          Readers.read(context.spark(), feed, fresh)
              .withColumn("ingested_at", lit(Timestamp.from(context.run().startedAt())))
              .withColumn("run_id", lit(context.run().runId()))
              .withColumn("delivery", lit(ingested.deliveries() + 1));
      context.lake().appendOnce(output(), rows, source(fresh, known), ROW_IDENTITY, context.note());
    }
    return StageResult.computed(message(fresh, listing));
  }

  /**
   * Identifies the files' versions and those they follow, so that a file may also go back to an
   * earlier content.
   */
  private String source(List<LandingFile> fresh, Map<String, String> known) {
    return name()
        + "/"
        + Sha256.of(
            fresh.stream()
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
      for (String[] file :
          RowsAsText.asText(
              lake.read(output())
                  .groupBy("source_file")
                  .agg(
                      max_by(col("source_sha256"), DeliveredRows.order()),
                      max(coalesce(col("delivery"), lit(0L)))),
              Integer.MAX_VALUE)) {
        versions.put(file[0], file[1]);
        deliveries = Math.max(deliveries, Long.parseLong(file[2]));
      }
    }
    return new Ingested(versions, deliveries);
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
