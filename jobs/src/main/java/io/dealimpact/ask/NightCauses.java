package io.dealimpact.ask;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import io.dealimpact.lake.ChangedDays;
import io.dealimpact.lake.Lake;
import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.TableVersion;
import io.dealimpact.lake.Tables;
import io.dealimpact.row.RowReader;
import java.sql.Date;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What changed between two nights that figures rest on. The notes of the commits say which tables a
 * table was made from, by which program and with which settings; rows of silver say what was
 * delivered, restated or withdrawn, and bronze says in which files.
 *
 * <p>A cause is something that changed and that the figure depends on. Where several did, all are
 * named.
 */
final class NightCauses {
  private static final int MOST_CHANGES = 10_000;
  private static final int SHOWN = 3;

  /** Made from other tables of silver: what changed there changed in those first. */
  private static final Set<TableSpec> DERIVED =
      Set.of(Tables.SERIES, Tables.MARKET_CAPS, Tables.REFUSED_BARS);

  private final NightDiff.Side before;
  private final NightDiff.Side after;
  private final List<String> settings;
  private final Map<String, Set<String>> ancestors = new HashMap<>();
  private final List<Change> changes;
  private final Map<String, List<String>> files;

  /** Rows of one table and subject that changed. */
  private record Change(
      String table,
      String deal,
      String instrument,
      String other,
      long restated,
      long delivered,
      long withdrawn,
      String first,
      String last) {

    String kind() {
      return Stream.of(
              restated > 0 ? "restatement" : "",
              delivered > 0 ? "delivery" : "",
              withdrawn > 0 ? "withdrawal" : "")
          .filter(kind -> !kind.isEmpty())
          .collect(Collectors.joining("+"));
    }

    String text(List<String> inFiles) {
      String what =
          Stream.of(
                  restated > 0 ? rows(restated) + " restated" : "",
                  delivered > 0 ? rows(delivered) + " delivered" : "",
                  withdrawn > 0 ? rows(withdrawn) + " withdrawn" : "")
              .filter(part -> !part.isEmpty())
              .collect(Collectors.joining(", "));
      String days =
          first.isEmpty() ? "" : first.equals(last) ? " " + first : " " + first + " to " + last;
      String subject =
          Stream.of(instrument, deal, other)
              .filter(part -> !part.isEmpty())
              .findFirst()
              .map(part -> " of " + part)
              .orElse("");
      String from =
          inFiles.isEmpty()
              ? ""
              : inFiles.stream().limit(SHOWN).collect(Collectors.joining(", ", " (", ""))
                  + (inFiles.size() > SHOWN ? ", …)" : ")");
      return table.substring(table.indexOf('.') + 1).replace('_', ' ')
          + subject
          + ": "
          + what
          + days
          + from;
    }

    private static String rows(long count) {
      return count == 1 ? "1 row" : String.format(Locale.ROOT, "%,d rows", count);
    }
  }

  /**
   * Why a figure moved.
   *
   * @param kind program, configuration, delivery, restatement, withdrawal, joined by +; or unknown
   * @param text in words
   */
  record Cause(String kind, String text) {}

  private NightCauses(
      NightDiff.Side before,
      NightDiff.Side after,
      List<String> settings,
      List<Change> changes,
      Map<String, List<String>> files) {
    this.before = before;
    this.after = after;
    this.settings = settings;
    this.changes = changes;
    this.files = files;
  }

  /**
   * Looks for what changed.
   *
   * @param settings that differ, in words
   */
  static NightCauses of(NightDiff.Side before, NightDiff.Side after, List<String> settings) {
    List<TableSpec> changed =
        Tables.all().stream()
            .filter(table -> table.layer().equals("silver") && !DERIVED.contains(table))
            .filter(table -> isAnother(before, after, table.fullName()))
            .toList();
    return new NightCauses(
        before, after, settings, changes(before, after, changed), files(before, after));
  }

  private static boolean isAnother(NightDiff.Side before, NightDiff.Side after, String table) {
    return !Objects.equals(
        before.night().versions().get(table), after.night().versions().get(table));
  }

