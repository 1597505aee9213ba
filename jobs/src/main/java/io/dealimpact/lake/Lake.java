package io.dealimpact.lake;

import io.dealimpact.run.DealImpactException;
import io.dealimpact.run.Failures;
import io.delta.tables.DeltaTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.ConcurrentModificationException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.TableIdentifier;
import org.apache.spark.sql.catalyst.catalog.CatalogTable;
import org.apache.spark.sql.catalyst.catalog.CatalogTableType;
import org.apache.spark.sql.catalyst.catalog.SessionCatalog;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.DeltaOperations;
import org.apache.spark.sql.delta.OptimisticTransaction;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.actions.CommitInfo;
import org.apache.spark.sql.delta.actions.Format;
import org.apache.spark.sql.delta.actions.Metadata;
import org.apache.spark.sql.delta.actions.SetTransaction;
import org.apache.spark.sql.delta.skipping.clustering.ClusteredTableUtils;
import org.apache.spark.sql.delta.skipping.clustering.ClusteringColumn;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.Tuple2;
import scala.collection.Iterator;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A folder of Delta tables: {@code <root>/<layer>/<table>}. Reads are pinned to the version a table
 * had when this run first read it, so a run sees one state of the world however long it takes;
 * writes happen in the ways below and in no other.
 */
public final class Lake {
  private static final List<String> LAYERS = List.of("bronze", "silver", "gold", "ops");

  /** Whether a run may change tables. */
  public enum Writes {
    ALLOWED,
    SUPPRESSED
  }

  private final SparkSession spark;
  private final String root;
  private final Writes writes;
  private final Map<String, Long> pinned = new HashMap<>();

  /**
   * Opens a lake, which need not exist.
   *
   * @param root folder of the tables: a path, relative to the working directory or absolute, or a
   *     URI that Hadoop knows
   */
  public Lake(SparkSession spark, String root, Writes writes) {
    this.spark = spark;
    this.writes = writes;
    this.root = absolute(spark, root.endsWith("/") ? root.substring(0, root.length() - 1) : root);
  }

  /** Delta takes a relative path for the name of a table. */
  private static String absolute(SparkSession spark, String root) {
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(root);
    if (path.isAbsolute()) {
      return root;
    }
    try {
      return path.getFileSystem(spark.sessionState().newHadoopConf())
          .makeQualified(path)
          .toString();
    } catch (IOException error) {
      throw Failures.storage("finding the folder " + root, error);
    }
  }

  public SparkSession spark() {
    return spark;
  }

  /** Where the table lies. */
  public String path(TableSpec table) {
    return root + "/" + table.layer() + "/" + table.name();
  }

  public boolean exists(TableSpec table) {
    return DeltaTable.isDeltaTable(spark, path(table));
  }

  /**
   * Makes the table, with its comments, keys and checks, and its first rows in one commit. So there
   * is never a table whose rows are still to come, and of two runs that do so at once one fails.
   * Delta's builder and writer would take two commits and read the first one's log in between.
   *
   * @param source what {@link #appendOnce} is told of, if the rows come from a source
   */
  private void create(TableSpec table, Dataset<Row> rows, Optional<String> source, String note) {
    Map<String, String> properties = properties(table);
    List<Action> actions = new ArrayList<>();
    source.ifPresent(
        id -> actions.add(new SetTransaction(id, 1, Option.apply(System.currentTimeMillis()))));
    if (!table.clusteredBy().isEmpty()) {
      properties.put("delta.feature.clustering", "supported");
      actions.add(
          ClusteredTableUtils.createDomainMetadata(
              scala(
                  table.clusteredBy().stream()
                      .map(column -> ClusteringColumn.apply(table.schema(), column))
                      .toList())));
    }
    Metadata metadata =
        new Metadata(
            UUID.randomUUID().toString(),
            null,
            table.comment(),
            new Format("parquet", scala(Map.of())),
            table.schema().json(),
            scala(List.of()),
            scala(properties),
            Option.apply(System.currentTimeMillis()));
    OptimisticTransaction transaction = log(table).startTransaction(Option.empty(), Option.empty());
    if (transaction.readVersion() >= 0) {
      throw new ConcurrentModificationException("another run made the table meanwhile");
    }
    transaction.updateMetadataForNewTable(metadata);
    actions.addAll(CollectionConverters.asJava(transaction.writeFiles(rows)));
    transaction.commit(
        scala(actions),
        new DeltaOperations.Write(
            SaveMode.Append,
            Option.empty(),
            Option.empty(),
            Option.apply(note),
            Option.empty(),
            Option.empty(),
            Option.empty(),
            Option.empty(),
            Option.empty()));
  }

  private static Map<String, String> properties(TableSpec table) {
    Map<String, String> properties = new TreeMap<>();
    // Readers of every make can read version 1: no deletion vectors, no v2 checkpoints.
    properties.put("delta.minReaderVersion", "1");
    properties.put("delta.enableDeletionVectors", "false");
    properties.put("delta.checkpointPolicy", "classic");
    if (!table.keys().isEmpty()) {
      properties.put("dealimpact.keys", String.join(",", table.keys()));
    }
    // Smallest and largest values are kept of what rows are asked for by; of all columns they would
    // take longer to find than the rows to write.
    properties.put("delta.dataSkippingStatsColumns", String.join(",", table.askedBy()));
    table.checks().forEach((name, check) -> properties.put("delta.constraints." + name, check));
    return properties;
  }

