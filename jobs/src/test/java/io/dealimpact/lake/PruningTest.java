package io.dealimpact.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.dealimpact.row.Columns;
import io.dealimpact.testing.SparkForTests;
import io.delta.kernel.Scan;
import io.delta.kernel.TableManager;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.expressions.Column;
import io.delta.kernel.expressions.Literal;
import io.delta.kernel.expressions.Predicate;
import io.delta.kernel.utils.CloseableIterator;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Another reader, here Delta Kernel, opens the files alone that can have what it asks for: by keys,
 * and by days and identifiers that are no keys.
 */
@Tag("spark")
class PruningTest {
  private static final SparkSession SPARK = SparkForTests.session();
  private static final TableSpec TABLE = Tables.MARKET_PER_GW;

  @TempDir private Path folder;

  /** Three files: a company each. */
  @BeforeEach
  void write() {
    Lake lake = new Lake(SPARK, folder.toString(), Lake.Writes.ALLOWED);
    for (int i = 1; i <= 3; i++) {
      lake.append(
          TABLE,
          SPARK
              .sql(
                  String.format(
                      Locale.ROOT,
                      "select 'Company %1$d' as organisation, '2025Q%1$d' as quarter,"
                          + " date'2025-0%1$d-28' as quarter_end, 'I%1$d' as instrument_id,"
                          + " double(null) as contracted_gw, double(null) as joint_gw,"
                          + " bigint(null) as company_days,"
                          + " %1$d.5D as abnormal_usd, double(null) as market_cap_usd,"
                          + " date'2025-0%1$d-27' as valued_on,"
                          + " double(null) as abnormal_usd_per_gw,"
                          + " double(null) as market_cap_usd_per_gw",
                      i))
              .select(Columns.named(TABLE.columnNames()))
              .coalesce(1));
    }
  }

  /** How many files a reader opens that asks for rows with a value. */
  private int files(String column, Literal value) throws IOException {
    Engine engine = DefaultEngine.create(new Configuration());
    Scan scan =
        TableManager.loadSnapshot(folder.resolve("gold/market_per_gw").toString())
            .build(engine)
            .getScanBuilder()
            .withFilter(new Predicate("=", new Column(column), value))
            .build();
    int files = 0;
    try (CloseableIterator<FilteredColumnarBatch> batches = scan.getScanFiles(engine)) {
      while (batches.hasNext()) {
        try (CloseableIterator<Row> rows = batches.next().getRows()) {
          for (; rows.hasNext(); rows.next()) {
            files++;
          }
        }
      }
    }
    return files;
  }

  private static Literal day(String day) {
    return Literal.ofDate((int) LocalDate.parse(day).toEpochDay());
  }

  @Test
  void opensTheFilesThatCanHaveTheRows() throws IOException {
    assertThat(files("organisation", Literal.ofString("Company 2"))).as("a key").isOne();
    assertThat(files("instrument_id", Literal.ofString("I2"))).as("an identifier").isOne();
    assertThat(files("quarter_end", day("2025-02-28"))).as("a day").isOne();
    assertThat(files("valued_on", day("2025-02-27"))).as("a day that may be NULL").isOne();
    assertThat(files("valued_on", day("2024-02-27"))).as("a day of no file").isZero();
    assertThat(files("abnormal_usd", Literal.ofDouble(2.5))).as("a figure: all files").isEqualTo(3);
  }
}
