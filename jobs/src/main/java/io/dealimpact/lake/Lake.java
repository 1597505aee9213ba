package io.dealimpact.lake;

import io.dealimpact.row.SameRows;
import io.dealimpact.run.DealImpactException;
import io.dealimpact.run.ExitCode;
import io.dealimpact.run.Failures;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * A folder of Delta tables: {@code <root>/<layer>/<table>}. Reads are pinned to the version a table
 * had when this run first read it, so a run sees one state of the world however long it takes;
 * writes happen in the ways below and in no other.
 */
public final class Lake {
  /** Delta lets one writer alone commit under this name. */
  private static final String FIRST_ROWS = "dealimpact first rows";

  /** Above it a table is written anew: a condition of more would cost more to plan. */
  private static final int MOST_KEYS_IN_A_CONDITION = 1000;

  /** Rows that are held here to see whether they are those of the table. */
  private static final int MOST_COMPARED = 10_000;

  private static final List<String> LAYERS = List.of("bronze", "silver", "gold", "ops");

  /** Whether a run may change tables. */
  public enum Writes {
    ALLOWED,
    SUPPRESSED
  }

  private final SparkSession spark;
  private final String root;
  private final Writes writes;
  private final Runnable beforeWrite;

  /** Folders of what is read from another lake: of a layer, or of one table by its name. */
  private final Map<String, String> elsewhere;

  private final Map<String, Optional<TableVersion>> pinned = new ConcurrentHashMap<>();
  private final Map<String, Dataset<Row>> frames = new ConcurrentHashMap<>();
  private final Map<String, Dataset<Row>> derived = new ConcurrentHashMap<>();
  private final Map<String, TableShape> shapes = new ConcurrentHashMap<>();
  private final Map<String, Object> writing = new ConcurrentHashMap<>();

  /**
   * Opens a lake, which need not exist.
   *
   * @param root folder of the tables: a path, relative to the working directory or absolute, or a
   *     URI that Hadoop knows
   */
  public Lake(SparkSession spark, String root, Writes writes) {
    this(
        spark,
        writes,
        absolute(spark, root.endsWith("/") ? root.substring(0, root.length() - 1) : root));
  }

  private Lake(SparkSession spark, Writes writes, String root) {
    this(spark, root, Map.of(), writes, () -> {});
  }

  private Lake(
      SparkSession spark,
      String root,
      Map<String, String> elsewhere,
      Writes writes,
      Runnable beforeWrite) {
    this.spark = spark;
    this.root = root;
    this.elsewhere = elsewhere;
    this.writes = writes;
    this.beforeWrite = beforeWrite;
  }

  /**
   * A lake of its own that reads bronze here, in the versions in which this lake is read: silver
   * and gold can be made in it again.
   *
   * @param folder of the new lake
   */
  public Lake again(String folder) {
    Lake other =
        new Lake(
            spark,
            absolute(spark, folder),
            Map.of("bronze", folder("bronze")),
            Writes.ALLOWED,
            () -> {});
    // A feed that came later was not there.
    for (String table : tableNames()) {
      if (table.startsWith("bronze.")) {
        other.pinned.put(table, pinned.getOrDefault(table, Optional.empty()));
      }
    }
    return other;
  }

  /**
   * A lake of its own that reads some tables here, in the versions in which this lake reads them:
   * others can be made from them there.
   *
   * @param folder of the new lake
   * @param shared the tables that are read here; those that are not there have no rows
   */
  public Lake beside(String folder, List<TableSpec> shared) {
    Map<String, String> folders = new TreeMap<>();
    shared.forEach(table -> folders.put(table.fullName(), path(table)));
    Lake other =
        new Lake(spark, absolute(spark, folder), Map.copyOf(folders), Writes.ALLOWED, () -> {});
    shared.forEach(table -> other.pinned.put(table.fullName(), pin(table)));
    return other;
  }

  /** The same lake, whose writes begin only while a run holds it. */
  public Lake under(Lease lease) {
    return new Lake(spark, root, elsewhere, writes, lease::require);
  }

