package io.dealimpact.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The release archive, unpacked away from the repository and run on a Spark that is not ours: a
 * small night by {@code bin/submit}, and by the plain {@code spark-submit} of operations.md.
 */
@Tag("program")
@Tag("slow")
@TestMethodOrder(MethodOrderer.MethodName.class)
class ArchiveIT {
  private static final Duration LIMIT = Duration.ofMinutes(10);

  private static final Pattern FAILED_DOWNLOAD =
      Pattern.compile("download failed: (\\S+#\\S+;[^!]+)!");

  /** One company, its benchmark and one deal. */
  private static final List<String> FEEDS =
      List.of("instruments", "calendar", "bars/yahoo", "shares", "splits");

  @TempDir private static Path elsewhere;
  private static Path release;
  private static Path spark;
  private static Path landing;
  private static Path lake;

  @BeforeAll
  static void unpack() throws IOException {
    release = Release.unpack(elsewhere);
    spark = Release.sparkHome(Files.createDirectories(elsewhere.resolve("spark")));
    landing = elsewhere.resolve("landing");
    lake = elsewhere.resolve("lake");
    for (String feed : FEEDS) {
      Path from = release.resolve("data-samples").resolve(feed);
      Path to = Files.createDirectories(landing.resolve(feed));
      try (Stream<Path> files = Files.list(from)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Files.copy(file, to.resolve(file.getFileName()));
        }
      }
    }
    Path deals = Files.createDirectories(landing.resolve("deals"));
    Files.writeString(
        deals.resolve("one.jsonl"),
        "{\"deal_id\": \"aws\", \"announced_at\": \"2025-11-03T09:00:00-05:00\", \"status\":"
            + " \"signed\", \"title\": \"OpenAI and AWS\", \"parties\": [{\"organisation\":"
            + " \"Amazon\", \"role\": \"provider\", \"instrument_id\": \"AMZN\"}]}\n");
  }

  @Test
  void submitRunsANightThatDealImpactReads() {
    Commands.Ended night =
        run(
            release.resolve("bin/submit").toString(),
            "--master",
            "local[2]",
            "--conf",
            "spark.ui.enabled=false",
            "--conf",
            "spark.sql.shuffle.partitions=1",
            "--conf",
            "spark.databricks.delta.snapshotPartitions=1",
            "--conf",
            "spark.driver.host=127.0.0.1",
            "--",
            "nightly",
            "--landing",
            landing.toString(),
            "--lake",
            lake.toString());

    assertThat(night.status()).as(night.failureText()).isZero();
    // Spark's own logging, which is on in a Spark that nobody configured, goes on after the last
    // line.
    assertThat(night.err()).anyMatch(line -> line.matches("\\{\"run_id\":.*\"exit_code\":0,.*"));
    assertAnswer();
  }

  /** Amazon's 9.78 dollars of 2025-11-03 on the 10,690,216,011 shares that were known. */
  private static void assertAnswer() {
    Commands.Ended answer =
        run(
            release.resolve("bin/deal-impact").toString(),
            "sql",
            "--lake",
            lake.toString(),
            "--format",
            "csv",
            "select event_id, round(raw_close_usd / 1e9, 2) as billions from gold.event_impact"
                + " where model = 'market-model' and window_start = 0 and window_end = 0");

    assertThat(answer.status()).as(answer.failureText()).isZero();
    assertThat(answer.out()).containsExactly("event_id,billions", "aws:AMZN,104.55");
  }

  /**
   * The line of operations.md, with this machine's folders. Its packages are brought to the local
   * Maven repository first, where Spark looks before it asks the network. It goes on with the lake
   * of the other test, and finds that nothing is new.
   */
  @Test
  void thePlainSparkSubmitOfTheDocumentationRunsIt() throws IOException {
    List<String> line = documented();
    String packages = line.get(line.indexOf("--packages") + 1);
    fetch(packages);

    List<String> words = new ArrayList<>();
    for (String word : line) {
      words.add(
          switch (word) {
            case "$SPARK_HOME/bin/spark-submit" -> spark.resolve("bin/spark-submit").toString();
            case "spark://host:7077" -> "local[2]";
            case "s3a://bucket/landing" -> landing.toString();
            case "s3a://bucket/lake" -> lake.toString();
            default ->
                word.startsWith("lib/deal-impact-") ? release.resolve(word).toString() : word;
          });
    }
    words.addAll(
        1,
        List.of(
            "--conf",
            "spark.jars.ivy=" + elsewhere.resolve("ivy"),
            "--conf",
            "spark.sql.shuffle.partitions=1",
            "--conf",
            "spark.databricks.delta.snapshotPartitions=1",
            "--conf",
            "spark.driver.host=127.0.0.1"));
    Commands.Ended night = run(words.toArray(String[]::new));
    List<String> missing =
        FAILED_DOWNLOAD
            .matcher(String.join("\n", night.err()))
            .results()
            .map(failed -> failed.group(1).replaceAll("[#;]", ":"))
            .toList();
    if (!missing.isEmpty()) {
      // Of two versions of a library Maven takes the nearest, Spark's resolver the newest.
      missing.forEach(ArchiveIT::fetch);
      night = run(words.toArray(String[]::new));
    }

    assertThat(night.status()).as(night.failureText()).isZero();
    assertThat(night.err()).anyMatch(said -> said.matches("\\{\"run_id\":.*\"stages_done\":0,.*"));
    assertAnswer();
  }

  private static void fetch(String artifact) {
    Commands.Ended fetched =
        Commands.run(
            LIMIT,
            Map.of(),
            List.of("mvn", "-q", "-B", "dependency:get", "-Dartifact=" + artifact));
    assertThat(fetched.status()).as(fetched.failureText()).isZero();
  }

  /** The words of the first spark-submit command in operations.md, its lines joined. */
  private static List<String> documented() throws IOException {
    String page = Files.readString(release.resolve("docs/operations.md"));
    int start = page.indexOf("$SPARK_HOME/bin/spark-submit");
    assertThat(start).as("docs/operations.md has the command").isNotNegative();
    String command = page.substring(start, page.indexOf("\n```", start)).replace("\\\n", " ");
    return Arrays.asList(command.strip().split("\\s+", -1));
  }

  private static Commands.Ended run(String... command) {
    return Commands.run(LIMIT, Map.of("SPARK_HOME", spark.toString()), List.of(command));
  }
}