  private static List<Change> changes(
      NightDiff.Side before, NightDiff.Side after, List<TableSpec> tables) {
    List<Dataset<Row>> all = new ArrayList<>();
    for (TableSpec table : tables) {
      Column days = changedDays(before, after, table);
      Map.of("b", before, "a", after)
          .forEach(
              (name, side) -> {
                if (side.night().versions().containsKey(table.fullName())) {
                  all.add(rows(table, side.lake().read(table).where(days), name));
                }
              });
    }
    if (all.isEmpty()) {
      return List.of();
    }
    Column wasThere = col("old").isNotNull();
    Column isThere = col("new").isNotNull();
    Dataset<Row> changed =
        all.stream()
            .reduce(Dataset::unionByName)
            .orElseThrow()
            .groupBy("table_name", "deal", "instrument", "other", "day", "row_key")
            .agg(
                max(when(col("side").equalTo("b"), col("content"))).as("old"),
                max(when(col("side").equalTo("a"), col("content"))).as("new"))
            .where(not(col("old").eqNullSafe(col("new"))))
            .groupBy("table_name", "deal", "instrument", "other")
            .agg(
                sum(when(wasThere.and(isThere), 1L).otherwise(0L)).as("restated"),
                sum(when(not(wasThere), 1L).otherwise(0L)).as("delivered"),
                sum(when(not(isThere), 1L).otherwise(0L)).as("withdrawn"),
                coalesce(min("day"), lit("")).as("first"),
                coalesce(max("day"), lit("")).as("last"),
                count(lit(1)).as("rows"))
            .orderBy(
                col("table_name"), col("rows").desc(), col("instrument"), col("deal"), col("other"))
            .limit(MOST_CHANGES);
    return changed.collectAsList().stream()
        .map(
            row -> {
              RowReader.Cells cells = RowReader.of(row.schema()).at(row);
              return new Change(
                  cells.text("table_name"),
                  cells.text("deal"),
                  cells.text("instrument"),
                  cells.text("other"),
                  cells.count("restated"),
                  cells.count("delivered"),
                  cells.count("withdrawn"),
                  cells.text("first"),
                  cells.text("last"));
            })
        .toList();
  }

  /** The days that commits between the nights replaced: rows of other days are the same. */
  private static Column changedDays(NightDiff.Side before, NightDiff.Side after, TableSpec table) {
    TableVersion from = before.night().versions().get(table.fullName());
    if (from == null || !table.keys().contains("trade_date")) {
      return lit(true);
    }
    Optional<ChangedDays> days = after.lake().changedSince(table, from, "trade_date");
    return days.filter(range -> !range.isNone())
        .map(
            range ->
                col("trade_date")
                    .between(lit(Date.valueOf(range.first())), lit(Date.valueOf(range.last()))))
        .orElse(lit(true));
  }

  private static Dataset<Row> rows(TableSpec table, Dataset<Row> rows, String side) {
    List<String> keys = table.keys();
    Column[] all = table.columnNames().stream().map(name -> col(name)).toArray(Column[]::new);
    Column[] others =
        keys.stream()
            .filter(key -> !List.of("deal_id", "instrument_id", "trade_date").contains(key))
            .map(key -> col(key).cast("string"))
            .toArray(Column[]::new);
    return rows.select(
        lit(side).as("side"),
        lit(table.fullName()).as("table_name"),
        text(table, "deal_id").as("deal"),
        text(table, "instrument_id").as("instrument"),
        (others.length == 0 ? lit("") : concat_ws(" ", others)).as("other"),
        (keys.contains("trade_date") ? col("trade_date").cast("string") : lit(null).cast("string"))
            .as("day"),
        xxhash64(to_json(struct(keys.stream().map(key -> col(key)).toArray(Column[]::new))))
            .as("row_key"),
        xxhash64(to_json(struct(all))).as("content"));
  }

  private static Column text(TableSpec table, String column) {
    return table.columnNames().contains(column)
        ? coalesce(col(column).cast("string"), lit(""))
        : lit("");
  }

  private static Dataset<Row> delivered(NightDiff.Side side, int order, String table) {
    TableSpec bronze = Tables.bronze(table.substring("bronze.".length()), List.of());
    return side.lake()
        .read(bronze)
        .select(
            lit(order).as("side"),
            lit(bronze.name()).as("feed"),
            col("source_file"),
            col("source_sha256"))
        .distinct();
  }

  /** Files that were delivered between the nights, by feed. */
  private static Map<String, List<String>> files(NightDiff.Side before, NightDiff.Side after) {
    List<Dataset<Row>> all = new ArrayList<>();
    Map.of(0, before, 1, after)
        .forEach(
            (order, side) ->
                side.night().versions().keySet().stream()
                    .filter(table -> table.startsWith("bronze."))
                    .filter(table -> isAnother(before, after, table))
                    .forEach(table -> all.add(delivered(side, order, table))));
    Map<String, List<String>> files = new TreeMap<>();
    if (!all.isEmpty()) {
      all.stream()
          .reduce(Dataset::unionByName)
          .orElseThrow()
          .groupBy("feed", "source_file", "source_sha256")
          .agg(min("side").as("first"))
          .where(col("first").equalTo(1))
          .select("feed", "source_file")
          .distinct()
          .orderBy("feed", "source_file")
          .limit(MOST_CHANGES)
          .collectAsList()
          .forEach(
              row -> {
                RowReader.Cells cells = RowReader.of(row.schema()).at(row);
                files
                    .computeIfAbsent(cells.text("feed"), feed -> new ArrayList<>())
                    .add(cells.text("source_file"));
              });
    }
    return files;
  }

