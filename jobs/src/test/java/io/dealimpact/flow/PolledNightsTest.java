package io.dealimpact.flow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dealimpact.flow.ProgramRuns.Ended;
import io.dealimpact.run.ExitCode;
import io.dealimpact.testing.CompareLakes;
import io.dealimpact.testing.FaultyFileSystem;
import io.dealimpact.testing.FaultyFileSystem.Plan;
import io.dealimpact.testing.SmallLanding;
import io.dealimpact.testing.SparkForTests;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A reader without Spark polls the published night while nights come and go: each brings other
 * deals and prices. Every second one is killed at a moment drawn from a seed before it is run
 * again, and after it the lake is maintained. {@link KernelPolls} says what a poll holds.
 *
 * <p>{@code -Dpolls=10000} polls at least so often, {@code -Dpolls.nights=N} has at least so many
 * nights; {@code -Dpolls.seed=N} draws other moments.
 */
@Tag("spark")
@Tag("slow")
final class PolledNightsTest {
  private static final SparkSession SPARK = SparkForTests.session();
  private static final int POLLS = Integer.getInteger("polls", 300);
  private static final int NIGHTS = Integer.getInteger("polls.nights", 2);
  private static final int MOST_MILLIS = 50;
  private static final Duration AFTERWARDS = Duration.ofMinutes(10);

  @TempDir private Path folder;
  private final Random random = new Random(Long.getLong("polls.seed", 1));

  private static List<String> settings() {
    List<String> settings = new ArrayList<>(SmallLanding.settings());
    settings.add("publish.audits.rows_lost=1");
    return settings;
  }

  private ProgramRuns runs(int night, String lake) {
    return new ProgramRuns(
        "faulty:" + folder.resolve("landing"),
        "faulty:" + folder.resolve(lake),
        settings(),
        "build",
        at(night));
  }

  private static Instant at(int night) {
    return Instant.parse("2026-01-05T02:00:00Z").plus(Duration.ofDays(night));
  }

  @Test
  void noPollSeesATornNight() throws Exception {
    FaultyFileSystem.install(SPARK.sparkContext().hadoopConfiguration());
    SmallLanding landing = new SmallLanding(folder.resolve("landing"));
    Path said = folder.resolve("polls.txt");
    Process polls = polls(said);
    int nights = 0;
    int killed = 0;
    int operations = 1;
    try {
      for (; nights < NIGHTS || polls.isAlive(); nights++) {
        deliver(landing, nights);
        if (nights % 2 == 1) {
          killed += isKilled(nights, 1 + random.nextInt(operations)) ? 1 : 0;
        }
        operations = night(nights);
        if (nights % 2 == 1) {
          assertThat(runs(nights, "lake").maintain().exit()).isEqualTo(ExitCode.OK);
        }
        if (nights + 1 == NIGHTS) {
          Files.createFile(stop());
        }
      }
      assertThat(polls.waitFor(AFTERWARDS.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } finally {
      polls.destroyForcibly();
    }
    System.out.printf("%d nights, %d killed; %s", nights, killed, NightProcess.read(said));
    assertThat(polls.exitValue()).as(() -> NightProcess.read(said)).isZero();
    theRowsAreThoseOfAFreshLake(nights);
  }

  private Process polls(Path said) throws IOException {
    List<String> withoutSpark =
        NightProcess.classPath().stream()
            .filter(entry -> !Path.of(entry).getFileName().toString().matches("(delta-)?spark-.*"))
            .toList();
    return NightProcess.start(
        List.of(
            "-Xmx512m",
            "-cp",
            String.join(NightProcess.SEPARATOR, withoutSpark),
            KernelPolls.class.getName(),
            folder.resolve("lake").toString(),
            Integer.toString(POLLS),
            stop().toString()),
        said);
  }

  /** When it is there, the polls end. */
  private Path stop() {
    return folder.resolve("stop");
  }

  /**
   * Two deals that stay, one that comes with the night and goes with the next, a restated price.
   */
  private static void deliver(SmallLanding landing, int night) throws IOException {
    landing.deliverDeals(
        "AAA 2025-09-10",
        "BBB 2025-10-07",
        String.format(Locale.ROOT, "BBB 2025-11-%02d", 3 + night % 20));
    landing.deliverPrices("AAA", "2025-09-10", 0.01 * (1 + night % 5));
  }

  private boolean isKilled(int night, int operation) throws IOException, InterruptedException {
    ProgramRuns runs = runs(night, "lake");
    int status =
        new NightProcess(
                runs.landing(), runs.lake(), settings(), at(night), folder.resolve("killed.txt"))
            .killedAfter(operation, random.nextInt(MOST_MILLIS));
    assertThat(status)
        .as(() -> NightProcess.read(folder.resolve("killed.txt")))
        .isIn(0, NightProcess.KILLED);
    return status == NightProcess.KILLED;
  }

  /** Runs the night. Returns how many operations of the storage it took. */
  private int night(int number) {
    Plan plan = Plan.none();
    FaultyFileSystem.follow(plan);
    Ended ended = runs(number, "lake").night();
    FaultyFileSystem.follow(Plan.none());
    assertThat(ended.exit()).as(ended.log()).isEqualTo(ExitCode.OK);
    return plan.counts().values().stream().mapToInt(count -> count).sum();
  }

  private void theRowsAreThoseOfAFreshLake(int nights) {
    Ended fresh = runs(nights, "fresh").night();
    assertThat(fresh.exit()).as(fresh.log()).isEqualTo(ExitCode.OK);
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    boolean isEqual =
        CompareLakes.compare(
            SPARK,
            new PrintStream(said, true, UTF_8),
            runs(nights, "lake").lake(),
            runs(nights, "fresh").lake(),
            List.of("silver", "gold"));
    assertThat(isEqual).as(said.toString(UTF_8)).isTrue();
  }
}