  /**
   * Opens a lake for reading the newest published night, which stays the newest for this reader. A
   * table that the night does not name, and every table where no night was published, is read as it
   * is now.
   */
  public static Lake published(SparkSession spark, String root) {
    Lake lake = new Lake(spark, root, Writes.SUPPRESSED);
    Optional<Published> newest = Published.newest(lake);
    if (newest.isEmpty()) {
      return lake;
    }
    Lake shown = lake.at(newest.get().versions());
    // A night that is published while the reader reads is not its night.
    lake.pinned.forEach(shown.pinned::putIfAbsent);
    return shown;
  }

  /** The same lake, read in these versions; a table that is not named is read as it is now. */
  public Lake at(Map<String, TableVersion> versions) {
    Lake other = new Lake(spark, root, Writes.SUPPRESSED);
    versions.forEach((table, version) -> other.pinned.put(table, Optional.of(version)));
    return other;
  }

  /** The same lake and the same pinned versions, read in another session. */
  public Lake in(SparkSession session) {
    Lake other = new Lake(session, root, elsewhere, writes, beforeWrite);
    other.pinned.putAll(pinned);
    return other;
  }

  /**
   * The version in which this reads a table, if it is pinned; empty for the newest.
   *
   * @throws DealImpactException if the table was removed and made again since
   */
  public OptionalLong pinnedVersion(String table) {
    Optional<TableVersion> version = pinned.getOrDefault(table, Optional.empty());
    if (version.isEmpty()) {
      return OptionalLong.empty();
    }
    requireSame(table, path(table), version.get());
    return OptionalLong.of(stored(path(table), version.get()));
  }

  /** The version to read: the newest where it has the same rows, in files that were merged. */
  private long stored(String path, TableVersion wanted) {
    TableLog log = new TableLog(spark, path);
    long newest = log.newest().orElse(wanted.version());
    return log.content(newest) == wanted.version() ? newest : wanted.version();
  }

  private void requireSame(String table, String path, TableVersion version) {
    TableLog log = new TableLog(spark, path);
    if (!log.exists() || !log.id().equals(version.tableId())) {
      throw Failures.tableOfAnotherNight(table, path);
    }
  }

  /** Delta takes a relative path for the name of a table. */
  private static String absolute(SparkSession spark, String root) {
    Path path = new Path(root);
    if (path.isAbsolute()) {
      return root;
    }
    try {
      return path.getFileSystem(spark.sparkContext().hadoopConfiguration())
          .makeQualified(path)
          .toString();
    } catch (IOException error) {
      throw Failures.storage("finding the folder " + root, error);
    }
  }

  public SparkSession spark() {
    return spark;
  }

  /** Folder of the tables. */
  String root() {
    return root;
  }

  /** Where the table lies. */
  public String path(TableSpec table) {
    return path(table.fullName());
  }

  public boolean exists(TableSpec table) {
    return log(table).exists();
  }

  /**
   * The table's rows as of the version pinned for this run.
   *
   * @throws DealImpactException if the table does not exist
   */
  public Dataset<Row> read(TableSpec table) {
    TableVersion version =
        pin(table).orElseThrow(() -> Failures.tableMissing(table.fullName(), path(table)));
    // To make a frame is to read the table's log. One frame serves all that read this version.
    return frames.computeIfAbsent(
        table.fullName() + "@" + version.identity(), name -> frame(table, version));
  }

  private Dataset<Row> frame(TableSpec table, TableVersion version) {
    requireSame(table.fullName(), path(table), version);
    long stored = stored(path(table), version);
    Dataset<Row> rows =
        fewFiles(table, stored)
            .map(few -> few.rows(spark))
            .orElseGet(
                () -> spark.read().format("delta").option("versionAsOf", stored).load(path(table)));
    // A table of an older program, which nobody has written since.
    for (TableSpec.Column column : TableShape.compare(table, rows.schema()).added()) {
      rows = rows.withColumn(column.name(), functions.lit(null).cast(column.type()));
    }
    return rows;
  }

