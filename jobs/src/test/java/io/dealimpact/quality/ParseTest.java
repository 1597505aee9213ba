package io.dealimpact.quality;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import io.dealimpact.testing.SparkForTests;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Texts as people and programs write them, and what they are taken for. */
@Tag("spark")
class ParseTest {
  private static final String NOTHING = "nothing";

  @Test
  void aNumberIsADecimalOneAsPeopleWriteThem() {
    Map<String, String> numbers = new HashMap<>();
    List.of("12.5", " 12.5 ", "+12.5", "12.50", "1.25e1", "125E-1")
        .forEach(text -> numbers.put(text, "12.5"));
    numbers.put("-3.", "-3.0");
    numbers.put(".5", "0.5");
    numbers.put("1e999", "Infinity");
    numbers.put("-1e999", "-Infinity");
    numbers.put("+NaN", "NaN");
    List.of("1d", "1D", "1f", "1F", "0x1p3", "0X1P3", "1.5e3d", "Infinity", "-Infinity", "inf")
        .forEach(text -> numbers.put(text, NOTHING));
    List.of(
            "", " ", "NaN", "nan", "NULL", "(null)", "n/a", "N/A", "-", "–", "<NA>", "#N/A", ".",
            "many")
        .forEach(text -> numbers.put(text, NOTHING));
    List.of("1,234.5", "12 %", "1 2", "$5", "e", "1e", "--1").forEach(t -> numbers.put(t, NOTHING));

    assertThat(read(Parse.number("text").cast("string"), numbers)).isEqualTo(numbers);
  }

  @Test
  void aRatioIsANumberOrAPair() {
    Map<String, String> ratios = new HashMap<>();
    List.of("10", "10.0", "10:1", "10/1", "10-for-1", "10 : 1", "10to1", "20:2")
        .forEach(text -> ratios.put(text, "10.0"));
    ratios.put("0", "0.0");
    List.of("10:0", "10:", "NaN", "1-2", "a:b", "").forEach(text -> ratios.put(text, NOTHING));

    assertThat(read(Parse.ratio("text").cast("string"), ratios)).isEqualTo(ratios);
  }

  @Test
  void aDayIsWrittenInFullAndExists() {
    Map<String, String> days = new HashMap<>();
    List.of(
            "2025-11-03",
            " 2025-11-03 ",
            "2025/11/03",
            "20251103",
            "2025-11-03 00:00:00",
            "2025-11-03T00:00:00Z",
            "2025-11-03T00:00:00-05:00")
        .forEach(text -> days.put(text, "2025-11-03"));
    days.put("0001-01-01", "0001-01-01");
    days.put("2024-02-29", "2024-02-29");
    List.of(
            "2025-02-29",
            "2025-13-01",
            "2025-00-10",
            "2025-11-3",
            "2025-11-3\t",
            "2025-11-1T",
            "2025-11-03T09:30:00Z",
            "2025-11/03",
            "2025-11-0x",
            "+202-11-03",
            "-202-11-03",
            "20é5-11-03",
            "2025-1-031",
            "03-11-2025",
            "202511",
            "NaT",
            "")
        .forEach(text -> days.put(text, NOTHING));

    assertThat(read(Parse.date("text").cast("string"), days)).isEqualTo(days);
  }

  /** What each of some texts is read as. */
  private static Map<String, String> read(Column parsed, Map<String, String> texts) {
    Dataset<Row> found =
        SparkForTests.session()
            .createDataset(texts.keySet().stream().sorted().toList(), Encoders.STRING())
            .toDF("given")
            .select(col("given"), DeliveredRows.as("text", col("given")))
            .select(col("given"), parsed.as("parsed"));
    Map<String, String> read = new HashMap<>();
    for (Row row : found.collectAsList()) {
      read.put(row.getString(0), row.isNullAt(1) ? NOTHING : row.getString(1));
    }
    return read;
  }
}
