package io.dealimpact.integration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dealimpact.testing.SmallLanding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nights on one lake, of which the first is killed in its midst. */
@Tag("program")
@Tag("slow")
final class OneWriterIT {
  private static final Duration LIMIT = Duration.ofMinutes(10);

  @TempDir private Path folder;

  private List<String> command(String... words) {
    List<String> command = new ArrayList<>(List.of("jobs/bin/deal-impact"));
    command.addAll(List.of(words));
    SmallLanding.settings().forEach(setting -> command.addAll(List.of("--set", setting)));
    command.addAll(List.of("--landing", folder.resolve("landing").toString()));
    command.addAll(List.of("--lake", folder.resolve("lake").toString()));
    return command;
  }

  private Commands.Ended run(String... words) {
    return Commands.run(LIMIT, Map.of(), command(words));
  }

  @Test
  void aSecondNightIsRefusedAndTheOneAfterAKilledNightGoesOn()
      throws IOException, InterruptedException {
    new SmallLanding(folder.resolve("landing")).deliverDeals("AAA 2025-09-10");
    Path err = folder.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command("nightly"))
            .directory(Commands.project().toFile())
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(err.toFile());
    Process first = builder.start();
    try {
      long until = System.nanoTime() + LIMIT.toNanos();
      while (!Files.readString(err, UTF_8).contains("ingest-bars")) {
        assertThat(first.isAlive() && System.nanoTime() < until)
            .as(Files.readString(err, UTF_8))
            .isTrue();
        TimeUnit.MILLISECONDS.sleep(50);
      }

      Commands.Ended second = run("nightly");
      boolean firstGoesOn = first.isAlive();
      first.descendants().forEach(ProcessHandle::destroyForcibly);
      first.destroyForcibly().waitFor();

      assertThat(firstGoesOn).as("the first night ended before it was killed").isTrue();
      assertThat(second.status()).as(second.failureText()).isEqualTo(40);
      assertThat(second.lastLine())
          .contains("\"exit_code\":40", "is being written by another run", "command: nightly");
    } finally {
      first.destroyForcibly();
    }

    assertThat(run("nightly", "--dry-run").status()).as("a dry run holds nothing").isZero();

    Commands.Ended third = run("nightly");

    assertThat(third.status()).as(third.failureText()).isZero();
    assertThat(String.join("\n", third.err()))
        .contains(
            "gave no sign of life for 120 seconds: it is taken for dead, and this run goes on");
    Commands.Ended states =
        run(
            "sql",
            "select state from ops.lease union all select result from ops.run_log where"
                + " stage = '(run)' order by 1",
            "--format",
            "csv");
    assertThat(states.out()).containsExactly("state", "DONE", "FREE", "RUNNING");
  }
}
