package io.dealimpact.integration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dealimpact.lake.Lake;
import io.dealimpact.lake.Tables;
import io.dealimpact.testing.SmallLanding;
import io.dealimpact.testing.SparkForTests;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A night that a process manager ends with SIGTERM, and the one that goes on from there. */
@Tag("program")
@Tag("slow")
final class InterruptedRunIT {
  private static final Duration LIMIT = Duration.ofMinutes(5);

  /** A stage in the middle: its tables are finished, and the study that waits for it is not. */
  private static final Pattern FAR_ENOUGH = Pattern.compile("(?m)^conform-bars +done");

  @TempDir private Path folder;

  private List<String> command(String... more) {
    List<String> command = new ArrayList<>(List.of("jobs/bin/deal-impact", "nightly"));
    SmallLanding.settings().forEach(setting -> command.addAll(List.of("--set", setting)));
    command.addAll(List.of("--landing", folder.resolve("landing").toString()));
    command.addAll(List.of("--lake", folder.resolve("lake").toString()));
    command.addAll(List.of(more));
    return command;
  }

  @Test
  void sigtermIsAnExitOfItsOwnAndTheNextNightGoesOn() throws IOException, InterruptedException {
    new SmallLanding(folder.resolve("landing")).deliverDeals("AAA 2025-09-10", "BBB 2025-11-03");

    List<String> log = interrupted();

    JsonNode closing = new ObjectMapper().readTree(log.get(log.size() - 1));
    String runId = closing.get("run_id").asText();
    assertThat(closing.get("exit_code").asInt()).isEqualTo(143);
    assertThat(closing.get("exit_meaning").asText()).startsWith("interrupted");
    assertThat(closing.get("message").asText())
        .isEqualTo(
            "The run "
                + runId
                + " was interrupted from outside. Tables that it had finished are kept; run again,"
                + " and the next run goes on from there.");
    Map<String, String> results = results(runId);
    assertThat(results).containsEntry("(run)", "INTERRUPTED").containsEntry("conform-bars", "DONE");
    assertThat(results).doesNotContainValue("FAILED").doesNotContainKey("measure-events");

    Commands.Ended next = Commands.run(LIMIT, Map.of(), command("--dry-run"));

    assertThat(next.status()).as(next.failureText()).isZero();
    Set<String> again =
        next.err().stream()
            .filter(line -> line.contains("would run"))
            .map(line -> line.substring(0, line.indexOf(' ')))
            .collect(Collectors.toSet());
    assertThat(again).contains("measure-events").doesNotContainAnyElementsOf(done(results));
  }

  private static List<String> done(Map<String, String> results) {
    return results.keySet().stream().filter(stage -> results.get(stage).equals("DONE")).toList();
  }

  /** Returns the standard error of a night that was ended in its midst. */
  private List<String> interrupted() throws IOException, InterruptedException {
    File err = folder.resolve("err").toFile();
    ProcessBuilder builder =
        new ProcessBuilder(command())
            .directory(Commands.project().toFile())
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(err);
    Process night = builder.start();
    try {
      long until = System.nanoTime() + LIMIT.toNanos();
      while (!FAR_ENOUGH.matcher(Files.readString(err.toPath(), UTF_8)).find()) {
        assertThat(night.isAlive() && System.nanoTime() < until)
            .as(Files.readString(err.toPath(), UTF_8))
            .isTrue();
        TimeUnit.MILLISECONDS.sleep(50);
      }
      night.destroy();
      assertThat(night.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } finally {
      night.destroyForcibly();
    }
    assertThat(night.exitValue()).as(Files.readString(err.toPath(), UTF_8)).isEqualTo(143);
    return Commands.lines(err.toPath());
  }

  private Map<String, String> results(String runId) {
    Lake lake =
        new Lake(
            SparkForTests.session(), folder.resolve("lake").toString(), Lake.Writes.SUPPRESSED);
    return lake.read(Tables.RUN_LOG).where("run_id = '" + runId + "'").collectAsList().stream()
        .collect(
            Collectors.toMap(
                (Row row) -> row.getAs("stage"), (Row row) -> row.<String>getAs("result")));
  }
}
