package io.dealimpact.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dealimpact.lake.Lake;
import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.Tables;
import io.dealimpact.testing.SparkForTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code jobs/bin/submit} on a cluster of two executor JVMs, with Kryo, from a landing zone into an
 * empty lake. The driver writes Arabic digits and lives in Auckland, its executors are Turkish. The
 * tables are those of the embedded run, bit for bit.
 */
@Tag("program")
@Tag("slow")
class SubmitIT {
  private static Path embedded;
  private static Path submitted;
  private static Path events;
  private static Commands.Ended run;

  @BeforeAll
  static void submit() throws IOException {
    embedded = EmbeddedLake.path();
    submitted = Commands.fresh("submitted");
    events = Files.createDirectories(Commands.fresh("submitted-events"));
    run =
        Commands.run(
            EmbeddedLake.NIGHTLY_LIMIT,
            Map.of(
                "JDK_JAVA_OPTIONS",
                "-Duser.language=ar -Duser.country=EG -Duser.timezone=Pacific/Auckland"),
            List.of(
                "jobs/bin/submit",
                "--master",
                "local-cluster[2,1,1024]",
                "--conf",
                "spark.serializer=org.apache.spark.serializer.KryoSerializer",
                // Other than the embedded run's: no figure may depend on it.
                "--conf",
                "spark.sql.shuffle.partitions=3",
                // Three JVMs on two cores: what each compiles keeps the others waiting.
                "--conf",
                "spark.sql.codegen.wholeStage=false",
                "--conf",
                "spark.sql.codegen.factoryMode=NO_CODEGEN",
                "--conf",
                "spark.sql.adaptive.enabled=false",
                "--conf",
                "spark.locality.wait=0s",
                "--conf",
                "spark.executor.extraJavaOptions=-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Duser.language=tr"
                    + " -Duser.country=TR",
                "--conf",
                "spark.databricks.delta.snapshotPartitions=2",
                "--conf",
                "spark.eventLog.enabled=true",
                "--conf",
                "spark.eventLog.compress=false",
                "--conf",
                "spark.eventLog.dir=" + events.toUri(),
                "--",
                "nightly",
                // Relative, as in the README: executors run in other folders.
                "--landing",
                Commands.project().relativize(EmbeddedLake.landing()).toString(),
                "--lake",
                Commands.project().relativize(submitted).toString()));
  }

  @Test
  void endsWellAndSaysSo() {
    assertThat(run.status()).as(run.failureText()).isZero();
    JsonNode closing = EmbeddedLake.closingLine(run);
    assertThat(closing.get("exit_code").asInt()).isZero();
    assertThat(closing.get("command").asText())
        .startsWith("nightly --landing jobs/target/integration/landing");
    assertThat(closing.get("rows_in").asLong())
        .as("in = accepted + duplicate + quarantined")
        .isPositive()
        .isEqualTo(
            closing.get("rows_accepted").asLong()
                + closing.get("rows_duplicate").asLong()
                + closing.get("rows_quarantined").asLong());
  }

  @Test
  void worksOnTwoExecutors() throws IOException {
    Map<String, Long> tasks = new TreeMap<>();
    ObjectMapper json = new ObjectMapper();
    try (Stream<Path> files = Files.walk(events)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        try (Stream<String> lines = Files.lines(file)) {
          for (String line : (Iterable<String>) lines.filter(SubmitIT::isTaskEnd)::iterator) {
            tasks.merge(
                json.readTree(line).path("Task Info").path("Executor ID").asText(), 1L, Long::sum);
          }
        }
      }
    }
    assertThat(tasks.keySet()).as("executors that ended tasks: %s", tasks).hasSize(2);
    assertThat(tasks).doesNotContainKey("driver");
  }

  private static boolean isTaskEnd(String line) {
    return line.startsWith("{\"Event\":\"SparkListenerTaskEnd\"");
  }

  @Test
  void writesTheTablesOfTheEmbeddedRun() throws IOException {
    assertThat(tableNames(submitted))
        .as(run.failureText())
        .contains("gold/event_impact", "gold/deal_impact")
        .isEqualTo(tableNames(embedded));
  }

  static List<TableSpec> computedTables() {
    return Tables.all().stream().filter(table -> !table.layer().equals("ops")).toList();
  }

  @ParameterizedTest
  @MethodSource("computedTables")
  void writesTheRowsOfTheEmbeddedRun(TableSpec table) {
    Lake left = new Lake(SparkForTests.session(), embedded.toString(), Lake.Writes.SUPPRESSED);
    Lake right = new Lake(SparkForTests.session(), submitted.toString(), Lake.Writes.SUPPRESSED);
    assertThat(right.exists(table)).as(run.lastLine()).isEqualTo(left.exists(table));
    if (left.exists(table)) {
      assertThat(
              TableRows.differences(
                  table.keys(),
                  "embedded",
                  TableRows.of(left.read(table)),
                  "submitted",
                  TableRows.of(right.read(table))))
          .as("%s of %s", table.fullName(), submitted)
          .isEmpty();
    }
  }

  /** {@code layer/table} of every table in a lake. */
  static Set<String> tableNames(Path lake) throws IOException {
    try (Stream<Path> logs = Files.find(lake, 3, (path, is) -> path.endsWith("_delta_log"))) {
      Set<String> names = new TreeSet<>();
      logs.forEach(log -> names.add(lake.relativize(log.getParent()).toString()));
      return names;
    }
  }
}
