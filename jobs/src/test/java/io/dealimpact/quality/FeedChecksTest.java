package io.dealimpact.quality;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import io.dealimpact.testing.SparkForTests;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("spark")
class FeedChecksTest {
  private static final StructType BRONZE =
      new StructType()
          .add("id", DataTypes.StringType)
          .add("value", DataTypes.StringType)
          .add("extra_fields", DataTypes.StringType)
          .add("raw_record", DataTypes.StringType)
          .add("read_error", DataTypes.StringType)
          .add("read_error_detail", DataTypes.StringType)
          .add("source_file", DataTypes.StringType)
          .add("source_sha256", DataTypes.StringType)
          .add("source_line", DataTypes.LongType)
          .add("source_element", DataTypes.LongType)
          .add("ingested_at", DataTypes.StringType)
          .add("delivery", DataTypes.LongType);

  private static final FeedChecks CHECKS =
      new FeedChecks(
          "things",
          List.of("id"),
          List.of("value"),
          Rules.inOrder(
              List.of(Rules.missing("id"), Rules.missing("value")), Rules.numbers("value")));

  private static final FeedChecks NO_FURTHER =
      new FeedChecks("things", List.of("id"), List.of("value"), List.of());

  /** Rows that are checked as they come, and rows that are gathered first without their records. */
  @Test
  void givesEveryRowOneVerdictWhateverTheOrderOfArrival() {
    List<Row> rows =
        new ArrayList<>(
            List.of(
                row("b.csv", 2, "plain", "1"),
                row("a.csv", 2, "agrees", "1"),
                row("b.csv", 3, "agrees", "1.0"),
                row("b.csv", 4, "agrees", " 1 "),
                row("a.csv", 3, "restated", "1"),
                row("b.csv", 5, "restated", "2"),
                row("b.csv", 6, "conflict", "1"),
                row("b.csv", 7, "conflict", "2"),
                row("a.csv", 4, "conflict", "3"),
                row("b.csv", 8, null, "1"),
                row("b.csv", 9, null, "1"),
                row("b.csv", 10, "text", "one"),
                row("b.csv", 11, "inf", "inf"),
                RowFactory.create(
                    null,
                    null,
                    "{\"new\":1}",
                    "cut",
                    "malformed-record",
                    "too few fields",
                    "b.csv",
                    "sha",
                    12L,
                    null,
                    "2026-01-01",
                    1L)));
    Random random = new Random(20251103);
    for (int partitions : new int[] {1, 3, 7}) {
      Collections.shuffle(rows, random);
      DeliveredVersions versions = delivered(rows, partitions);
      try (CheckedRows checked = CHECKS.check(typed(versions.rows()))) {
        assertVerdicts(checked);
      }
      Dataset<Row> marked =
          CHECKS.marked(typed(versions.rowsWithoutRecords()).withColumn("order", lit(0)));
      try (GatheredRows gathered = GatheredRows.of(marked, "id", "order", versions);
          CheckedRows checked =
              NO_FURTHER.check(gathered, gathered.rows(), UnaryOperator.identity())) {
        assertVerdicts(checked);
      }
    }
  }

  private static void assertVerdicts(CheckedRows checked) {
    assertThat(lines(checked.accepted().select("id", "value", "file_rank", "source_line")))
        .containsExactly("agrees|1.0|1|4", "conflict|3.0|0|4", "plain|1.0|1|2", "restated|2.0|1|5");
    assertThat(
            lines(
                checked
                    .quarantined()
                    .select("source_file", "source_line", "rule", "message", "raw_record")))
        .containsExactly(
            "a.csv|3|restated|id restated is given by b.csv line 5 too, which counts because"
                + " it comes later: value is 2.0 there and 1.0 here|restated,1",
            "b.csv|10|not-a-number|value is 'one'; it must be a number such as 12.5, without"
                + " thousands separators or units|text,one",
            "b.csv|11|not-finite|value is 'inf'; it must be a finite number|inf,inf",
            "b.csv|12|malformed-record|too few fields|cut",
            "b.csv|6|conflicting-duplicate|the file has 2 rows for id conflict, and they"
                + " differ; none is taken|conflict,1",
            "b.csv|7|conflicting-duplicate|the file has 2 rows for id conflict, and they"
                + " differ; none is taken|conflict,2",
            "b.csv|8|missing-id|id is missing; every row needs it|null,1",
            "b.csv|9|missing-id|id is missing; every row needs it|null,1");
    assertThat(checked.account().accepted()).isEqualTo(4);
    assertThat(checked.account().duplicate()).isEqualTo(2);
    assertThat(checked.account().quarantined()).isEqualTo(8);
    assertThat(checked.account().rowsIn()).isEqualTo(14);
    assertThat(checked.account().unknownFields()).containsExactly(Map.entry("new", 1L));
  }

