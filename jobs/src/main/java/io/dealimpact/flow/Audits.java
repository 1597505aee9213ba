package io.dealimpact.flow;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.trim;

import io.dealimpact.config.Configuration.AuditSettings;
import io.dealimpact.lake.ChangedDays;
import io.dealimpact.lake.Lake;
import io.dealimpact.lake.Published;
import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.TableVersion;
import io.dealimpact.lake.Tables;
import io.dealimpact.row.RowReader;
import io.dealimpact.run.StageOutcome;
import java.sql.Date;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What is looked at before a night is published. Only gold tables that changed since the last
 * published night are read. That keys are unique is no audit of its own: every write of gold ends
 * where they are not.
 *
 * <ul>
 *   <li>Of every stage that checks rows, in = accepted + duplicate + quarantined.
 *   <li>A row with a status other than OK has a reason.
 *   <li>No gold table loses more rows than {@code publish.audits.rows_lost} allows.
 *   <li>The figures of a finished event are those of the last night where the program, its settings
 *       and all inputs are the same, but for days after the event.
 * </ul>
 */
final class Audits {
  /** Calendar days in which a trading day after another has passed, holidays included. */
  private static final int CALENDAR_DAYS_A_TRADING_DAY = 2;

  private static final int LONGEST_HOLIDAY = 14;

  private final Lake lake;
  private final AuditSettings settings;
  private final Optional<Published> last;

  /**
   * @param last the night that readers see until now
   */
  Audits(Lake lake, AuditSettings settings, Optional<Published> last) {
    this.lake = lake;
    this.settings = settings;
    this.last = last;
  }

  /**
   * What is wrong, in words; nothing if the night may be published.
   *
   * @param versions of the tables now
   * @param outcomes of the run's stages
   */
  List<String> findings(Map<String, TableVersion> versions, List<StageOutcome> outcomes) {
    List<String> findings = new ArrayList<>(accounts(outcomes));
    List<TableSpec> changed =
        Tables.all().stream()
            .filter(table -> table.layer().equals("gold") && versions.containsKey(table.fullName()))
            .filter(table -> !version(table).equals(Optional.of(versions.get(table.fullName()))))
            .toList();
    for (TableSpec table : changed) {
      findings.addAll(statuses(table));
      findings.addAll(losses(table));
    }
    if (changed.contains(Tables.EVENT_IMPACT) && settings.moved().equals("alarm")) {
      findings.addAll(moved());
    }
    return findings;
  }

  private static List<String> accounts(List<StageOutcome> outcomes) {
    List<String> findings = new ArrayList<>();
    for (StageOutcome outcome : outcomes) {
      StageOutcome.Rows rows = outcome.rows();
      if (rows.in() != rows.accepted() + rows.duplicate() + rows.quarantined()) {
        findings.add(
            String.format(
                Locale.ROOT,
                "the account of %s does not balance: %d rows in, %d accepted, %d duplicate, %d quarantined",
                outcome.stage(),
                rows.in(),
                rows.accepted(),
                rows.duplicate(),
                rows.quarantined()));
      }
    }
    return findings;
  }

  private List<String> statuses(TableSpec table) {
    if (!table.columnNames().containsAll(List.of("status", "status_reason"))) {
      return List.of();
    }
    Column silent = col("status_reason").isNull().or(trim(col("status_reason")).equalTo(""));
    long without = lake.read(table).where(col("status").notEqual("OK").and(silent)).count();
    return without == 0
        ? List.of()
        : List.of(
            String.format(
                Locale.ROOT,
                "%d rows of %s have a status without a reason",
                without,
                table.fullName()));
  }

  private List<String> losses(TableSpec table) {
    if (version(table).isEmpty()) {
      return List.of();
    }
    long before = before(table).count();
    long now = lake.read(table).count();
    return before - now <= settings.rowsLost() * before
        ? List.of()
        : List.of(
            String.format(
                Locale.ROOT,
                "%s has %d rows and had %d, a loss above the share of %s that publish.audits.rows_lost allows",
                table.fullName(),
                now,
                before,
                settings.rowsLost()));
  }

  /** Finished events whose figures changed though nothing that they depend on did. */
  private List<String> moved() {
    Optional<ChangedDays> days = version(Tables.EVENT_IMPACT).flatMap(this::changedInputs);
    if (days.isEmpty()) {
      return List.of();
    }
    Dataset<Row> before = finished(before(Tables.EVENT_IMPACT), days.get());
    Dataset<Row> now = finished(lake.read(Tables.EVENT_IMPACT), days.get());
    Dataset<Row> moved = before.except(now).select("event_id").distinct();
    Row row = moved.agg(count(lit(1)).as("events"), min("event_id").as("first")).first();
    RowReader.Cells cells = RowReader.of(row.schema()).at(row);
    return cells.count("events") == 0
        ? List.of()
        : List.of(
            String.format(
                Locale.ROOT,
                "the figures of %d finished events moved though none of their inputs did (%s)",
                cells.count("events"),
                cells.text("first")));
  }

  /**
   * The days of bars and values that changed after a version of gold.event_impact; empty where
   * anything else did, or it is not known.
   */
  private Optional<ChangedDays> changedInputs(TableVersion from) {
    long now = lake.current(Tables.EVENT_IMPACT).orElseThrow().version();
    for (String same : List.of("program", "settings")) {
      if (!noted(from.version(), same).equals(noted(now, same))) {
        return Optional.empty();
      }
    }
    Map<String, TableVersion> before = lake.notedInputs(Tables.EVENT_IMPACT, from.version());
    Map<String, TableVersion> after = lake.notedInputs(Tables.EVENT_IMPACT, now);
    TableVersion series = before.remove(Tables.SERIES.fullName());
    after.remove(Tables.SERIES.fullName());
    if (series == null || !before.equals(after)) {
      return Optional.empty();
    }
    Map<String, TableVersion> packed = lake.notedInputs(Tables.SERIES, series.version());
    ChangedDays days = ChangedDays.NONE;
    for (TableSpec input : List.of(Tables.BARS, Tables.MARKET_CAPS)) {
      Optional<ChangedDays> changed =
          Optional.ofNullable(packed.get(input.fullName()))
              .flatMap(version -> lake.changedSince(input, version, "trade_date"));
      if (changed.isEmpty()) {
        return Optional.empty();
      }
      days = days.and(changed.get());
    }
    return Optional.of(days);
  }

  private Optional<String> noted(long version, String name) {
    return lake.notedText(Tables.EVENT_IMPACT, version, name);
  }

  /** Rows whose last window day lies before the first day that changed. */
  private static Dataset<Row> finished(Dataset<Row> rows, ChangedDays days) {
    Dataset<Row> dated = rows.where(col("event_date").isNotNull());
    if (days.isNone()) {
      return dated;
    }
    Column end =
        date_add(
            col("event_date"),
            col("window_end").multiply(CALENDAR_DAYS_A_TRADING_DAY).plus(LONGEST_HOLIDAY));
    return dated.where(end.lt(lit(Date.valueOf(days.first()))));
  }

  private Optional<TableVersion> version(TableSpec table) {
    return last.map(night -> night.versions().get(table.fullName()));
  }

  private Dataset<Row> before(TableSpec table) {
    return lake.at(new TreeMap<>(last.orElseThrow().versions())).read(table);
  }
}