  /**
   * Rows that are made of those of a table, for all that need the same of them: they are made once
   * for the version in which this reads the table.
   *
   * @param what is made, a name of its own among those of the table
   * @param make reads no other table
   */
  public Dataset<Row> derived(TableSpec table, String what, UnaryOperator<Dataset<Row>> make) {
    Dataset<Row> rows = readOrEmpty(table);
    String version = pin(table).map(TableVersion::identity).orElse("");
    return derived.computeIfAbsent(
        table.fullName() + "@" + version + " " + what, name -> make.apply(rows));
  }

  /** Like {@link #read}, but a table that nobody has written yet has no rows. */
  public Dataset<Row> readOrEmpty(TableSpec table) {
    return pin(table).isPresent() ? read(table) : spark.createDataFrame(List.of(), table.schema());
  }

  /**
   * The state this run reads the table in; taken at the first call, and again after a write of this
   * run. Empty if nobody has written the table yet.
   */
  public Optional<TableVersion> pin(TableSpec table) {
    return pinned.computeIfAbsent(table.fullName(), name -> current(table));
  }

  /**
   * The table's newest version.
   *
   * @throws DealImpactException if the table does not exist
   */
  public long version(TableSpec table) {
    OptionalLong newest = log(table).newest();
    if (newest.isEmpty()) {
      throw Failures.tableMissing(table.fullName(), path(table));
    }
    return newest.getAsLong();
  }

  /**
   * The table's id and the newest version that changed its rows; empty if there is no table. A
   * commit of {@link Upkeep} changes none.
   */
  public Optional<TableVersion> current(TableSpec table) {
    TableLog log = log(table);
    OptionalLong newest = log.newest();
    return newest.isEmpty()
        ? Optional.empty()
        : Optional.of(new TableVersion(log.id(), log.content(newest.getAsLong())));
  }

  /** Whether a version of the table was written with a note that has this part. */
  public boolean isNoted(TableSpec table, long version, String part) {
    return log(table).isNotedWith(version, part);
  }

  /**
   * The days of the inputs that were written again since a table was made from them. Empty if that
   * is not known, or another program made the table, and all days may have changed.
   *
   * @param output whose newest version has a note that names the inputs' versions
   * @param column the inputs' day
   * @param note of the table that would be written now
   */
  public Optional<ChangedDays> changedSince(
      TableSpec output, List<TableSpec> inputs, String column, String note) {
    OptionalLong newest = log(output).newest();
    if (newest.isEmpty()) {
      return Optional.empty();
    }
    long content = log(output).content(newest.getAsLong());
    if (!log(output).notedText(content, "program").equals(TableLog.textOf(note, "program"))) {
      return Optional.empty();
    }
    Map<String, TableVersion> made = notedInputs(output, content);
    ChangedDays days = ChangedDays.NONE;
    for (TableSpec input : inputs) {
      if (!made.containsKey(input.fullName()) && pin(input).isEmpty()) {
        // It was not there, and is not.
        continue;
      }
      Optional<ChangedDays> ofInput =
          Optional.ofNullable(made.get(input.fullName()))
              .flatMap(from -> changedSince(input, from, column));
      if (ofInput.isEmpty()) {
        return Optional.empty();
      }
      days = days.and(ofInput.get());
    }
    return Optional.of(days);
  }

  /**
   * The days of a table that were written again after one of its versions. Empty if that is not
   * known, and all days may have changed.
   */
  public Optional<ChangedDays> changedSince(TableSpec table, TableVersion from, String column) {
    Optional<TableVersion> to = pin(table);
    if (to.isEmpty() || !from.tableId().equals(to.get().tableId())) {
      return Optional.empty();
    }
    ChangedDays days = ChangedDays.NONE;
    for (long v = from.version() + 1; v <= to.get().version(); v++) {
      if (log(table).content(v) != v) {
        continue;
      }
      Optional<ChangedDays> replaced = log(table).replaced(v, column);
      if (replaced.isEmpty()) {
        return Optional.empty();
      }
      days = days.and(replaced.get());
    }
    return Optional.of(days);
  }

