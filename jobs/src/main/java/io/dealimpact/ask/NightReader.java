package io.dealimpact.ask;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_format;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import io.dealimpact.codec.RowsAsText;
import io.dealimpact.lake.Lake;
import io.dealimpact.lake.Published;
import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.Tables;
import io.dealimpact.report.NightFacts;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.SparkException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Which night a lake shows, and what changed since the one before it. */
final class NightReader {
  private static final Column IS_RUN = col("stage").equalTo("(run)");

  private final Lake lake;
  private final ReadCommands.Night night;

  /**
   * @param night which state of the lake is read
   */
  NightReader(Lake lake, ReadCommands.Night night) {
    this.lake = lake;
    this.night = night;
  }

  NightFacts facts() {
    String lastDay = first(lake.readOrEmpty(Tables.DAILY_MOVES).agg(max(col("trade_date"))), "");
    Optional<Published> shown =
        switch (night) {
          case PUBLISHED -> Published.newest(lake);
          case NEWEST -> Optional.empty();
        };
    return new NightFacts(
        lastDay, shown.map(this::named), shown.map(this::notPublished).orElse(""), changes(shown));
  }

  private NightFacts.Night named(Published shown) {
    return new NightFacts.Night(
        shown.night(),
        shown.runId(),
        first(
            lake.readOrEmpty(Tables.PUBLISHED)
                .where(col("night").equalTo(shown.night()))
                .select(date_format(max(col("published_at")), "yyyy-MM-dd HH:mm 'UTC'")),
            ""));
  }

  /** A newer run that failed: what is shown is older than what was delivered. */
  private String notPublished(Published shown) {
    Dataset<Row> newer =
        lake.readOrEmpty(Tables.RUN_LOG)
            .where(IS_RUN.and(col("run_id").gt(shown.runId())).and(col("result").equalTo("FAILED")))
            .orderBy(col("run_id").desc())
            .select(col("run_id"));
    String run = first(newer, "");
    return run.isEmpty() ? "" : "run " + run + " failed and is not in it";
  }

  private Optional<NightFacts.Changes> changes(Optional<Published> shown) {
    Optional<Lake> before =
        shown
            .flatMap(known -> Published.newestBefore(lake, known.night()))
            .map(known -> lake.at(new TreeMap<>(known.versions())));
    return before.flatMap(this::since);
  }

  /** Empty where files of the night before are gone. */
  private Optional<NightFacts.Changes> since(Lake before) {
    try {
      Column measured = col("verdict").isNotNull();
      return Optional.of(
          new NightFacts.Changes(
              added(before, Tables.DEALS, lit(true), "deal_id"),
              added(before, Tables.EVENTS_FLAT, measured, "company_day"),
              added(before, Tables.EVENTS_FLAT, measured, "company_day", "verdict")
                  - added(before, Tables.EVENTS_FLAT, measured, "company_day"),
              added(before, Tables.CLAIM_AUDIT, col("is_deciding"), "claim_id", "verdict")));
    } catch (Exception error) {
      if (error instanceof SparkException) {
        return Optional.empty();
      }
      throw error;
    }
  }

  /** Rows of now that the night before did not have, by some columns. */
  private long added(Lake before, TableSpec table, Column which, String... columns) {
    if (!before.exists(table) || !lake.exists(table)) {
      return 0;
    }
    Column[] named = List.of(columns).stream().map(name -> col(name)).toArray(Column[]::new);
    return lake.read(table)
        .where(which)
        .select(named)
        .except(before.read(table).where(which).select(named))
        .count();
  }

  private static String first(Dataset<Row> rows, String none) {
    return RowsAsText.asText(rows, 1).stream().findFirst().map(row -> row[0]).orElse(none);
  }
}
