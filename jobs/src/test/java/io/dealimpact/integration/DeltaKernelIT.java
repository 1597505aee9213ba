package io.dealimpact.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dealimpact.lake.Lake;
import io.dealimpact.lake.Tables;
import io.dealimpact.testing.SparkForTests;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Another reader of Delta tables, here Delta Kernel in a JVM without Spark, reads the very rows
 * that Spark reads.
 */
@Tag("program")
class DeltaKernelIT {
  @Test
  void readsEventImpactAsSparkDoes() throws IOException {
    Path lake = EmbeddedLake.path();
    Path table = lake.resolve("gold/event_impact");
    Commands.Ended ended = kernel(table);
    assertThat(ended.status()).as(ended.failureText()).isZero();
    JsonNode said = new ObjectMapper().readTree(ended.out().get(0));
    assertThat(said.get("min_reader_version").asInt()).isEqualTo(1);

    Dataset<Row> spark =
        new Lake(SparkForTests.session(), lake.toString(), Lake.Writes.SUPPRESSED)
            .read(Tables.EVENT_IMPACT);
    Map<String, String> types = new LinkedHashMap<>();
    said.get("types")
        .properties()
        .forEach(type -> types.put(type.getKey(), type.getValue().asText()));
    assertThat(types.keySet()).containsExactlyElementsOf(Tables.EVENT_IMPACT.columnNames());
    assertThat(types)
        .isEqualTo(
            Arrays.stream(spark.schema().fields())
                .collect(Collectors.toMap(f -> f.name(), f -> named(f.dataType()))));

    TableRows bySpark = TableRows.of(spark);
    TableRows byKernel = new TableRows(List.copyOf(types.keySet()), rows(said.get("rows")));
    assertThat(byKernel.rows()).hasSameSizeAs(bySpark.rows()).isNotEmpty();
    assertThat(
            TableRows.differences(
                Tables.EVENT_IMPACT.keys(), "spark", bySpark, "delta kernel", byKernel))
        .isEmpty();
  }

  /** A type as Delta Kernel names it. */
  private static String named(DataType type) {
    return type instanceof ArrayType array
        ? "array[" + array.elementType().typeName() + "]"
        : type.typeName();
  }

  @Test
  void everyTableAsksForReaderVersionOne() throws IOException {
    Path lake = EmbeddedLake.path();
    Map<String, Integer> versions = new LinkedHashMap<>();
    for (String table : SubmitIT.tableNames(lake)) {
      versions.put(table, minReaderVersion(lake.resolve(table).resolve("_delta_log")));
    }
    assertThat(versions).isNotEmpty().allSatisfy((table, version) -> assertThat(version).isOne());
  }

  /** The newest protocol action in a table's log. */
  private static int minReaderVersion(Path log) throws IOException {
    int version = -1;
    try (Stream<Path> commits = Files.list(log)) {
      for (Path commit :
          commits.filter(path -> path.toString().endsWith(".json")).sorted().toList()) {
        for (String line : Commands.lines(commit)) {
          version =
              new ObjectMapper()
                  .readTree(line)
                  .path("protocol")
                  .path("minReaderVersion")
                  .asInt(version);
        }
      }
    }
    return version;
  }

  private static List<List<String>> rows(JsonNode array) {
    List<List<String>> rows = new ArrayList<>();
    for (JsonNode row : array) {
      List<String> cells = new ArrayList<>();
      row.forEach(cell -> cells.add(cell.isNull() ? null : cell.asText()));
      rows.add(cells);
    }
    return rows;
  }

  private static Commands.Ended kernel(Path table) {
    String all =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    String withoutSpark =
        Arrays.stream(all.split(File.pathSeparator))
            .filter(entry -> !Path.of(entry).getFileName().toString().matches("(delta-)?spark-.*"))
            .collect(Collectors.joining(File.pathSeparator));
    return Commands.run(
        Duration.ofMinutes(3),
        Map.of(),
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-cp",
            withoutSpark,
            KernelReader.class.getName(),
            table.toString()));
  }
}