  /** The versions that a version of a table was made from, by its note; by the inputs' names. */
  public Map<String, TableVersion> notedInputs(TableSpec table, long version) {
    return log(table).notedInputs(version);
  }

  /** A text in the note of a version of a table, by its name there. */
  public Optional<String> notedText(TableSpec table, long version, String name) {
    return log(table).notedText(version, name);
  }

  /**
   * Checks that the table, if it is there, has the columns that this program reads and writes.
   *
   * @throws DealImpactException if it differs by more than columns that a write adds by itself
   */
  public void requireShape(TableSpec table) {
    if (exists(table)) {
      StorageErrors.during("reading " + table.fullName(), table, () -> shape(table));
    }
  }

  /** The shape of a table that is there, looked at once a run, or after this run changed it. */
  private TableShape shape(TableSpec table) {
    return shapes.computeIfAbsent(
        table.fullName(),
        name ->
            TableMaker.requireShape(
                table,
                path(table),
                fewFiles(table, version(table))
                    .map(FewFiles::schema)
                    .orElseGet(() -> spark.read().format("delta").load(path(table)).schema())));
  }

  private Optional<FewFiles> fewFiles(TableSpec table, long version) {
    return FewFiles.of(spark, new Path(path(table)), version);
  }

  private TableLog log(TableSpec table) {
    return new TableLog(spark, path(table));
  }

  /**
   * Appends rows that come from a source, once: a source that was appended before is skipped.
   *
   * @param source identifies the content, for instance the stage's name and a sha256
   * @param identity columns that identify the source's rows
   * @throws DealImpactException if the source was appended before and its rows are not there
   */
  public void appendOnce(
      TableSpec table, Dataset<Row> rows, String source, List<String> identity, String note) {
    if (writes == Writes.SUPPRESSED) {
      return;
    }
    OptionalLong before = log(table).newest();
    write(
        table,
        rows,
        note,
        writer -> writer.mode("append").option("txnAppId", source).option("txnVersion", 1));
    if (before.isPresent() && version(table) == before.getAsLong()) {
      requireThere(table, rows, source, identity);
    }
  }

  /**
   * Delta remembers sources even where their rows are gone, for instance after RESTORE: it would
   * skip them for ever.
   */
  private void requireThere(
      TableSpec table, Dataset<Row> rows, String source, List<String> identity) {
    Column[] columns = identity.stream().map(functions::col).toArray(Column[]::new);
    Dataset<Row> there = read(table).select(columns).distinct();
    Dataset<Row> wanted = rows.select(columns).distinct();
    Column same =
        identity.stream()
            .map(name -> wanted.col(name).eqNullSafe(there.col(name)))
            .reduce(functions.lit(true), Column::and);
    long lost = wanted.join(there, same, "left_anti").count();
    if (lost > 0) {
      throw Failures.skippedAppend(table.fullName(), path(table), source, lost);
    }
  }

  /** Appends rows of a log: each run's are new. */
  public void append(TableSpec table, Dataset<Row> rows) {
    append(table, rows, "");
  }

  /** The same with a note that tells who appended them. */
  public void append(TableSpec table, Dataset<Row> rows, String note) {
    write(table, rows, note, writer -> writer.mode("append"));
  }

  /**
   * Replaces all rows whose {@code column} lies in the range, both ends inclusive, by {@code rows}.
   * With no rows the range becomes empty, so the caller makes sure that this is meant.
   *
   * @param from SQL literal's text, for instance a date as {@code 2025-11-03}
   */
  public void replaceRange(
      TableSpec table, Dataset<Row> rows, String column, String from, String to, String note) {
    String range =
        String.format(Locale.ROOT, "%s >= '%s' AND %s <= '%s'", column, from, column, to);
    replace(table, rows, range, TableLog.withReplaced(note, column, from, to));
  }

