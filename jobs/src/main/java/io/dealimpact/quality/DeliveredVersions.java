package io.dealimpact.quality;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.unix_micros;

import io.dealimpact.row.RowWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The versions of a feed's files in bronze, and the rows of those that count. */
public final class DeliveredVersions {
  private static final StructType VERSION =
      new StructType()
          .add("source_file", DataTypes.StringType)
          .add("source_sha256", DataTypes.StringType);

  private static final String FOUND = "found_";

  /** So many places of records are sent to each task. */
  private static final long FEW_RECORDS = 500_000;

  private final Dataset<Row> bronze;
  private final List<String> rawColumns;
  private final Deliveries deliveries;

  private DeliveredVersions(Dataset<Row> bronze, List<String> rawColumns, Deliveries deliveries) {
    this.bronze = bronze;
    this.rawColumns = rawColumns;
    this.deliveries = deliveries;
  }

  /**
   * Looks at all versions of all files.
   *
   * @param rawColumns the feed's own columns
   */
  public static DeliveredVersions of(
      Dataset<Row> bronze, List<String> rawColumns, DeliveryRules rules) {
    return new DeliveredVersions(bronze, List.copyOf(rawColumns), Deliveries.of(bronze, rules));
  }

  /**
   * The rows of the version of every file that counts: see {@link Deliveries}. A version that is
   * held back is one row that says why.
   */
  public Dataset<Row> rows() {
    return withHeld(rows(deliveries.chosen(), lit(true)));
  }

  /**
   * The same without the records that they were delivered in, and without the names of their files.
   * Versions that are held back have the names.
   */
  public Dataset<Row> rowsWithoutRecords() {
    Map<String, Column> none = new HashMap<>();
    DeliveredRows.RECORD.forEach(column -> none.put(column, lit(null).cast("string")));
    return withHeld(rows(deliveries.chosen(), lit(true)).withColumns(none));
  }

  private Dataset<Row> withHeld(Dataset<Row> rows) {
    return deliveries.held().isEmpty() ? rows : rows.unionByName(held(rows));
  }

  /** How many rows those are. */
  public long count() {
    return deliveries.chosen().stream().mapToLong(of -> of.version().rows()).sum()
        + deliveries.held().size();
  }

  /** Which versions of files are held back and why, sorted. */
  List<String> heldBack() {
    return deliveries.held().entrySet().stream()
        .map(held -> held.getValue().message(held.getKey()))
        .sorted()
        .toList();
  }

  /** Fields of those rows that this version does not know, each with the number of rows. */
  Map<String, Long> unknownFields() {
    boolean hasSome = deliveries.chosen().stream().anyMatch(of -> of.version().odd() > 0);
    return hasSome
        ? CheckedRows.unknownFields(rows().where(col("extra_fields").isNotNull()))
        : Map.of();
  }

  /** The largest number of a delivery; 0 for none. */
  public long newest() {
    return deliveries.newest();
  }

  /** The files of the newest delivery that had been delivered before. */
  public List<String> deliveredAgain() {
    return deliveries.deliveredAgain();
  }

  /** A digest of all versions of all files. */
  public String digest() {
    return deliveries.digest();
  }

  /**
   * What counts now and did not, and the other way round.
   *
   * @param added rows as in {@link #rows}; those of versions that are held back among them, whether
   *     they were before or not
   * @param gone versions that counted, and no longer do; empty for none
   */
  public record Changes(Dataset<Row> added, Optional<Gone> gone) {}

  /**
   * Versions that counted.
   *
   * @param rows as in {@link DeliveredVersions#rows}
   * @param versions their source_file and source_sha256
   */
  public record Gone(Dataset<Row> rows, Dataset<Row> versions) {}

  /**
   * What changed since a delivery.
   *
   * @param delivery its number
   * @param digest as it was after that delivery
   * @return empty where the versions up to that delivery are not what they were
   */
  public Optional<Changes> since(long delivery, String digest) {
    Deliveries before = deliveries.upTo(delivery);
    if (!before.digest().equals(digest)) {
      return Optional.empty();
    }
    List<Deliveries.Chosen> added = without(deliveries.chosen(), before.chosen());
    List<Deliveries.Chosen> removed = without(before.chosen(), deliveries.chosen());
    Dataset<Row> rows = rows(added, isOfOneOf(added));
    return Optional.of(
        new Changes(
            rows.unionByName(held(rows)),
            removed.isEmpty()
                ? Optional.empty()
                : Optional.of(new Gone(rows(removed, isOfOneOf(removed)), files(removed)))));
  }

  /** Rows of {@link #rowsWithoutRecords} with the names of their files. */
  Dataset<Row> withFiles(Dataset<Row> rows) {
    Dataset<Row> files =
        Deliveries.rows(bronze.sparkSession(), deliveries.chosen())
            .select(
                col(DeliveredRows.FILE_RANK).as("found_rank"),
                col("latest_file"),
                col("latest_sha256"));
    return rows.join(
            broadcast(files), col(DeliveredRows.FILE_RANK).equalTo(col("found_rank")), "left")
        .withColumns(
            Map.of(
                "source_file", coalesce(col("source_file"), col("latest_file")),
                "source_sha256", coalesce(col("source_sha256"), col("latest_sha256"))))
        .drop("found_rank", "latest_file", "latest_sha256");
  }

