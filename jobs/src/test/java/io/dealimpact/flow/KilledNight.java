package io.dealimpact.flow;

import io.dealimpact.testing.FaultyFileSystem;
import io.dealimpact.testing.FaultyFileSystem.Plan;
import io.dealimpact.testing.SparkForTests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** A night in a process of its own, which sends itself SIGKILL at a moment that is given. */
final class KilledNight {
  private KilledNight() {}

  /**
   * Runs the night; the process ends with the night's exit code if it lives so long.
   *
   * @param args landing zone, lake, time of the clock, number of the operation of the storage after
   *     which it is killed, milliseconds from there to the signal, and the settings
   */
  public static void main(String[] args) {
    long last = Long.parseLong(args[3]);
    long millis = Long.parseLong(args[4]);
    FaultyFileSystem.install(SparkForTests.session().sparkContext().hadoopConfiguration());
    FaultyFileSystem.follow(
        Plan.watched(
            (operation, path, total) -> {
              if (total == last) {
                new Thread(() -> kill(millis), "kill").start();
              }
            }));
    ProgramRuns runs =
        new ProgramRuns(
            args[0],
            args[1],
            Arrays.asList(args).subList(5, args.length),
            "build",
            Instant.parse(args[2]));
    System.exit(runs.night().exit().status());
  }

  private static void kill(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
      new ProcessBuilder("sh", "-c", "kill -9 " + ProcessHandle.current().pid()).start();
    } catch (InterruptedException error) {
      Thread.currentThread().interrupt();
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }
}
