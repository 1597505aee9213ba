package io.dealimpact.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

/** Commands that need no Spark: usage, configuration, the flow. */
final class MainTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... args) {
    return Main.execute(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), args);
  }

  @Test
  void anUnknownCommandIsAUsageError() {
    assertThat(run("nightlyy")).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("Did you mean", "nightly");
  }

  @Test
  void anUnknownOptionIsAUsageError() {
    assertThat(run("nightly", "--conf", "spark.executor.memory=1g")).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("--conf");
  }

  @Test
  void noCommandShowsTheHelpAndIsAUsageError() {
    assertThat(run()).isEqualTo(2);
    assertThat(out.toString(UTF_8)).contains("nightly", "backfill", "explain");
  }

  @Test
  void anUnknownStageNamesTheNearest() {
    assertThat(run("stage", "conform-bar")).isEqualTo(2);
    assertThat(err.toString(UTF_8))
        .contains("There is no stage 'conform-bar'. Did you mean 'conform-bars'?");
  }

  @Test
  void aWrongConfigurationExitsWithTen() {
    assertThat(run("nightly", "--set", "study.benchmrk=QQQ")).isEqualTo(10);
    assertThat(err.toString(UTF_8)).contains("Did you mean 'study.benchmark'?");
  }

  @Test
  void theLogOfEveryFailedCommandEndsWithOneJsonObject() {
    run("nightly", "--set", "study.benchmrk=QQQ");
    assertThat(lastLine())
        .startsWith(
            "{\"run_id\":null,\"command\":\"nightly --set study.benchmrk=QQQ\",\"exit_code\":10")
        .contains("\"exit_meaning\":\"wrong configuration\"", "unknown key 'study.benchmrk'");
    run("nightly", "--conf", "spark.executor.memory=1g");
    assertThat(lastLine()).startsWith("{").contains("\"exit_code\":2", "Unknown option");
    run("explain", "evnt", "x");
    assertThat(lastLine()).contains("\"exit_code\":2", "event EVENT_ID");
    assertThat(out.toString(UTF_8)).isEmpty();
  }

  private String lastLine() {
    return err.toString(UTF_8).lines().reduce("", (before, line) -> line);
  }

  @Test
  void everyKeyCanBeSet() {
    assertThat(
            run(
                "explain",
                "--set",
                "study.windows=[[0, 0], [-2, 2]]",
                "--set",
                "study.estimation={end: -31, length: 100}",
                "--set",
                "study.estimation.minimum=60",
                "--set",
                "study.peers=[NVDA, AMD]",
                "--landing",
                "it's",
                "--set",
                "study.confidence=0.9"))
        .isZero();
    assertThat(out.toString(UTF_8))
        .contains("landing: \"it's\"", "end: -31", "length: 100", "minimum: 60", "confidence: 0.9")
        .containsPattern("windows:\\n *- - 0\\n *- 0\\n *- - -2\\n *- 2\\n")
        .containsPattern("peers:\\n *- \"NVDA\"\\n *- \"AMD\"\\n");
  }

  @Test
  void aBackwardsRangeIsAUsageError() {
    assertThat(run("backfill", "--from", "2025-11-04", "--to", "2025-11-03")).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("ends before it starts");
  }

  @Test
  void explainShowsTheFlowAndTheResolvedConfiguration() {
    assertThat(run("explain", "--set", "study.benchmark=QQQ")).isZero();
    assertThat(out.toString(UTF_8))
        .contains("ingest-bars", "gold.event_impact", "benchmark: \"QQQ\"");
  }
}
