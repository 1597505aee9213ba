package io.dealimpact.lake;

import static org.apache.spark.sql.functions.col;

import io.dealimpact.row.RowReader;
import io.dealimpact.row.RowWriter;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A night as readers see it: one version of every table, all of one run.
 *
 * @param night counts the published nights from 1; a clock plays no part
 * @param runId the run that published it
 * @param versions by name of the table, for instance {@code gold.event_impact}
 */
public record Published(long night, String runId, Map<String, TableVersion> versions) {

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
    // One commit is one night, and its rows are a few dozen.
    Dataset<Row> rows = lake.read(Tables.PUBLISHED);
    RowReader reader = RowReader.of(rows.schema());
    Published newest = null;
    Map<String, TableVersion> versions = new TreeMap<>();
    for (Row row :
        rows.where(col("night").lt(other))
            .orderBy(col("night").desc())
            .limit(Tables.all().size())
            .collectAsList()) {
      RowReader.Cells cells = reader.at(row);
      if (newest == null) {
        newest = new Published(cells.count("night"), cells.text("run_id"), Map.of());
      }
      if (cells.count("night") == newest.night()) {
        versions.put(
            cells.text("table_name"),
            new TableVersion(cells.text("table_id"), cells.count("version")));
      }
    }
    return newest == null
        ? Optional.empty()
        : Optional.of(new Published(newest.night(), newest.runId(), versions));
  }

  /**
   * Makes this the newest night, in one commit.
   *
   * @param at the time of day, for people
   */
  public void publish(Lake lake, Instant at) {
    RowWriter writer = new RowWriter(Tables.PUBLISHED.schema());
    List<Row> rows = new ArrayList<>();
    new TreeMap<>(versions)
        .forEach(
            (table, version) ->
                rows.add(
                    writer
                        .row()
                        .count("night", night)
                        .value("published_at", Timestamp.from(at))
                        .text("run_id", runId)
                        .text("table_name", table)
                        .count("version", version.version())
                        .text("table_id", version.tableId())
                        .build()));
    lake.append(
        Tables.PUBLISHED,
        lake.spark().createDataFrame(rows, Tables.PUBLISHED.schema()).coalesce(1));
  }
}
