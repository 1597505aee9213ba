package io.dealimpact.lake;

import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dealimpact.run.DealImpactException;
import io.dealimpact.run.ExitCode;
import io.dealimpact.testing.SparkForTests;
import io.delta.tables.DeltaTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
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
    return new Lake(spark, folder.toString(), Lake.Writes.ALLOWED)
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
    lake.appendOnce(PRICES, rows("d1", 1.0), "ingest/aaa", "{}");
    lake.appendOnce(PRICES, rows("d1", 1.0), "ingest/aaa", "{}");
    lake.appendOnce(PRICES, rows("d2", 2.0), "ingest/bbb", "{}");

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
    lake.replaceAll(PRICES, rows("d1", 1.0, "d1", 1.5, "d2", 2.0), "{}");
    lake.replaceKeys(PRICES, rows("d1", 9.0), List.of("day"), "{}");

    assertThat(stored()).containsExactly("d1=9.0", "d2=2.0");
  }

  @Test
  void aRunReadsOneVersionHoweverLongItTakes() {
    lake.replaceAll(PRICES, rows("d1", 1.0), "{}");
    Lake reader = new Lake(spark, folder.toString(), Lake.Writes.ALLOWED);
    assertThat(reader.read(PRICES).count()).isEqualTo(1);

    lake.replaceAll(PRICES, rows("d1", 1.0, "d2", 2.0), "{}");

    assertThat(reader.read(PRICES).count()).isEqualTo(1);
    assertThat(reader.pinnedVersions()).containsEntry("silver.prices", 0L);
    assertThat(lake.read(PRICES).count()).isEqualTo(2);
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
            .text("note", "new")
            .build();
    lake.append(other, spark.createDataFrame(List.of(), other.schema()));

    assertThatThrownBy(() -> lake.append(PRICES, rows("d1", 1.0)))
        .hasMessageContaining("differs   price is BIGINT, must be DOUBLE")
        .hasMessageContaining("unknown   note STRING")
        .hasMessageContaining("Nothing was written");
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
