package io.dealimpact.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The README's commands, as a reader would type them. */
@Tag("program")
@Tag("slow")
class ReadmeIT {
  /** The first question after a build also keeps the classes that it loaded. */
  private static final Duration LIMIT = Duration.ofMinutes(10);

  private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\\n(.*?)^```");
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(#.*)|(\\S+)");

  /** Commands that other tests run, or that no test can: builds, clusters, servers. */
  private static final Pattern ELSEWHERE =
      Pattern.compile(
          "mvn .*|git .*|tar .*|(jobs/)?bin/(submit|notebook)\\b.*"
              + "|(jobs/)?bin/deal-impact (nightly|bench|calibrate|backfill)\\b.*");

  /** Commands in shell blocks, continued lines joined. */
  private static List<String> commands() throws IOException {
    List<String> commands = new ArrayList<>();
    Matcher blocks = BLOCK.matcher(Files.readString(Commands.project().resolve("README.md")));
    while (blocks.find()) {
      blocks
          .group(1)
          .replace("\\\n", " ")
          .lines()
          .filter(line -> !line.isBlank())
          .forEach(commands::add);
    }
    return commands;
  }

  static Stream<String> questions() throws IOException {
    return commands().stream().filter(command -> !ELSEWHERE.matcher(command).matches());
  }

  /** On the shared lake instead of {@code lake}. */
  @ParameterizedTest
  @MethodSource("questions")
  void answers(String command) {
    List<String> words = new ArrayList<>();
    Matcher found = WORD.matcher(command);
    while (found.find() && found.group(3) == null) {
      words.add(
          found.group(1) != null
              ? found.group(1)
              : found.group(2) != null ? found.group(2) : found.group(4));
    }
    int lake = words.indexOf("--lake") + 1;
    if (lake > 0) {
      words.set(lake, EmbeddedLake.path().toString());
    }

    Commands.Ended ended = Commands.run(LIMIT, Map.of(), words);

    assertThat(ended.status()).as(ended.failureText()).isZero();
    assertThat(ended.out()).as(ended.failureText()).hasSizeGreaterThan(1);
  }

  /** The main job, which the shared lake is made with, stands in the README as it is run. */
  @Test
  void theMainJobIsTheOneThatTheTestsRun() throws IOException {
    assertThat(commands())
        .anyMatch(
            command ->
                command.startsWith("jobs/bin/deal-impact nightly --landing data-samples --lake"))
        .anyMatch(command -> command.startsWith("mvn -B verify"));
  }
}
