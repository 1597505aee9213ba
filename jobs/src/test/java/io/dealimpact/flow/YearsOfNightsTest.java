package io.dealimpact.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.dealimpact.flow.HistoryLanding.Change;
import io.dealimpact.flow.HistoryLanding.What;
import io.dealimpact.flow.ProgramRuns.Ended;
import io.dealimpact.run.ExitCode;
import io.dealimpact.testing.SmallLanding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The life of a small lake: every night a restated bar and a deal of another day, every seventh
 * night {@code maintain}. What silver and gold take on the disk stops growing; bronze keeps every
 * version of every file, and grows by what is delivered.
 *
 * <p>{@code -Dyears.nights=N} is the number of nights. A line for each week goes to {@code
 * target/years.csv}.
 */
@Tag("spark")
@Tag("slow")
final class YearsOfNightsTest {
  private static final int NIGHTS_A_WEEK = 7;

  /** Nights that are kept, {@code maintain.keep_nights}. */
  private static final int KEPT = 7;

  /**
   * Weeks until the lake has what it keeps. Delta makes a checkpoint every ten commits, and a log
   * ends at one: until the first that no kept night needs it grows.
   */
  private static final int WARM_UP = 3;

  /**
   * Checkpoints come every ten commits and maintain every seven nights, so what is left of a log
   * swings by up to ten commits a table. The later weeks' largest is held against the warm-up's.
   */
  private static final double SWING = 1.25;

  @TempDir private Path folder;

  /**
   * What lies in a layer of the lake.
   *
   * @param logFiles of the tables' logs
   */
  private record Size(long files, long bytes, long logFiles) {}

  private record Week(int night, double seconds, Size made, Size bronze, Size ops) {
    String line() {
      return String.format(
          Locale.ROOT,
          "%d,%.2f,%d,%d,%d,%d,%d,%d,%d,%d,%d",
          night,
          seconds,
          made.files(),
          made.bytes(),
          made.logFiles(),
          bronze.files(),
          bronze.bytes(),
          bronze.logFiles(),
          ops.files(),
          ops.bytes(),
          ops.logFiles());
    }
  }

  private Size size(String... layers) {
    long files = 0;
    long bytes = 0;
    long logFiles = 0;
    for (String layer : layers) {
      try (Stream<Path> all = Files.walk(folder.resolve("lake").resolve(layer))) {
        for (Path file : all.filter(Files::isRegularFile).toList()) {
          files++;
          bytes += Files.size(file);
          logFiles += file.toString().contains("_delta_log") ? 1 : 0;
        }
      } catch (IOException error) {
        throw new UncheckedIOException(error);
      }
    }
    return new Size(files, bytes, logFiles);
  }

  @Test
  void aMaintainedLakeStopsGrowing() throws IOException {
    int nights = Integer.getInteger("years.nights", 6 * NIGHTS_A_WEEK);
    HistoryLanding landing = new HistoryLanding(folder.resolve("landing"));
    Random random = new Random(1);
    List<String> settings = new ArrayList<>(SmallLanding.settings());
    settings.addAll(
        List.of(
            "publish.audits.rows_lost=1",
            "maintain.keep_nights=" + KEPT,
            "maintain.keep_days=0",
            "maintain.readers_hours=0"));
    List<Week> weeks = new ArrayList<>();
    double seconds = 0;
    Instant at = Instant.parse("2026-01-05T02:00:00Z");
    for (int night = 1; night <= nights; night++) {
      // What a restatement changes is taken back first, so that the market stays one.
      for (String file : List.of("bars/BBB.csv", "deals/deals.jsonl")) {
        landing.apply(new Change(What.REDELIVER, file, 0));
        landing.apply(new Change(What.RESTATE, file, random.nextInt(1_000_000)));
      }
      at = at.plus(Duration.ofDays(1));
      ProgramRuns runs =
          new ProgramRuns(
              landing.folder().toString(), folder.resolve("lake").toString(), settings, "b", at);
      long began = System.nanoTime();
      succeed(runs.night());
      seconds += (System.nanoTime() - began) / 1e9;
      if (night % NIGHTS_A_WEEK == 0) {
        succeed(runs.maintain());
        weeks.add(
            new Week(
                night,
                seconds / NIGHTS_A_WEEK,
                size("silver", "gold"),
                size("bronze"),
                size("ops")));
        write(weeks);
        seconds = 0;
      }
    }

    assertThat(weeks).hasSizeGreaterThan(WARM_UP);
    List<Week> later = weeks.subList(WARM_UP, weeks.size());
    Week warm = weeks.get(WARM_UP - 1);
    for (Week week : later) {
      assertThat((double) week.made().files())
          .as("files of silver and gold in night %d", week.night())
          .isLessThan(SWING * warm.made().files());
      assertThat((double) week.made().bytes())
          .as("bytes of silver and gold in night %d", week.night())
          .isLessThan(SWING * warm.made().bytes());
      assertThat((double) week.made().logFiles() + week.bronze().logFiles())
          .as("files of the logs in night %d", week.night())
          .isLessThan(SWING * (warm.made().logFiles() + warm.bronze().logFiles()));
    }
  }

  private static void succeed(Ended ended) {
    assertThat(ended.exit()).as(ended.log()).isEqualTo(ExitCode.OK);
  }

  private static void write(List<Week> weeks) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add(
        "night,seconds_a_night,silver_gold_files,silver_gold_bytes,silver_gold_log_files,"
            + "bronze_files,bronze_bytes,bronze_log_files,ops_files,ops_bytes,ops_log_files");
    weeks.forEach(week -> lines.add(week.line()));
    Path target = Path.of(System.getProperty("project.root", ".."), "jobs", "target");
    Files.createDirectories(target);
    Files.write(target.resolve("years.csv"), lines);
  }
}