  private static <T> Seq<T> scala(List<T> list) {
    return CollectionConverters.asScala(list).toSeq();
  }

  private static scala.collection.immutable.Map<String, String> scala(Map<String, String> map) {
    return scala.collection.immutable.Map.from(CollectionConverters.asScala(map));
  }

  private void compare(TableSpec table) {
    String difference = Schemas.difference(table.schema(), newest(table).schema());
    if (!difference.isEmpty()) {
      throw Failures.schemaDrift(table.fullName(), path(table), difference);
    }
  }

  /**
   * The table's rows as of the version pinned for this run.
   *
   * @throws DealImpactException if the table does not exist
   */
  public Dataset<Row> read(TableSpec table) {
    return readAt(table, pin(table));
  }

  /** Like {@link #read}, but a table that nobody has written yet has no rows. */
  public Dataset<Row> readOrEmpty(TableSpec table) {
    return exists(table) ? read(table) : spark.createDataFrame(List.of(), table.schema());
  }

  /**
   * A table of few files lists them in its checksum file, and is read from that list: to choose
   * among them by their statistics, as Delta does for each query, takes longer than to read all.
   */
  private Dataset<Row> readAt(TableSpec table, long version) {
    DeltaLog log = log(table);
    Snapshot snapshot = log.getSnapshotAt(version, Option.empty(), Option.empty(), false);
    Option<Seq<AddFile>> files =
        snapshot.checksumOpt().isEmpty() ? Option.empty() : snapshot.checksumOpt().get().allFiles();
    return files.isEmpty()
        ? spark.read().format("delta").option("versionAsOf", version).load(path(table))
        : log.createDataFrame(snapshot, files.get(), false, Option.empty());
  }

  /** The version this run reads the table at; taken at the first call. */
  public long pin(TableSpec table) {
    if (!exists(table)) {
      throw Failures.tableMissing(table.fullName(), path(table));
    }
    return pinned.computeIfAbsent(table.fullName(), name -> version(table));
  }

  /** The table's newest version. */
  public long version(TableSpec table) {
    return newest(table).version();
  }

  private Snapshot newest(TableSpec table) {
    return log(table).update(false, Option.empty(), Option.empty());
  }

  private DeltaLog log(TableSpec table) {
    return DeltaLog.forTable(spark, new org.apache.hadoop.fs.Path(path(table)));
  }

  /**
   * Appends rows that come from a source, once: a source that was appended before is skipped.
   *
   * @param source identifies the content, for instance the stage's name and a sha256
   */
  public void appendOnce(TableSpec table, Dataset<Row> rows, String source, String note) {
    write(
        table,
        rows,
        Optional.of(source),
        note,
        writer -> writer.mode("append").option("txnAppId", source).option("txnVersion", 1));
  }

  /** Appends rows of a log: each run's are new. */
  public void append(TableSpec table, Dataset<Row> rows) {
    write(table, rows, Optional.empty(), "", writer -> writer.mode("append"));
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
    replace(table, rows, "replaceWhere", range, note);
  }

  /** Replaces all rows of every key that occurs in {@code rows}, even by fewer. */
  public void replaceKeys(
      TableSpec table, Dataset<Row> rows, List<String> keyColumns, String note) {
    replace(table, rows, "replaceUsing", String.join(",", keyColumns), note);
  }

  /**
   * Replaces every row: for tables that are computed whole, where a key that is gone from the input
   * must be gone from the output ({@code replaceUsing} would leave it there).
   */
  public void replaceAll(TableSpec table, Dataset<Row> rows, String note) {
    // A plain overwrite would drop the clustering too.
    replace(table, rows, "replaceWhere", "true", note);
  }

  private void replace(TableSpec table, Dataset<Row> rows, String how, String which, String note) {
    write(
        table, rows, Optional.empty(), note, writer -> writer.mode("overwrite").option(how, which));
  }

  /**
   * Writes rows.
   *
   * @param source of rows that may be there already
   * @param how turns the writer of a table that exists into one of the ways of writing
   */
  private void write(
      TableSpec table,
      Dataset<Row> rows,
      Optional<String> source,
      String note,
      UnaryOperator<DataFrameWriter<Row>> how) {
    if (writes == Writes.SUPPRESSED) {
      return;
    }
    Dataset<Row> typed = rows.select(columns(table));
    storing(
        "writing " + table.fullName(),
        table,
        () -> {
          if (!exists(table)) {
            create(table, typed, source, note);
          } else {
            compare(table);
            how.apply(typed.write().format("delta").option("userMetadata", note)).save(path(table));
          }
        });
    pinned.remove(table.fullName());
  }