  /**
   * Replaces all rows whose {@code column} lies in one of some ranges by {@code rows}, at once.
   *
   * @param ranges one at least; whose texts are in the order of the values
   */
  public void replaceRanges(
      TableSpec table, Dataset<Row> rows, String column, List<ValueRange> ranges, String note) {
    String first = ranges.stream().map(ValueRange::from).min(String::compareTo).orElseThrow();
    String last = ranges.stream().map(ValueRange::to).max(String::compareTo).orElseThrow();
    replace(
        table,
        rows,
        ValueRange.condition(column, ranges),
        TableLog.withReplaced(note, column, first, last));
  }

  /** A note, and in it a text under a name. */
  public static String noted(String note, String name, String text) {
    return TableLog.withText(note, name, text);
  }

  /** Whether the table's rows were written by the program and with the settings of a note. */
  public boolean isMadeAlike(TableSpec table, String note) {
    Optional<TableVersion> newest = pin(table);
    return newest.isPresent()
        && Stream.of("program", "settings")
            .allMatch(
                name -> {
                  Optional<String> wanted = TableLog.textOf(note, name);
                  return wanted.isPresent()
                      && wanted.equals(notedText(table, newest.get().version(), name));
                });
  }

  /**
   * Replaces all rows but those of some keys: a key that occurs neither there nor in {@code rows}
   * is gone afterwards. Few keys are replaced where their rows are; for many the table is written
   * anew.
   *
   * @param key a column of text, never NULL
   * @param untouched keys whose rows stay as they are, with the column {@code key}
   */
  public void replaceKeys(
      TableSpec table, Dataset<Row> rows, String key, Dataset<Row> untouched, String note) {
    if (writes == Writes.SUPPRESSED) {
      return;
    }
    Dataset<Row> there = readOrEmpty(table);
    String[] keys = {key};
    Dataset<Row> staying = untouched.select(key).distinct();
    List<String> replaced =
        there
            .join(staying, keys, "left_anti")
            .select(key)
            .union(rows.select(key))
            .distinct()
            .limit(MOST_KEYS_IN_A_CONDITION + 1)
            .as(Encoders.STRING())
            .collectAsList();
    if (replaced.size() <= MOST_KEYS_IN_A_CONDITION) {
      replace(table, rows, isOneOf(key, replaced), note);
    } else {
      Dataset<Row> kept = there.join(staying, keys, "left_semi");
      replaceAll(table, kept.select(columns(table)).union(rows.select(columns(table))), note);
    }
  }

  private static String isOneOf(String key, List<String> values) {
    return values.isEmpty()
        ? key + " IS NULL"
        : values.stream()
            .sorted()
            .map(value -> "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'")
            .collect(Collectors.joining(", ", key + " IN (", ")"));
  }

  /**
   * The rows, of which computing one fails where another has the same key: for rows that several
   * tables are made from, which are not checked once more.
   */
  public static Dataset<Row> withUniqueKey(Dataset<Row> rows, String... key) {
    return UniqueKeys.unique(rows, List.of(key));
  }

  /**
   * Replaces every row: for tables that are computed whole, where a key that is gone from the input
   * must be gone from the output.
   */
  public void replaceAll(TableSpec table, Dataset<Row> rows, String note) {
    // A plain overwrite would drop the clustering too.
    replace(table, rows, "true", note);
  }

  /**
   * Whether the table is not written where its rows are the same: a gold table of few rows. Not
   * where another program wrote them, or under other settings: they may be the same and its note is
   * not.
   */
  private boolean isCompared(TableSpec table, String note) {
    return table.layer().equals("gold")
        && !neverHadRows(table)
        && log(table).rowsWritten(pin(table).orElseThrow().version()) <= MOST_COMPARED
        && isMadeAlike(table, note);
  }

  /** Rows in the shape of a table; empty where they are more than are compared. */
  private static Optional<List<Row>> few(TableSpec table, Dataset<Row> rows) {
    List<Row> found = new ArrayList<>();
    StorageErrors.during(
        "writing " + table.fullName(),
        table,
        () -> found.addAll(rows.select(columns(table)).limit(MOST_COMPARED + 1).collectAsList()));
    return found.size() > MOST_COMPARED ? Optional.empty() : Optional.of(found);
  }

