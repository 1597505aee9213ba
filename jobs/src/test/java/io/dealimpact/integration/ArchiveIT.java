package io.dealimpact.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The release archive, unpacked away from the repository and run on a Spark that is not ours. The
 * five steps of your-own-data.md make the lake, and its commands read it; {@code bin/submit} and
 * the plain {@code spark-submit} of operations.md go on with it. Where the tests can become another
 * user, that user takes the five steps, and can write to no folder but an empty home.
 */
@Tag("program")
@Tag("slow")
@TestMethodOrder(MethodOrderer.MethodName.class)
class ArchiveIT {
  private static final Duration LIMIT = Duration.ofMinutes(10);

  private static final Pattern FAILED_DOWNLOAD =
      Pattern.compile("download failed: (\\S+#\\S+;[^!]+)!");

  /** A block of the page, and the file that the line before it names, if it names one. */
  private static final Pattern BLOCK =
      Pattern.compile("(?m)(?:^.*`(my-landing/[^`*]+[.]\\w+)`:\\n\\n)?^```(\\w*)\\n((?s:.*?))^```");

  /** What the page says to add where dollars are missing. */
  private static final String SHARES = "data-samples/shares";

  @TempDir private static Path elsewhere;
  private static Path release;
  private static Path spark;
  private static Path home;
  private static Optional<OtherUser> user;

  @BeforeAll
  static void unpack() throws IOException {
    OtherUser.open(elsewhere);
    user = OtherUser.of(elsewhere);
    home =
        user.isPresent()
            ? user.get().home()
            : Files.createDirectories(elsewhere.resolve("our-home"));
    release = Release.unpack(elsewhere);
    spark = Release.sparkHome(Files.createDirectories(elsewhere.resolve("spark")));
  }

  private static Path landing() {
    return home.resolve("my-landing");
  }

  private static Path lake() {
    return home.resolve("my-lake");
  }

  /**
   * What the page shows is typed into the files that it names; its commands are run as they are.
   */
  @Test
  void aReaderTakesTheFiveStepsWithTheirOwnData() throws IOException {
    List<List<String>> answers = new ArrayList<>();
    // The page's commands begin with jobs/bin, as in a source tree.
    type("ln -s '%s' jobs".formatted(release));
    String page = Files.readString(release.resolve("docs/your-own-data.md"));
    Matcher blocks = BLOCK.matcher(page);
    while (blocks.find()) {
      String file = blocks.group(1);
      if (file != null) {
        type("cat > '%s' <<'END'%n%sEND".formatted(file, blocks.group(3)));
      } else if (blocks.group(3).contains("deal-impact nightly")) {
        for (String ticker : List.of("AMZN", "SPY")) {
          type(
              "cp '%s' my-landing/bars/yahoo/"
                  .formatted(release.resolve("data-samples/bars/yahoo/" + ticker + ".csv")));
        }
        type("cp -r '%s' my-landing/".formatted(release.resolve(SHARES)));
        blocks.group(3).lines().forEach(command -> answers.add(type(command)));
      } else {
        assertThat(blocks.group(2)).as("a block without a file is of commands").isEqualTo("sh");
        type(blocks.group(3));
      }
    }

    assertThat(landing().resolve("instruments/instruments.csv")).isNotEmptyFile();
    assertThat(landing().resolve("deals/deals.jsonl")).isNotEmptyFile();
    assertThat(answers).as("commands of the fifth step").hasSize(3);
    assertThat(String.join("\n", answers.get(2))).contains("openai-aws:AMZN", "OK");
    assertAnswer();
  }

  /** Runs lines of a shell in the user's home, and returns what they print. */
  private static List<String> type(String lines) {
    Commands.Ended ended = run(home, "bash", "-euc", lines);
    assertThat(ended.status()).as(ended.failureText()).isZero();
    return ended.out();
  }