  /** Rows that the table's last commit wrote; 0 when it wrote none or there is no table. */
  public long rowsWrittenLast(TableSpec table) {
    if (writes == Writes.SUPPRESSED || !exists(table)) {
      return 0;
    }
    Option<scala.collection.immutable.Map<String, String>> metrics =
        commit(table, version(table)).operationMetrics();
    return metrics.isEmpty()
        ? 0
        : Long.parseLong(metrics.get().getOrElse("numOutputRows", () -> "0"));
  }

  /** What a commit says of itself, read from its file: Delta's history is a Spark job. */
  private CommitInfo commit(TableSpec table, long version) {
    Iterator<Tuple2<Object, Seq<Action>>> commits =
        log(table).getChanges(version, version, Option.empty(), true);
    if (commits.hasNext()) {
      for (Action action : CollectionConverters.asJava(commits.next()._2())) {
        if (action instanceof CommitInfo info) {
          return info;
        }
      }
    }
    throw Failures.storage(
        "reading commit " + version + " of " + table.fullName(),
        new IOException("the commit has no information about itself"));
  }

  private void storing(String doing, TableSpec table, Runnable action) {
    try {
      action.run();
    } catch (DealImpactException known) {
      throw known;
    } catch (RuntimeException error) {
      throw translate(doing, table, error);
    }
  }

  private static RuntimeException translate(String doing, TableSpec table, RuntimeException error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      String type = cause.getClass().getName();
      if (type.contains(".Concurrent")
          || type.endsWith("ProtocolChangedException")
          || type.endsWith("MetadataChangedException")) {
        return Failures.concurrentWriter(table.fullName(), error);
      }
      if (cause instanceof IOException) {
        return Failures.storage(doing, error);
      }
    }
    return error;
  }

  /**
   * Makes tables found in the lake known to SQL by name, {@code gold.event_impact} for instance; a
   * name that stood for the table of another lake now stands for this one's.
   *
   * @param wanted tells by its name without the layer whether a table is needed
   * @return their names; empty if there is no lake, or nothing that is wanted
   */
  public List<String> register(Predicate<String> wanted) {
    List<String> names = new ArrayList<>();
    try {
      for (String layer : LAYERS) {
        org.apache.hadoop.fs.Path folder = new org.apache.hadoop.fs.Path(root + "/" + layer);
        FileSystem files = folder.getFileSystem(spark.sessionState().newHadoopConf());
        if (!files.exists(folder)) {
          continue;
        }
        spark.sql("CREATE DATABASE IF NOT EXISTS " + layer);
        for (FileStatus table : files.listStatus(folder)) {
          String path = table.getPath().toString();
          String name = table.getPath().getName();
          if (wanted.test(name) && DeltaTable.isDeltaTable(spark, path)) {
            register(new TableIdentifier(name, Option.apply(layer)), table.getPath());
            names.add(layer + "." + name);
          }
        }
      }
    } catch (IOException | AnalysisException error) {
      throw Failures.storage("listing the lake at " + root, error);
    }
    return names;
  }

  private void register(TableIdentifier name, org.apache.hadoop.fs.Path path)
      throws AnalysisException {
    SessionCatalog catalog = spark.sessionState().catalog();
    if (catalog.tableExists(name)) {
      CatalogTable known = catalog.getTableMetadata(name);
      if (new org.apache.hadoop.fs.Path(known.location()).equals(path)) {
        return;
      }
      if (known.tableType().equals(CatalogTableType.EXTERNAL())) {
        // Only the name goes: the files are not the catalog's.
        spark.sql("DROP TABLE " + name.quotedString());
      }
    }
    spark.sql(
        String.format(
            Locale.ROOT,
            "CREATE TABLE %s USING delta LOCATION '%s'",
            name.quotedString(),
            path.toString().replace("\\", "\\\\").replace("'", "\\'")));
  }

  /** The versions pinned so far, by table name. */
  public Map<String, Long> pinnedVersions() {
    return new TreeMap<>(pinned);
  }

  private static Column[] columns(TableSpec table) {
    return table.columns().stream()
        .map(c -> functions.col(c.name()).cast(c.type()).as(c.name()))
        .toArray(Column[]::new);
  }

  /** What is told apart when a stored table is compared with its specification. */
  static final class Schemas {
    private Schemas() {}

    /** Line by line what differs in names and types; empty when nothing does. */
    static String difference(StructType wanted, StructType stored) {
      Map<String, StructField> byName =
          Arrays.stream(stored.fields()).collect(Collectors.toMap(StructField::name, f -> f));
      List<String> lines = new ArrayList<>();
      for (StructField field : wanted.fields()) {
        String type = field.dataType().sql();
        StructField other = byName.remove(field.name());
        if (other == null) {
          lines.add("  missing   " + field.name() + " " + type);
        } else if (!other.dataType().sql().equals(type)) {
          lines.add(
              "  differs   "
                  + field.name()
                  + " is "
                  + other.dataType().sql()
                  + ", must be "
                  + type);
        }
      }
      for (StructField field : byName.values()) {
        lines.add("  unknown   " + field.name() + " " + field.dataType().sql());
      }
      return String.join("\n", lines);
    }
  }
}