  /**
   * Replaces every row, as the step of that number: of several writers that make the same step, one
   * alone succeeds, whether they write at once or one after the other.
   *
   * @param step counts up from 1
   * @param note of this writer alone
   * @return the table's version with the step; empty if another writer made it
   */
  OptionalLong replaceAsStep(TableSpec table, Dataset<Row> rows, long step, String note) {
    return asStep(
        table, rows, step, note, writer -> writer.mode("overwrite").option("replaceWhere", "true"));
  }

  /** Appends rows, as the step of that number; see {@link #replaceAsStep}. */
  OptionalLong appendAsStep(TableSpec table, Dataset<Row> rows, long step, String note) {
    return asStep(table, rows, step, note, writer -> writer.mode("append"));
  }

  private OptionalLong asStep(
      TableSpec table,
      Dataset<Row> rows,
      long step,
      String note,
      UnaryOperator<DataFrameWriter<Row>> how) {
    try {
      write(
          table,
          rows,
          note,
          writer ->
              how.apply(writer)
                  .option("txnAppId", "dealimpact " + table.fullName())
                  .option("txnVersion", step));
    } catch (DealImpactException failure) {
      if (failure.exitCode() == ExitCode.CONCURRENT_WRITER) {
        return OptionalLong.empty();
      }
      OptionalLong made = stepOf(table, note);
      if (made.isEmpty()) {
        throw failure;
      }
      return made;
    }
    // Delta skips a step that was made before.
    long newest = version(table);
    return log(table).isNoted(newest, note) ? OptionalLong.of(newest) : OptionalLong.empty();
  }

  /** The version of a step that was made although the storage said that it failed. */
  private OptionalLong stepOf(TableSpec table, String note) {
    try {
      OptionalLong newest = log(table).newest();
      return newest.isPresent() && log(table).isNoted(newest.getAsLong(), note)
          ? newest
          : OptionalLong.empty();
    } catch (RuntimeException unreadable) {
      return OptionalLong.empty();
    }
  }

  /**
   * Replaces some rows by others. A gold table that has few is not written where they are the same.
   *
   * @param which condition in SQL
   */
  private void replace(TableSpec table, Dataset<Row> rows, String which, String note) {
    if (writes == Writes.SUPPRESSED) {
      return;
    }
    // What is there is a plain read; what is to take its place may be a night's work.
    Optional<List<Row>> there =
        isCompared(table, note) ? few(table, read(table).where(which)) : Optional.empty();
    Optional<List<Row>> few = there.flatMap(old -> few(table, rows));
    if (few.isPresent() && SameRows.are(few.get(), there.get())) {
      return;
    }
    Dataset<Row> written =
        few.map(found -> spark.createDataFrame(found, rows.select(columns(table)).schema()))
            .map(found -> found.coalesce(1))
            .orElse(rows);
    synchronized (writing.computeIfAbsent(table.fullName(), name -> new Object())) {
      replaceAlone(table, written, which, note);
    }
  }

  /** Stages run side by side and share some tables: Delta would refuse one of two at once. */
  private void replaceAlone(TableSpec table, Dataset<Row> rows, String which, String note) {
    TableLog log = log(table);
    if (!neverHadRows(table)) {
      write(table, rows, note, writer -> writer.mode("overwrite").option("replaceWhere", which));
      return;
    }
    // There is nothing to replace, and to look for it would take longer than to write the rows. Of
    // two runs that do this at once Delta refuses one, or skips it if it comes late.
    write(
        table,
        rows,
        note,
        writer -> writer.mode("append").option("txnAppId", FIRST_ROWS).option("txnVersion", 1));
    if (log.newest().orElse(0) > 0 && !log.isNoted(1, note)) {
      throw Failures.concurrentWriter(table.fullName(), null);
    }
  }

  /** Whether there is no such table, or nobody has written to it since it was made. */
  public boolean neverHadRows(TableSpec table) {
    TableLog log = log(table);
    return !log.exists() || log.awaitsFirstRows();
  }

