package io.dealimpact.lake;

import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dealimpact.run.DealImpactException;
import io.dealimpact.run.ExitCode;
import io.dealimpact.testing.Folders;
import io.dealimpact.testing.SparkForTests;
import io.delta.tables.DeltaTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ways of writing, against real Delta tables. */
@Tag("spark")
final class LakeTest {
  private static final TableSpec PRICES =
      TableSpec.table("silver.prices", "One row for each day")
          .key("day", DataTypes.StringType, "day")
          .required("price", DataTypes.DoubleType, "USD")
          .check("positive", "price > 0 AND price < 1e9")
          .build();

  private static final TableSpec IMPACTS =
      TableSpec.table("gold.impacts", "One row for each day")
          .key("day", DataTypes.StringType, "day")
          .required("price", DataTypes.DoubleType, "USD")
          .build();

  private static final List<String> DAY = List.of("day");

  private final SparkSession spark = SparkForTests.session();
  @TempDir private Path folder;
  private Lake lake;

  @BeforeEach
  void open() {
    lake = new Lake(spark, folder.toString(), Lake.Writes.ALLOWED);
  }

  private Dataset<Row> rows(Object... daysAndPrices) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < daysAndPrices.length; i += 2) {
      rows.add(RowFactory.create(daysAndPrices[i], daysAndPrices[i + 1]));
    }
    return spark.createDataFrame(
        rows, new StructType().add("day", "string").add("price", "double"));
  }

  private List<String> stored() {
    return stored(folder);
  }

  private List<String> stored(Path root) {
    return new Lake(spark, root.toString(), Lake.Writes.ALLOWED)
            .read(PRICES)
            .orderBy("day")
            .selectExpr("concat(day, '=', price) as text")
            .collectAsList()
            .stream()
            .map(row -> row.getString(0))
            .toList();
  }

  @Test
  void theSameSourceIsAppendedOnceAndACorrectedOneIsNot() {
    lake.appendOnce(PRICES, rows("d1", 1.0), "ingest/aaa", DAY, "{}");
    lake.appendOnce(PRICES, rows("d1", 1.0), "ingest/aaa", DAY, "{}");
    lake.appendOnce(PRICES, rows("d2", 2.0), "ingest/bbb", DAY, "{}");

    assertThat(stored()).containsExactly("d1=1.0", "d2=2.0");
  }

  @Test
  void aRangeIsReplacedAndTheRestStays() {
    lake.replaceAll(PRICES, rows("d1", 1.0, "d2", 2.0, "d3", 3.0), "{}");
    lake.replaceRange(PRICES, rows("d2", 20.0), "day", "d2", "d3", "{}");

    assertThat(stored()).containsExactly("d1=1.0", "d2=20.0");
  }

  @Test
  void aKeyIsReplacedByFewerRowsAndOthersStay() {
    TableSpec bySource =
        TableSpec.table("silver.prices_by_source", "One row for each day and source")
            .key("day", DataTypes.StringType, "day")
            .key("source", DataTypes.StringType, "who said so")
            .build();
    lake.replaceAll(
        bySource,
        spark.sql("values ('d1', 'a'), ('d1', 'b'), ('d2', 'a')").toDF("day", "source"),
        "{}");
    lake.replaceKeys(bySource, spark.sql("select 'd1' day, 'c' source"), "day", days("d2"), "{}");

    assertThat(lake.read(bySource).orderBy("day").collectAsList())
        .extracting(row -> row.mkString("="))
        .containsExactly("d1=c", "d2=a");
  }

  @Test
  void aKeyThatIsNeitherWrittenNorUntouchedIsGone() {
    lake.replaceAll(PRICES, rows("d1", 1.0, "it's a \\ day", 2.0, "d3", 3.0), "{}");

    lake.replaceKeys(PRICES, rows("d4", 4.0), "day", days("d1", "d3"), "{}");
    assertThat(stored()).containsExactly("d1=1.0", "d3=3.0", "d4=4.0");
    lake.replaceKeys(PRICES, rows("d3", 3.5), "day", days("d1", "d4"), "{}");
    assertThat(stored()).containsExactly("d1=1.0", "d3=3.5", "d4=4.0");
  }

  @Test
  void moreKeysThanAConditionTakesAreReplacedToo() {
    lake.replaceAll(PRICES, rows("d1", 1.0, "d2", 2.0), "{}");
    Dataset<Row> many = spark.range(1500).selectExpr("concat('e', id) day", "double(id + 1) price");

    lake.replaceKeys(PRICES, many, "day", days("d1"), "{}");
    assertThat(lake.read(PRICES).where("day like 'e%'").count()).isEqualTo(1500);
    assertThat(lake.read(PRICES).where("day like 'd%'").count()).isEqualTo(1);
  }

  private Dataset<Row> days(String... days) {
    return spark.createDataset(List.of(days), Encoders.STRING()).toDF("day");
  }

  /** Delta need not write the checksum file, and other writers may not. */
  @Test
  void aTableIsReadTheSameWithAndWithoutItsChecksumFile() throws IOException {
    Path root = folder.resolve("a lake=1");
    lake = new Lake(spark, root.toString(), Lake.Writes.ALLOWED);
    lake.replaceAll(PRICES, rows("d1", 1.0, "d2", 2.0), "{}");
    lake.replaceKeys(PRICES, rows("d1", 9.0), "day", days("d2"), "{}");
    Path checksum = Path.of(lake.path(PRICES), "_delta_log/00000000000000000002.crc");
    assertThat(checksum).content().contains("allFiles");
    assertThat(stored(root)).containsExactly("d1=9.0", "d2=2.0");

    Files.delete(checksum);

    assertThat(stored(root)).containsExactly("d1=9.0", "d2=2.0");
  }

  @Test
  void aRunReadsOneVersionHoweverLongItTakes() {
    lake.replaceAll(PRICES, rows("d1", 1.0), "{}");
    Lake reader = new Lake(spark, folder.toString(), Lake.Writes.ALLOWED);
    assertThat(reader.read(PRICES).count()).isEqualTo(1);

    lake.replaceAll(PRICES, rows("d1", 1.0, "d2", 2.0), "{}");

    assertThat(reader.read(PRICES).count()).isEqualTo(1);
    assertThat(reader.pinnedVersions()).containsEntry("silver.prices", 1L);
    assertThat(lake.read(PRICES).count()).isEqualTo(2);
  }

  @Test
  void whatIsMadeOfATableIsMadeOnceForEachOfItsVersions() {
    AtomicInteger made = new AtomicInteger();
    UnaryOperator<Dataset<Row>> dear =
        rows -> {
          made.incrementAndGet();
          return rows.where("price > 1");
        };
    assertThat(lake.derived(PRICES, "dear", dear).count()).isZero();

    lake.replaceAll(PRICES, rows("d1", 1.0, "d2", 2.0), "{}");
    assertThat(lake.derived(PRICES, "dear", dear).count()).isEqualTo(1);
    assertThat(lake.derived(PRICES, "dear", dear).count()).isEqualTo(1);
    assertThat(lake.derived(PRICES, "all", rows -> rows).count()).isEqualTo(2);

    lake.replaceAll(PRICES, rows("d1", 5.0, "d2", 6.0), "{}");
    assertThat(lake.derived(PRICES, "dear", dear).count()).isEqualTo(2);
    assertThat(made).hasValue(3);
  }

  @Test
  void commentsKeysChecksAndClusteringStayWhateverIsReplaced() {
    TableSpec clustered =
        TableSpec.table("silver.prices", "One row for each day")
            .key("day", DataTypes.StringType, "day")
            .required("price", DataTypes.DoubleType, "USD")
            .check("positive", "price > 0")
            .clusteredBy("day", "price")
            .build();
    lake.replaceAll(clustered, rows("d1", 1.0), "{}");
    lake.replaceAll(clustered, rows("d2", 2.0), "{}");
    lake.replaceRange(clustered, rows("d3", 3.0), "day", "d3", "d3", "{}");

    Row detail = DeltaTable.forPath(spark, lake.path(clustered)).detail().first();
    assertThat(detail.<String>getAs("description")).isEqualTo("One row for each day");
    assertThat(detail.<String>getList(detail.fieldIndex("clusteringColumns")))
        .containsExactly("day", "price");
    assertThat(detail.<Integer>getAs("minReaderVersion")).isEqualTo(1);
    assertThat(detail.getJavaMap(detail.fieldIndex("properties")).toString())
        .contains("dealimpact.keys=day", "delta.constraints.positive=price > 0");
    StructField price = lake.read(clustered).schema().apply("price");
    assertThat(price.getComment().get()).isEqualTo("USD");
    assertThatThrownBy(() -> lake.append(clustered, rows("d4", 1.0).withColumn("day", lit(null))))
        .hasStackTraceContaining("NOT NULL constraint violated");
    assertThat(stored()).containsExactly("d2=2.0", "d3=3.0");
  }

  /** As a run leaves it that dies while it makes a table. */
  @Test
  void aTableIsMadeWhereAFirstCommitWasNeverMade() throws IOException {
    Path log = folder.resolve("silver/prices/_delta_log");
    Files.createDirectories(log.resolve("_staged_commits"));
    Files.writeString(log.resolve(".00000000000000000000.json.1f0e.tmp"), "{");
    Files.writeString(log.resolve("..00000000000000000000.json.1f0e.tmp.crc"), "crc");

    lake.replaceAll(PRICES, rows("d1", 1.0), "{}");

    assertThat(stored()).containsExactly("d1=1.0");
  }

  @Test
  void aDryRunWritesNothing() {
    Lake dry = new Lake(spark, folder.toString(), Lake.Writes.SUPPRESSED);
    dry.replaceAll(PRICES, rows("d1", 1.0), "{}");

    assertThat(dry.exists(PRICES)).isFalse();
    assertThat(dry.readOrEmpty(PRICES).count()).isZero();
  }

  @Test
  void anotherWriterMeanwhileIsToldAsSuch() {
    lake.replaceAll(PRICES, rows("d1", 1.0), "{}");
    refusesOvertakenRows();
  }

  @Test
  void ofTwoThatMakeTheTableAtOnceOneIsToldSo() {
    refusesOvertakenRows();
  }

  private void refusesOvertakenRows() {
    Dataset<Row> overtaken =
        rows("d2", 2.0)
            .map(
                (MapFunction<Row, Row>)
                    row -> {
                      Intruder.overtake();
                      return row;
                    },
                Encoders.row(PRICES.schema()));
    Intruder.lake.set(new Lake(spark, folder.toString(), Lake.Writes.ALLOWED));
    Intruder.rows.set(rows("d3", 3.0));

    assertThatThrownBy(() -> lake.replaceAll(PRICES, overtaken, "{}"))
        .isInstanceOf(DealImpactException.class)
        .hasMessageContaining("Another writer changed silver.prices")
        .extracting(e -> ((DealImpactException) e).exitCode())
        .isEqualTo(ExitCode.CONCURRENT_WRITER);
    assertThat(stored()).containsExactly("d3=3.0");
  }

  /** Commits to the table from within a task of another's write: driver and task share a JVM. */
  private static final class Intruder {
    static final AtomicReference<Lake> lake = new AtomicReference<>();
    static final AtomicReference<Dataset<Row>> rows = new AtomicReference<>();

    static void overtake() throws InterruptedException {
      Lake theirs = lake.getAndSet(null);
      if (theirs != null) {
        Thread commit = new Thread(() -> theirs.replaceAll(PRICES, rows.get(), "{}"));
        commit.start();
        commit.join();
      }
    }
  }

  @Test
  void notANumberBreaksTheCheck() {
    assertThatThrownBy(() -> lake.replaceAll(PRICES, rows("d1", Double.NaN), "{}"))
        .hasStackTraceContaining("positive")
        .hasStackTraceContaining("violated");
  }

  @Test
  void anotherShapeOnDiskIsToldWithTheDifference() {
    TableSpec other =
        TableSpec.table("silver.prices", "Another version's")
            .key("day", DataTypes.StringType, "day")
            .required("price", DataTypes.LongType, "cents")
            .text("note", "old")
            .build();
    lake.append(other, spark.createDataFrame(List.of(), other.schema()));

    assertThatThrownBy(() -> lake.append(PRICES, rows("d1", 1.0)))
        .hasMessageContaining("differs   price is BIGINT, must be DOUBLE")
        .hasMessageContaining("unknown   note STRING")
        .hasMessageContaining("Nothing was written");
  }

  @Test
  void aColumnThatMayBeNullIsAddedToAnOldTable() {
    lake.replaceAll(PRICES, rows("d1", 1.0), "{}");
    TableSpec newer =
        TableSpec.table("silver.prices", "One row for each day")
            .key("day", DataTypes.StringType, "day")
            .number("volume", "shares traded")
            .required("price", DataTypes.DoubleType, "USD")
            .check("positive", "price > 0 AND price < 1e9")
            .build();
    assertThat(lake.read(newer).where("volume IS NULL").count()).isEqualTo(1);

    lake.replaceKeys(
        newer, rows("d2", 2.0).withColumn("volume", lit(7.0)), "day", days("d1"), "{}");

    assertThat(stored()).containsExactly("d1=1.0", "d2=2.0");
    assertThat(lake.read(newer).where("volume = 7").count()).isEqualTo(1);
    StructField volume = lake.read(newer).schema().apply("volume");
    assertThat(volume.getComment().get()).isEqualTo("shares traded");
    assertThat(DeltaTable.forPath(spark, lake.path(newer)).detail().first())
        .satisfies(detail -> assertThat(detail.<Integer>getAs("minReaderVersion")).isEqualTo(1));
  }

  @Test
  void aTableThatIsMadeAgainIsAnotherTable() throws IOException {
    lake.replaceAll(PRICES, rows("d1", 1.0), "{}");
    TableVersion before = lake.pin(PRICES).orElseThrow();
    Folders.delete(Path.of(lake.path(PRICES)));
    lake.replaceAll(PRICES, rows("d1", 9.0), "{}");
    TableVersion after = lake.pin(PRICES).orElseThrow();

    assertThat(after.version()).isEqualTo(before.version());
    assertThat(after.identity()).isNotEqualTo(before.identity());
    assertThat(after.tableId())
        .isEqualTo(
            DeltaTable.forPath(spark, lake.path(PRICES)).detail().first().<String>getAs("id"));
    assertThat(stored()).containsExactly("d1=9.0");
  }

  @Test
  void theIdIsKnownAlsoWhenTheFirstCommitIsGone() throws IOException {
    lake.replaceAll(PRICES, rows("d1", 1.0), "{}");
    String id = lake.pin(PRICES).orElseThrow().tableId();
    for (int i = 2; i <= 11; i++) {
      lake.append(PRICES, rows("d" + i, 1.0));
    }
    Files.delete(Path.of(lake.path(PRICES), "_delta_log", "00000000000000000000.json"));

    assertThat(new Lake(spark, folder.toString(), Lake.Writes.ALLOWED).pin(PRICES))
        .contains(new TableVersion(id, 11));
  }

  @Test
  void noTableIsMadeOverFilesWithoutALog() throws IOException {
    lake.replaceAll(PRICES, rows("d1", 1.0), "{}");
    Folders.delete(Path.of(lake.path(PRICES), "_delta_log"));

    assertThatThrownBy(() -> lake.replaceAll(PRICES, rows("d2", 2.0), "{}"))
        .isInstanceOf(DealImpactException.class)
        .hasMessageContaining("silver.prices cannot be made")
        .hasMessageContaining(".parquet")
        .hasMessageContaining("move the folder away")
        .extracting(e -> ((DealImpactException) e).exitCode())
        .isEqualTo(ExitCode.STORAGE);
    assertThat(lake.exists(PRICES)).isFalse();
  }

  @Test
  void aRunThatDiedBeforeTheFirstRowsIsRepeated() {
    TableMaker.create(spark, PRICES, lake.path(PRICES));
    assertThat(lake.read(PRICES).count()).isZero();

    lake.appendOnce(PRICES, rows("d1", 1.0), "ingest/aaa", DAY, "{}");

    assertThat(stored()).containsExactly("d1=1.0");
    assertThat(lake.rowsWrittenLast(PRICES)).isEqualTo(1);
  }

  @Test
  void aSkippedAppendWhoseRowsAreGoneIsAnError() {
    lake.appendOnce(PRICES, rows("d1", 1.0), "ingest/aaa", DAY, "{}");
    lake.appendOnce(PRICES, rows("d2", 1.0, "d3", 1.0), "ingest/bbb", DAY, "{}");
    DeltaTable.forPath(spark, lake.path(PRICES)).restoreToVersion(1);

    assertThatThrownBy(
            () -> lake.appendOnce(PRICES, rows("d2", 1.0, "d3", 1.0), "ingest/bbb", DAY, "{}"))
        .isInstanceOf(DealImpactException.class)
        .hasMessageContaining("has the source ingest/bbb already, but 2 of its rows are not there")
        .hasMessageContaining("restored to an older version");
    assertThat(stored()).containsExactly("d1=1.0");
  }

  @Test
  void aSmallGoldTableIsWrittenWhereItsRowsOrItsProgramDiffer() {
    String note = "{\"program\":\"one\",\"settings\":\"s\",\"run_id\":\"%s\"}";
    lake.replaceAll(IMPACTS, rows("d1", 0.0, "d2", 2.0), String.format(note, "first"));
    long first = lake.version(IMPACTS);

    lake.replaceAll(IMPACTS, rows("d2", 2.0, "d1", 0.0), String.format(note, "second"));
    assertThat(lake.version(IMPACTS)).isEqualTo(first);

    lake.replaceAll(IMPACTS, rows("d2", 2.0, "d1", -0.0), String.format(note, "third"));
    assertThat(lake.version(IMPACTS)).as("another bit").isEqualTo(first + 1);
    assertThat(lake.notedText(IMPACTS, first + 1, "run_id")).contains("third");

    String later = String.format(note, "fourth").replace("one", "another");
    lake.replaceAll(IMPACTS, rows("d1", -0.0, "d2", 2.0), later);
    assertThat(lake.version(IMPACTS)).as("another program").isEqualTo(first + 2);
  }

  @Test
  void keysAndRangesOfASmallGoldTableAreWrittenWhereTheirRowsDiffer() {
    String note = "{\"program\":\"one\",\"settings\":\"s\"}";
    lake.replaceAll(IMPACTS, rows("d1", 1.0, "d2", 2.0, "d3", 3.0), note);
    long first = lake.version(IMPACTS);

    lake.replaceKeys(IMPACTS, rows("d2", 2.0), "day", days("d1", "d3"), note);
    lake.replaceRange(IMPACTS, rows("d2", 2.0, "d3", 3.0), "day", "d2", "d9", note);
    assertThat(lake.version(IMPACTS)).isEqualTo(first);

    lake.replaceKeys(IMPACTS, rows("d2", 2.5), "day", days("d1", "d3"), note);
    assertThat(lake.version(IMPACTS)).as("another price").isEqualTo(first + 1);
    lake.replaceKeys(IMPACTS, rows("d2", 2.5), "day", days("d1"), note);
    assertThat(lake.version(IMPACTS)).as("a key that is gone").isEqualTo(first + 2);
    lake.replaceRange(IMPACTS, rows("d2", 2.5, "d3", 3.0), "day", "d2", "d9", note);
    assertThat(lake.version(IMPACTS)).as("a row that is new").isEqualTo(first + 3);
  }

  @Test
  void rowsWrittenAreThoseThatTheHistoryNames() {
    lake.replaceAll(PRICES, rows("d1", 1.0, "d2", 2.0), "{\"numOutputRows\":\"77\"}");
    assertThat(lake.rowsWrittenLast(PRICES)).isEqualTo(2);
    lake.replaceKeys(PRICES, rows("d1", 3.0), "day", days("d2"), "{}");

    assertThat(lake.rowsWrittenLast(PRICES))
        .isEqualTo(
            Long.parseLong(
                DeltaTable.forPath(spark, lake.path(PRICES))
                    .history(1)
                    .selectExpr("operationMetrics['numOutputRows']")
                    .first()
                    .getString(0)));
  }

  @Test
  void everyTableOfTheCatalogueExplainsEveryColumn() {
    assertThat(Tables.all())
        .allSatisfy(
            table -> {
              assertThat(table.comment()).isNotBlank();
              assertThat(table.columns())
                  .allSatisfy(column -> assertThat(column.comment()).isNotBlank());
              assertThat(table.columnNames()).doesNotHaveDuplicates().containsAll(table.keys());
            });
  }
}