  /** Everything that changed, a line each; of many changes of one table the first ones. */
  List<String> all() {
    List<String> lines = new ArrayList<>();
    if (!before.program().equals(after.program())) {
      lines.add("program " + before.program() + " → " + after.program());
    }
    settings.forEach(setting -> lines.add("configuration " + setting));
    files.forEach(
        (feed, delivered) ->
            lines.add(
                "file"
                    + (delivered.size() == 1 ? " " : "s ")
                    + delivered.stream().limit(SHOWN).collect(Collectors.joining(", "))
                    + (delivered.size() > SHOWN
                        ? " and " + (delivered.size() - SHOWN) + " more"
                        : "")));
    changes.stream()
        .collect(Collectors.groupingBy(Change::table, TreeMap::new, Collectors.toList()))
        .forEach(
            (table, of) -> {
              of.stream().limit(SHOWN).forEach(change -> lines.add(change.text(List.of())));
              if (of.size() > SHOWN) {
                lines.add(table + ": " + (of.size() - SHOWN) + " more subjects");
              }
            });
    return lines;
  }

  /**
   * Why a figure moved.
   *
   * @param benchmark instrument of the market
   * @param parties of the figure's deal, the instruments whose events moved too
   */
  Cause of(MovedFigures.Moved figure, String benchmark, Set<String> parties) {
    Set<String> above = ancestors(figure.table());
    Set<String> kinds = new LinkedHashSet<>();
    List<String> texts = new ArrayList<>();
    if (differs(above, figure.table(), "program")) {
      kinds.add("program");
      texts.add("program " + before.program() + " → " + after.program());
    }
    if (differs(above, figure.table(), "settings")) {
      kinds.add("configuration");
      texts.add(settings.isEmpty() ? "settings of the stage" : String.join("; ", settings));
    }
    List<Change> relevant =
        changes.stream().filter(change -> above.contains(change.table())).toList();
    boolean ofAll = figure.deal().isEmpty() && figure.instrument().isEmpty();
    Predicate<Change> own =
        change ->
            ofAll
                || (!change.deal().isEmpty() && change.deal().equals(figure.deal()))
                || (!change.instrument().isEmpty()
                    && (change.instrument().equals(figure.instrument())
                        || (figure.instrument().isEmpty()
                            && parties.contains(change.instrument()))));
    Predicate<Change> market =
        change ->
            !change.instrument().isEmpty()
                && (change.instrument().equals(benchmark)
                    || change.instrument().equals(figure.sector()));
    List<Change> causes = relevant.stream().filter(own.or(market)).toList();
    if (causes.isEmpty() && texts.isEmpty()) {
      // Peers, other events of the study, rates.
      causes = relevant;
    }
    for (Change change : causes.stream().limit(SHOWN).toList()) {
      kinds.addAll(List.of(change.kind().split("\\+")));
      texts.add(change.text(files.getOrDefault(feed(change.table()), List.of())));
    }
    if (causes.size() > SHOWN) {
      causes.forEach(change -> kinds.addAll(List.of(change.kind().split("\\+"))));
      texts.add((causes.size() - SHOWN) + " more");
    }
    return texts.isEmpty()
        ? new Cause("unknown", "no program, setting or input of it changed")
        : new Cause(String.join("+", kinds), String.join("; ", texts));
  }

  /** The feed of which a table of silver holds the rows. */
  private String feed(String table) {
    TableVersion version = after.night().versions().get(table);
    return version == null
        ? ""
        : inputs(after.lake(), table, version).keySet().stream()
            .filter(input -> input.startsWith("bronze."))
            .map(input -> input.substring("bronze.".length()))
            .filter(name -> files.containsKey(name))
            .findFirst()
            .orElse("");
  }

  private boolean differs(Set<String> above, String table, String what) {
    return Stream.concat(Stream.of(table), above.stream())
        .filter(name -> !name.startsWith("bronze."))
        .anyMatch(name -> differs(name, what));
  }

  /** A table that is there without a note never had a row: nothing was computed for it. */
  private boolean differs(String table, String what) {
    Optional<String> then = noted(before, table, what);
    Optional<String> now = noted(after, table, what);
    if (then.isPresent() && now.isPresent()) {
      return !then.equals(now);
    }
    return before.night().versions().containsKey(table)
        != after.night().versions().containsKey(table);
  }

  private static Optional<String> noted(NightDiff.Side side, String table, String what) {
    TableVersion version = side.night().versions().get(table);
    return version == null
        ? Optional.empty()
        : spec(table).flatMap(spec -> side.lake().notedText(spec, version.version(), what));
  }

  /** All tables that a table was made from, in the later night. */
  private Set<String> ancestors(String table) {
    Set<String> known = ancestors.get(table);
    if (known == null) {
      known = new TreeSet<>();
      TableVersion version = after.night().versions().get(table);
      if (version == null) {
        version = before.night().versions().get(table);
      }
      for (String input : inputs(after.lake(), table, version).keySet()) {
        known.add(input);
        if (!input.startsWith("bronze.")) {
          known.addAll(ancestors(input));
        }
      }
      ancestors.put(table, known);
    }
    return known;
  }

  private static Map<String, TableVersion> inputs(Lake lake, String table, TableVersion version) {
    return version == null
        ? Map.of()
        : spec(table)
            .map(spec -> lake.notedInputs(spec, version.version()))
            .orElseGet(() -> new TreeMap<>());
  }

  private static Optional<TableSpec> spec(String table) {
    return Tables.all().stream().filter(spec -> spec.fullName().equals(table)).findFirst();
  }
}
