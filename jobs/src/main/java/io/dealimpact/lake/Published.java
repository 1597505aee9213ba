package io.dealimpact.lake;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import io.dealimpact.row.RowReader;
import io.dealimpact.row.RowWriter;
import io.dealimpact.run.Failures;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A night as readers see it: one version of every table, all of one run.
 *
 * @param night counts the published nights from 1; a clock plays no part
 * @param publishedAt the time of day, for people
 * @param runId the run that published it
 * @param versions by name of the table, for instance {@code gold.event_impact}
 */
public record Published(
    long night, Instant publishedAt, String runId, Map<String, TableVersion> versions) {

  /** Copies the versions. */
  public Published {
    versions = Map.copyOf(versions);
  }

  /** The newest published night; empty if none was. */
  public static Optional<Published> newest(Lake lake) {
    return newestBefore(lake, Long.MAX_VALUE);
  }

  /** The newest night that was published before another; empty if there is none. */
  public static Optional<Published> newestBefore(Lake lake, long other) {
    if (!lake.exists(Tables.PUBLISHED)) {
      return Optional.empty();
    }
    Dataset<Row> rows = lake.read(Tables.PUBLISHED).where(col("night").lt(other));
    List<Published> newest =
        nights(
            rows.join(
                rows.agg(max(col("night")).as("newest")), col("night").equalTo(col("newest"))));
    return newest.stream().findFirst();
  }

  /** The published nights that can be read, the oldest first. */
  public static List<Published> all(Lake lake) {
    return lake.exists(Tables.PUBLISHED) ? nights(lake.read(Tables.PUBLISHED)) : List.of();
  }

  private static List<Published> nights(Dataset<Row> rows) {
    RowReader reader = RowReader.of(Tables.PUBLISHED.schema());
    Map<Long, Map<String, TableVersion>> versions = new TreeMap<>();
    Map<Long, RowReader.Cells> nights = new TreeMap<>();
    for (Row row : rows.select(columns()).collectAsList()) {
      RowReader.Cells cells = reader.at(row);
      nights.put(cells.count("night"), cells);
      versions
          .computeIfAbsent(cells.count("night"), night -> new TreeMap<>())
          .put(
              cells.text("table_name"),
              new TableVersion(cells.text("table_id"), cells.count("version")));
    }
    List<Published> all = new ArrayList<>();
    nights.forEach(
        (night, cells) ->
            all.add(
                new Published(
                    night,
                    cells.instant("published_at"),
                    cells.text("run_id"),
                    versions.get(night))));
    return all;
  }

  private static Column[] columns() {
    return Tables.PUBLISHED.columnNames().stream().map(name -> col(name)).toArray(Column[]::new);
  }

  /**
   * Makes this the newest night, in one commit. Where the storage lists late, the last night may be
   * one that is not the last: no number is given twice.
   *
   * @throws io.dealimpact.run.DealImpactException if a night of this number was published
   */
  public void publish(Lake lake) {
    RowWriter writer = new RowWriter(Tables.PUBLISHED.schema());
    List<Row> rows = new ArrayList<>();
    new TreeMap<>(versions)
        .forEach(
            (table, version) ->
                rows.add(
                    writer
                        .row()
                        .count("night", night)
                        .value("published_at", Timestamp.from(publishedAt))
                        .text("run_id", runId)
                        .text("table_name", table)
                        .count("version", version.version())
                        .text("table_id", version.tableId())
                        .build()));
    Dataset<Row> all = lake.spark().createDataFrame(rows, Tables.PUBLISHED.schema()).coalesce(1);
    String note = "{\"run_id\":\"" + runId + "\",\"night\":\"" + night + "\"}";
    if (lake.appendAsStep(Tables.PUBLISHED, all, night, note).isEmpty()) {
      throw Failures.concurrentWriter(Tables.PUBLISHED.fullName(), null);
    }
  }

  /** Takes the nights before one away, in one commit: they can no longer be read. */
  public static void forgetBefore(Lake lake, long night) {
    lake.replaceRange(
        Tables.PUBLISHED,
        lake.read(Tables.PUBLISHED).where(lit(false)),
        "night",
        "1",
        Long.toString(night - 1),
        "{}");
  }
}