  /** Rows of {@link #rowsWithoutRecords} with their records and the names of their files. */
  Dataset<Row> withRecords(Dataset<Row> rows) {
    // A row of a version that is held back has no place, and no record.
    Column isOfFile = col(DeliveredRows.FILE_RANK).geq(0);
    Dataset<Row> lacking = rows.where(isOfFile);
    long count = lacking.count();
    if (count == 0) {
      return rows;
    }
    Dataset<Row> records =
        rows()
            .select(
                Stream.concat(
                        DeliveredRows.PLACE.stream().map(c -> col(c).as(FOUND + c)),
                        DeliveredRows.RECORD.stream().map(c -> col(c)))
                    .toArray(Column[]::new));
    Column isSame =
        DeliveredRows.PLACE.stream()
            .map(c -> col(c).equalTo(col(FOUND + c)))
            .reduce(Column::and)
            .orElseThrow();
    Column[] places = DeliveredRows.PLACE.stream().map(c -> col(c)).toArray(Column[]::new);
    Dataset<Row> wanted =
        count > FEW_RECORDS
            ? records
            : records.join(broadcast(lacking.select(places)), isSame, "left_semi");
    return rows.where(not(isOfFile))
        .unionByName(
            lacking
                .drop(DeliveredRows.RECORD.toArray(String[]::new))
                .join(wanted, isSame, "left")
                .drop(DeliveredRows.PLACE.stream().map(c -> FOUND + c).toArray(String[]::new)));
  }

  private Dataset<Row> files(List<Deliveries.Chosen> versions) {
    RowWriter writer = new RowWriter(VERSION);
    return bronze
        .sparkSession()
        .createDataFrame(
            versions.stream()
                .map(
                    of ->
                        writer
                            .row()
                            .text("source_file", of.file())
                            .text("source_sha256", of.version().sha256())
                            .build())
                .toList(),
            VERSION);
  }

  private static List<Deliveries.Chosen> without(
      List<Deliveries.Chosen> versions, List<Deliveries.Chosen> others) {
    Map<String, Deliveries.Version> known = new HashMap<>();
    others.forEach(of -> known.put(of.file(), of.version()));
    return versions.stream().filter(of -> !of.version().equals(known.get(of.file()))).toList();
  }

  /** What files of the table can be told from: a version is in those of its delivery alone. */
  private static Column isOfOneOf(List<Deliveries.Chosen> versions) {
    long first = versions.stream().mapToLong(of -> of.version().delivery()).min().orElse(0);
    return first == 0 ? lit(true) : col("delivery").geq(first);
  }

  private Dataset<Row> rows(List<Deliveries.Chosen> versions, Column where) {
    Column[] columns =
        Stream.of(
                rawColumns.stream().map(c -> DeliveredRows.as(c, col(c))),
                Stream.of(
                    // Rows of an older program have none.
                    coalesce(col(DeliveredRows.ELEMENT), lit(0))
                        .cast("long")
                        .as(DeliveredRows.ELEMENT),
                    col("extra_fields")),
                DeliveredRows.PROVENANCE.stream().map(c -> col(c)),
                Stream.of(col(DeliveredRows.FILE_RANK)))
            .flatMap(s -> s)
            .toArray(Column[]::new);
    return bronze
        .where(where)
        .join(
            broadcast(Deliveries.rows(bronze.sparkSession(), versions)),
            col("source_file")
                .equalTo(col("latest_file"))
                .and(coalesce(col("delivery"), lit(0L)).equalTo(col("latest_delivery")))
                .and(unix_micros(col("ingested_at")).equalTo(col("latest_ingested"))))
        .where(col("read_error").eqNullSafe(DeliveredRows.NO_ROWS).equalTo(false))
        .select(columns);
  }

  /** A row for each version that is held back. */
  private Dataset<Row> held(Dataset<Row> rows) {
    RowWriter writer = new RowWriter(rows.schema());
    List<Row> held = new ArrayList<>();
    deliveries
        .held()
        .forEach(
            (file, version) -> {
              RowWriter.Cells cells = writer.row();
              for (String column : rows.columns()) {
                switch (column) {
                  case DeliveredRows.ELEMENT, "source_line" -> cells.count(column, 0L);
                  case DeliveredRows.FILE_RANK -> cells.whole(column, -1);
                  case "source_file" -> cells.text(column, file);
                  case "source_sha256" -> cells.text(column, version.sha256());
                  case "read_error" -> cells.text(column, CheckedRows.HELD_BACK);
                  case "read_error_detail" -> cells.text(column, version.message(file));
                  default -> cells.none(column);
                }
              }
              held.add(cells.build());
            });
    return rows.sparkSession().createDataFrame(held, rows.schema());
  }
}