  /** In the folder of the release, which is not the user's. Nothing is new since the five steps. */
  @Test
  void submitGoesOnWithALakeOfDealImpact() {
    Commands.Ended night =
        run(
            release,
            "bin/submit",
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
            landing().toString(),
            "--lake",
            lake().toString());

    assertThat(night.status()).as(night.failureText()).isZero();
    // Spark's own logging, which is on in a Spark that nobody configured, goes on after the last
    // line.
    assertThat(night.err()).anyMatch(said -> said.matches("\\{\"run_id\":.*\"stages_done\":0,.*"));
  }

  /** Amazon's 9.78 dollars of 2025-11-03 on the 10,690,216,011 shares that were known. */
  private static void assertAnswer() {
    Commands.Ended answer =
        run(
            release,
            "bin/deal-impact",
            "sql",
            "--lake",
            lake().toString(),
            "--format",
            "csv",
            "select event_id, round(raw_close_usd / 1e9, 2) as billions from gold.event_impact"
                + " where model = 'market-model' and window_start = 0 and window_end = 0");

    assertThat(answer.status()).as(answer.failureText()).isZero();
    assertThat(answer.out()).containsExactly("event_id,billions", "openai-aws:AMZN,104.55");
  }

  /**
   * A report of that night. The archive was unpacked by root. What the runs leave is the user's,
   * and lies in their home or goes with the run.
   */
  @Test
  void theNightWasAnotherUsersWhoAlsoHasItsReport() throws IOException {
    assumeTrue(user.isPresent(), OtherUser.MISSING);
    Path file = home.resolve("report.html");

    Commands.Ended report =
        run(
            release,
            "bin/deal-impact",
            "report",
            "--lake",
            lake().toString(),
            "--out",
            file.toString());

    assertThat(report.status()).as(report.failureText()).isZero();
    assertThat(report.out()).containsExactly(file.toString());
    assertThat(Files.readString(file)).contains("OpenAI and AWS");
    String name = Files.getOwner(home).getName();
    assertThat(ownersBelow(home)).containsExactly(name);
    assertThat(ownersBelow(release)).doesNotContain(name);
    try (Stream<Path> left = Files.list(home)) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("jobs", "my-landing", "my-lake", "report.html");
    }
  }

  private static Set<String> ownersBelow(Path folder) throws IOException {
    Set<String> owners = new TreeSet<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        if (!Files.isSymbolicLink(file)) {
          owners.add(Files.getOwner(file).getName());
        }
      }
    }
    return owners;
  }

  /**
   * The line of operations.md, with this machine's folders. Its packages are brought to the local
   * Maven repository first, where Spark looks before it asks the network. It goes on with the lake
   * of the other tests, and finds that nothing is new.
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
            case "s3a://bucket/landing" -> landing().toString();
            case "s3a://bucket/lake" -> lake().toString();
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
    Commands.Ended night = asOurselves(words);
    List<String> missing =
        FAILED_DOWNLOAD
            .matcher(String.join("\n", night.err()))
            .results()
            .map(failed -> failed.group(1).replaceAll("[#;]", ":"))
            .toList();
    if (!missing.isEmpty()) {
      // Of two versions of a library Maven takes the nearest, Spark's resolver the newest.
      missing.forEach(ArchiveIT::fetch);
      night = asOurselves(words);
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

  /** By the other user where there is one. */
  private static Commands.Ended run(Path folder, String... command) {
    Map<String, String> environment = Map.of("SPARK_HOME", spark.toString());
    if (user.isPresent()) {
      return Commands.run(
          LIMIT, Map.of(), user.get().command(folder, environment, List.of(command)));
    }
    List<String> there = new ArrayList<>(List.of("env", "--chdir=" + folder));
    there.addAll(List.of(command));
    return Commands.run(LIMIT, environment, there);
  }

  /** For what looks into the tests' own Maven repository. */
  private static Commands.Ended asOurselves(List<String> command) {
    return Commands.run(LIMIT, Map.of("SPARK_HOME", spark.toString()), command);
  }
}