  /** The latest by its number in the table; the clock orders only rows without a number. */
  @Test
  void onlyTheLatestVersionOfAFileCounts() {
    List<Row> rows =
        List.of(
            version("a.csv", 2L, "2026-01-01", "corrected", "2"),
            version("a.csv", 1L, "2026-01-02", "corrected", "1"),
            version("a.csv", null, "2026-01-03", "withdrawn", "1"),
            version("b.csv", null, "2026-01-01", "other", "0"),
            version("b.csv", null, "2026-01-02", "other", "1"));
    try (CheckedRows checked = CHECKS.check(typed(rows, 2))) {
      assertThat(lines(checked.accepted().select("id", "value")))
          .containsExactly("corrected|2.0", "other|1.0");
      assertThat(checked.account().rowsIn()).isEqualTo(2);
    }
  }

  @Test
  void parsesStrictlyAndNeverThrows() {
    assertThat(
            parsed("2025-11-03", "20251103", "2025-02-30", "2025-11-3", "03/11/2025", "20251301"))
        .extracting(r -> r.getAs("as_date"))
        .containsExactly(
            Date.valueOf("2025-11-03"), Date.valueOf("2025-11-03"), null, null, null, null);
    assertThat(parsed("244.22", "-1e-3", "+5", ".5", "1d", "0x1p3", "1,000", "n/a", "12 000"))
        .extracting(r -> r.getAs("as_number"))
        .containsExactly(244.22, -0.001, 5.0, 0.5, null, null, null, null, null);
    assertThat(parsed("0.38", "-0.70", "0.02", "1.10"))
        .extracting(r -> r.getAs("as_percent"))
        .containsExactly(0.0038, -0.0070, 0.0002, 0.0110);
    assertThat(
            parsed(
                "2025-11-03T09:00:00-05:00",
                "2025-11-03T14:00:00Z",
                "2025-11-03T23:30-0500",
                "2025-11-04T03:00:00.5+00:00",
                "2025-11-03T09:00:00",
                "2025-11-03T25:00:00Z",
                "2025-11-31T09:00:00Z"))
        .extracting(r -> r.<Timestamp>getAs("as_instant"))
        .extracting(t -> t == null ? null : t.toInstant())
        .containsExactly(
            Instant.parse("2025-11-03T14:00:00Z"),
            Instant.parse("2025-11-03T14:00:00Z"),
            Instant.parse("2025-11-04T04:30:00Z"),
            Instant.parse("2025-11-04T03:00:00.5Z"),
            null,
            null,
            null);
    assertThat(parsed("2025-11-04T03:00:00Z", "2025-11-04T05:00:00Z", "2025-11-04", "20251104"))
        .extracting(r -> r.getAs("as_new_york_day"))
        .containsExactly(
            Date.valueOf("2025-11-03"),
            Date.valueOf("2025-11-04"),
            Date.valueOf("2025-11-04"),
            Date.valueOf("2025-11-04"));
    assertThat(parsed("9:30", "09:30:00", "16:00", "24:00", "4pm"))
        .extracting(r -> r.getAs("as_time"))
        .containsExactly("09:30", "09:30", "16:00", null, null);
    assertThat(parsed("1018724", "0001018724", "AMZN"))
        .extracting(r -> r.getAs("as_cik"))
        .containsExactly("0001018724", "0001018724", null);
  }

  private static List<Row> parsed(String... values) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      rows.add(row("a.csv", i, "id", values[i]));
    }
    return typed(rows, 1)
        .select(
            Parse.date("value").as("as_date"),
            Parse.number("value").as("as_number"),
            Parse.percent("value").as("as_percent"),
            Parse.instant("value").as("as_instant"),
            Parse.newYorkDay("value").as("as_new_york_day"),
            Parse.timeOfDay("value").as("as_time"),
            Parse.cik("value").as("as_cik"),
            col("source_line"))
        .orderBy("source_line")
        .collectAsList();
  }

  private static Dataset<Row> typed(List<Row> rows, int partitions) {
    return typed(delivered(rows, partitions).rows());
  }

  private static Dataset<Row> typed(Dataset<Row> delivered) {
    return delivered.withColumn("id", Parse.text("id")).withColumn("value", Parse.number("value"));
  }

  private static DeliveredVersions delivered(List<Row> rows, int partitions) {
    Dataset<Row> bronze =
        SparkForTests.session()
            .createDataFrame(rows, BRONZE)
            .withColumn("ingested_at", col("ingested_at").cast(DataTypes.TimestampType))
            .repartition(partitions);
    return DeliveredVersions.of(bronze, List.of("id", "value"), new DeliveryRules(0.5, List.of()));
  }

  private static Row row(String file, long line, String id, String value) {
    return RowFactory.create(
        id, value, null, id + "," + value, null, null, file, "sha", line, null, "2026-01-01", 1L);
  }

  private static Row version(
      String file, Long delivery, String ingestedAt, String id, String value) {
    return RowFactory.create(
        id, value, null, "", null, null, file, "sha", 2L, null, ingestedAt, delivery);
  }

  private static List<String> lines(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(r -> r.mkString("|")).sorted().toList();
  }
}
