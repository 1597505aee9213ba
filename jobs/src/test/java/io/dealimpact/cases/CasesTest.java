package io.dealimpact.cases;

import static org.assertj.core.api.Assertions.assertThat;

import io.dealimpact.config.Configuration;
import io.dealimpact.config.ConfigurationReader;
import io.dealimpact.flow.Runs;
import io.dealimpact.lake.Lake;
import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.Tables;
import io.dealimpact.run.ExitCode;
import io.dealimpact.run.RunContext;
import io.dealimpact.testing.SparkForTests;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Landing zones that went wrong once, run through the whole program: see the README of the folder
 * {@code cases}.
 */
@Tag("spark")
@Tag("slow")
class CasesTest {
  private static final String ALONE = "alone";
  private static final List<TableSpec> TABLES =
      List.of(
          Tables.INSTRUMENTS,
          Tables.BARS,
          Tables.RETURNS,
          Tables.FACTORS,
          Tables.DEALS,
          Tables.EVENT_IMPACT,
          Tables.ABNORMAL_RETURNS,
          Tables.DEAL_IMPACT,
          Tables.STUDY_TESTS,
          Tables.CAR_REGRESSIONS,
          Tables.QUARANTINE,
          Tables.RUN_LOG);

  /** Lakes by the landing zone they are of: all cases that run together have one. */
  private static final Map<String, Path> LAKES = new HashMap<>();

  @TempDir private static Path folder;

  static List<String> ids() throws IOException {
    try (Stream<Path> cases = Files.list(resources())) {
      String chosen = System.getProperty("cases", "");
      return cases
          .map(path -> path.getFileName().toString())
          .filter(id -> Files.exists(resources().resolve(id).resolve("expected.sql")))
          .filter(id -> chosen.isEmpty() || List.of(chosen.split(",", -1)).contains(id))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("ids")
  void comesOutRight(String id) throws IOException {
    List<String> settings = settings(id);
    String name = settings == null ? "together" : id;
    if (!LAKES.containsKey(name)) {
      LAKES.put(name, folder.resolve(name).resolve("lake"));
      nights(name, settings == null ? together() : List.of(id), settings);
    }
    Lake lake =
        new Lake(SparkForTests.session(), LAKES.get(name).toString(), Lake.Writes.SUPPRESSED);
    for (TableSpec table : TABLES) {
      lake.readOrEmpty(table)
          .createOrReplaceTempView(table.fullName().substring(table.fullName().indexOf('.') + 1));
    }
    SparkSession views = SparkForTests.session();
    List<String> wanted = new ArrayList<>();
    List<String> found = new ArrayList<>();
    for (String line : Files.readAllLines(resources().resolve(id).resolve("expected.sql"))) {
      if (line.startsWith("= ")) {
        wanted.add(line.substring(2));
      } else if (!line.isBlank() && !line.startsWith("--")) {
        wanted.add(line);
        found.add(line);
        found.addAll(answer(views, line));
      }
    }
    assertThat(String.join("\n", found)).isEqualTo(String.join("\n", wanted));
  }

  private static List<String> answer(SparkSession spark, String query) {
    return spark.sql(query).collectAsList().stream().map(CasesTest::text).sorted().toList();
  }

  private static String text(Row row) {
    return IntStream.range(0, row.length())
        .mapToObj(i -> row.isNullAt(i) ? "NULL" : String.valueOf(row.get(i)))
        .collect(Collectors.joining(" | "));
  }

  private static List<String> together() throws IOException {
    List<String> together = new ArrayList<>();
    for (String id : ids()) {
      if (settings(id) == null) {
        together.add(id);
      }
    }
    return together;
  }

  /** The settings of a case that runs alone; null for one that does not. */
  private static List<String> settings(String id) throws IOException {
    Path alone = resources().resolve(id).resolve(ALONE);
    return Files.exists(alone) ? Files.readAllLines(alone) : null;
  }

  private static void nights(String name, List<String> ids, List<String> settings)
      throws IOException {
    Path landing = folder.resolve(name).resolve("landing");
    Path lake = folder.resolve(name).resolve("lake");
    copy(resources().resolve("_base/landing"), landing);
    boolean hasCalendar = settings == null || !settings.contains("calendar=none");
    if (hasCalendar) {
      copy(resources().resolve("_base-calendar/landing"), landing);
    }
    for (String id : ids) {
      copy(resources().resolve(id).resolve("landing"), landing);
    }
    List<String> set = new ArrayList<>();
    set.add("landing=" + landing);
    set.add("lake=" + lake);
    set.add("study.models=[market-model]");
    set.add("study.groups=[all]");
    set.add("study.robustness.benchmarks=[]");
    set.add("study.robustness.sectors=[fund]");
    set.add("study.robustness.estimation_lengths=[]");
    set.add("study.bootstrap.replicates=0");
    set.add("quality.max_quarantined_share=1.0");
    if (settings != null) {
      settings.stream()
          .filter(s -> s.startsWith("quality.") || s.startsWith("study."))
          .forEach(set::add);
    }
    night(set);
    Path second = resources().resolve(ids.get(0)).resolve("night2");
    if (ids.size() == 1 && Files.exists(second)) {
      copy(second, landing);
      night(set);
    }
  }

  private static void night(List<String> settings) {
    Configuration configuration = new ConfigurationReader().read(Optional.empty(), settings);
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    ExitCode exit =
        new Runs(
                SparkForTests.session(),
                configuration,
                new PrintStream(said, true, StandardCharsets.UTF_8))
            .nightly(
                RunContext.begin(
                    Clock.systemUTC(),
                    "nightly",
                    RunContext.Effect.WRITE,
                    RunContext.DateRange.ALWAYS),
                () -> {});
    assertThat(exit).as(said.toString(StandardCharsets.UTF_8)).isEqualTo(ExitCode.OK);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> paths = Files.walk(from)) {
      paths
          .filter(Files::isRegularFile)
          .forEach(
              path -> {
                try {
                  Path target = to.resolve(from.relativize(path).toString());
                  Files.createDirectories(target.getParent());
                  Files.copy(path, target, StandardCopyOption.REPLACE_EXISTING);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }

  private static Path resources() {
    return Path.of(System.getProperty("project.root", ".."))
        .resolve("jobs/src/test/resources/cases");
  }
}