  /** Makes a table without rows, if it is not there. */
  public void makeEmpty(TableSpec table) {
    if (writes == Writes.SUPPRESSED || exists(table)) {
      return;
    }
    beforeWrite.run();
    StorageErrors.during(
        "writing " + table.fullName(), table, () -> TableMaker.create(spark, table, path(table)));
    pinned.remove(table.fullName());
  }

  /**
   * Writes rows.
   *
   * @param how turns the writer into one of the ways of writing
   */
  private void write(
      TableSpec table, Dataset<Row> rows, String note, UnaryOperator<DataFrameWriter<Row>> how) {
    if (writes == Writes.SUPPRESSED) {
      return;
    }
    beforeWrite.run();
    Dataset<Row> typed = UniqueKeys.guard(table, rows.select(columns(table)));
    String path = path(table);
    StorageErrors.during(
        "writing " + table.fullName(),
        table,
        () -> {
          if (exists(table)) {
            TableMaker.migrate(spark, shape(table), path);
            shapes.remove(table.fullName());
          } else {
            TableMaker.create(spark, table, path);
          }
          how.apply(typed.write().format("delta").option("userMetadata", note)).save(path);
        });
    pinned.remove(table.fullName());
  }

  /**
   * Merges a table's files and removes those that no version from one on needs.
   *
   * @param name one of {@link #tableNames}
   * @param oldest the oldest version that must stay readable; empty for the newest alone
   * @param readers how long a reader may go on with a version that is no longer kept
   * @return what was done, or would be where writes are suppressed
   */
  public Upkeep maintain(String name, Optional<TableVersion> oldest, Duration readers) {
    beforeWrite.run();
    TableUpkeep table = new TableUpkeep(spark, path(name));
    long kept =
        oldest
            .filter(version -> version.tableId().equals(new TableLog(spark, path(name)).id()))
            .map(TableVersion::version)
            .orElse(Long.MAX_VALUE);
    Upkeep[] done = new Upkeep[1];
    StorageErrors.during(
        "maintaining " + name, name, () -> done[0] = table.maintain(name, kept, readers, writes));
    return done[0];
  }

  /** Rows that the table's last commit wrote; 0 when it wrote none or there is no table. */
  public long rowsWrittenLast(TableSpec table) {
    return writes == Writes.SUPPRESSED || !exists(table)
        ? 0
        : log(table).rowsWritten(version(table));
  }

  /** The names of the tables in the lake, {@code gold.event_impact} for instance, sorted. */
  public List<String> tableNames() {
    List<String> names = new ArrayList<>();
    for (String layer : LAYERS) {
      for (FileStatus folder : folders(layer)) {
        String name = folder.getPath().getName();
        if (new TableLog(spark, folder.getPath().toString()).exists()) {
          names.add(layer + "." + name);
        }
      }
    }
    names.sort(null);
    return names;
  }

  private FileStatus[] folders(String layer) {
    Path folder = new Path(folder(layer));
    try {
      FileSystem files = folder.getFileSystem(spark.sparkContext().hadoopConfiguration());
      return files.listStatus(folder, path -> !path.getName().startsWith("."));
    } catch (FileNotFoundException none) {
      return new FileStatus[0];
    } catch (IOException error) {
      throw Failures.storage("listing the lake at " + root, error);
    }
  }

  /**
   * Where a table lies.
   *
   * @param name one of {@link #tableNames}
   */
  public String path(String name) {
    int dot = name.indexOf('.');
    return elsewhere.getOrDefault(
        name, folder(name.substring(0, dot)) + "/" + name.substring(dot + 1));
  }

  private String folder(String layer) {
    return elsewhere.getOrDefault(layer, root + "/" + layer);
  }

  /** The versions pinned so far, by table name. */
  public Map<String, Long> pinnedVersions() {
    Map<String, Long> versions = new TreeMap<>();
    pinned.forEach((name, pin) -> pin.ifPresent(found -> versions.put(name, found.version())));
    return versions;
  }

  private static Column[] columns(TableSpec table) {
    return table.columns().stream()
        .map(c -> functions.col(c.name()).cast(c.type()).as(c.name()))
        .toArray(Column[]::new);
  }
}
