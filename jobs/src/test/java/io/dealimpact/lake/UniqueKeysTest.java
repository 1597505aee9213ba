package io.dealimpact.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dealimpact.run.DealImpactException;
import io.dealimpact.testing.SparkForTests;
import java.nio.file.Path;
import java.sql.Date;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("spark")
class UniqueKeysTest {
  private static final SparkSession SPARK = SparkForTests.session();

  @TempDir private Path folder;

  private static Dataset<Row> splits(Row... rows) {
    return SPARK.createDataFrame(List.of(rows), Tables.SPLITS.schema());
  }

  private static Row split(String day, double ratio) {
    return RowFactory.create("AMZN", Date.valueOf(day), ratio);
  }

  @Test
  void twoRowsOfOneKeyAreNotWritten() {
    Lake lake = new Lake(SPARK, folder.toString(), Lake.Writes.ALLOWED);
    lake.replaceAll(Tables.SPLITS, splits(split("2022-06-06", 20)), "first");
    assertThatThrownBy(
            () ->
                lake.replaceAll(
                    Tables.SPLITS,
                    splits(split("2022-06-06", 20), split("2022-06-07", 2), split("2022-06-07", 3)),
                    "second"))
        .isInstanceOf(DealImpactException.class)
        .hasMessageContaining("The rows for silver.splits are not unique on its keys")
        .hasMessageContaining("instrument_id AMZN, effective_date 2022-06-07");
    assertThat(new Lake(SPARK, folder.toString(), Lake.Writes.ALLOWED).read(Tables.SPLITS).count())
        .isEqualTo(1);
  }

  /** As events are before they are measured: what is made of them is not checked once more. */
  @Test
  void rowsThatTablesAreMadeOfAreCheckedWhenTheyAreComputed() {
    Lake lake = new Lake(SPARK, folder.toString(), Lake.Writes.ALLOWED);
    Dataset<Row> days = splits(split("2022-06-06", 20), split("2022-06-07", 2));
    assertThat(Lake.withUniqueKey(days, "instrument_id", "effective_date").collectAsList())
        .containsExactlyInAnyOrderElementsOf(days.collectAsList());
    assertThatThrownBy(
            () ->
                lake.replaceAll(
                    Tables.SPLITS,
                    Lake.withUniqueKey(days, "instrument_id").limit(1),
                    "an instrument's only split"))
        .isInstanceOf(DealImpactException.class)
        .hasMessageContaining("The rows for silver.splits are not unique on its keys")
        .hasMessageContaining("instrument_id AMZN");
  }

  @Test
  void everyTableOfSilverAndGoldHasKeys() {
    assertThat(Tables.all())
        .filteredOn(table -> !table.layer().equals("ops"))
        .allMatch(table -> !table.keys().isEmpty());
  }
}
