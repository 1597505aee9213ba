package io.dealimpact.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dealimpact.run.DealImpactException;
import io.dealimpact.run.ExitCode;
import io.dealimpact.run.RunContext;
import io.dealimpact.testing.SparkForTests;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that want one lake, on real Delta; hours pass by counting. */
@Tag("spark")
final class LeaseTest {
  private static final SparkSession SPARK = SparkForTests.session();
  private static final Lease.Pace PACE = Lease.Pace.OF_RUNS;

  @TempDir private Path folder;
  private final List<String> said = new ArrayList<>();

  /** A clock that stands still but for pauses, in which something may happen. */
  private static final class Counted implements Lease.Time {
    private long nanos;
    private long jump;
    private Runnable inPause = () -> {};

    @Override
    public long nanos() {
      long now = nanos;
      nanos += jump;
      jump = 0;
      return now;
    }

    @Override
    public void pause(Duration length) {
      nanos += length.toNanos();
      inPause.run();
    }
  }

  private final Counted ofHolder = new Counted();
  private final Counted ofWatcher = new Counted();

  private Lake lake() {
    return new Lake(SPARK, folder.toString(), Lake.Writes.ALLOWED);
  }

  private static RunContext run(String at) {
    return RunContext.begin(
        Clock.fixed(Instant.parse(at), ZoneOffset.UTC),
        "nightly",
        RunContext.Effect.WRITE,
        RunContext.DateRange.ALWAYS);
  }

  private Lease take(RunContext run, Lease.Time time) {
    return Lease.take(lake(), run, PACE, time, said::add);
  }

  private Lease take(Lease.Time time) {
    return take(run("2026-01-10T00:00:00Z"), time);
  }

  private String state() {
    return lake().read(Tables.LEASE).first().mkString("|");
  }

  @Test
  void aSecondRunIsRefusedAsSoonAsTheHolderGivesASign() {
    RunContext first = run("2031-12-31T23:59:59Z");
    Lease holder = take(first, ofHolder);
    holder.sign();
    ofWatcher.inPause = holder::sign;

    assertThatThrownBy(() -> take(ofWatcher))
        .isInstanceOfSatisfying(
            DealImpactException.class,
            error -> assertThat(error.exitCode()).isEqualTo(ExitCode.CONCURRENT_WRITER))
        .hasMessageContaining(
            "The lake %s is being written by another run: %s, process "
                .formatted(folder, first.runId()))
        .hasMessageContaining(
            "since 2031-12-31T23:59:59Z by that machine's clock, command: nightly. It is alive")
        .hasMessageContaining("Run again when the other has ended.");
    assertThat(ofWatcher.nanos).as("one look").isEqualTo(PACE.look().toNanos());
    holder.require();
  }

  /** A machine on which every commit takes longer than a holder may be silent. */
  @Tag("slow")
  @Test
  void aRunThatIsTooSlowToTakeTheLakeSaysSo() {
    Lease.Time slow =
        new Lease.Time() {
          private long nanos;

          @Override
          public long nanos() {
            nanos += PACE.hold().toNanos();
            return nanos;
          }

          @Override
          public void pause(Duration length) {
            nanos += length.toNanos();
          }
        };
    assertThatThrownBy(() -> take(slow))
        .isInstanceOfSatisfying(
            DealImpactException.class,
            error -> assertThat(error.exitCode()).isEqualTo(ExitCode.STORAGE))
        .hasMessageStartingWith(
            "The lake %s could not be taken: each of 10 tries took more than 30 seconds"
                .formatted(folder));
  }

  @Test
  void whatIsGivenBackIsTakenAtOnce() {
    Lease first = take(ofHolder);
    first.sign();
    first.release();
    assertThat(state()).startsWith("2|FREE|");

    RunContext run = run("1999-01-01T00:00:00Z");
    Lease second = take(run, ofWatcher);

    second.require();
    assertThat(state()).startsWith("3|HELD|" + run.runId());
    assertThat(ofWatcher.nanos).isZero();
    assertThat(folder.resolve("ops/lease/_signs_of_life")).isEmptyDirectory();
  }

  /** A late sign of a run that ended: the next run's work goes on. */
  @Test
  void whatWasGivenBackIsNotLost() {
    Lease first = take(ofHolder);
    List<String> stopped = new ArrayList<>();
    first.whenLost(() -> stopped.add("first"));
    first.release();
    take(run("2026-01-11T00:00:00Z"), ofWatcher);

    first.sign();

    assertThat(stopped).isEmpty();
    assertThat(first.loss()).isEmpty();
  }

  /** The dead run's clock was years ahead: only the watcher's own waiting counts. */
  @Test
  void aDeadRunsLakeIsTakenWhenItsTimeIsOver() {
    RunContext dead = run("2099-01-01T00:00:00Z");
    take(dead, ofHolder).sign();

    Lease next = take(ofWatcher);

    assertThat(ofWatcher.nanos).isEqualTo(PACE.expiry().toNanos());
    assertThat(said)
        .containsExactly(
            "The run %s (process %s) holds the lake. Waiting for a sign of life from it, at most 120 seconds."
                .formatted(
                    dead.runId(),
                    java.lang.management.ManagementFactory.getRuntimeMXBean().getName()),
            "The run %s gave no sign of life for 120 seconds: it is taken for dead, and this run goes on."
                .formatted(dead.runId()));
    next.sign();
    next.require();
  }

  @Test
  void aRunThatWasTakenForDeadMayNotWriteNorGiveBack() {
    Lease sleeper = take(ofHolder);
    sleeper.sign();
    List<String> stopped = new ArrayList<>();
    sleeper.whenLost(() -> stopped.add("stopped"));
    Lake guarded = lake().under(sleeper);
    guarded.append(Tables.PUBLISHED, SPARK.createDataFrame(List.of(), Tables.PUBLISHED.schema()));
    Lease next = take(ofWatcher);

    sleeper.sign();

    assertThat(stopped).containsExactly("stopped");
    assertThatThrownBy(
            () ->
                guarded.append(
                    Tables.PUBLISHED, SPARK.createDataFrame(List.of(), Tables.PUBLISHED.schema())))
        .isInstanceOfSatisfying(
            DealImpactException.class,
            error -> assertThat(error.exitCode()).isEqualTo(ExitCode.CONCURRENT_WRITER))
        .hasMessageContaining("may no longer write to the lake: another run took it for dead");
    String held = state();
    sleeper.release();
    assertThat(state()).isEqualTo(held).startsWith("2|HELD|");
    next.sign();
    next.require();
  }

  @Test
  void aRunThatCannotGiveASignStopsBeforeAnyoneTakesItForDead() {
    Lease holder = take(ofHolder);
    holder.sign();
    ofHolder.pause(PACE.hold());
    holder.require();

    ofHolder.pause(Duration.ofNanos(1));

    assertThatThrownBy(holder::require)
        .hasMessageContaining("it could give no sign of life for 60 seconds");
    holder.sign();
    assertThatThrownBy(holder::require).as("late is lost").isInstanceOf(DealImpactException.class);
    assertThat(PACE.hold()).isLessThanOrEqualTo(PACE.expiry().dividedBy(2));
  }

  /** The first commit of a cold program on a busy machine. */
  @Test
  void aStepThatTookLongIsMadeAgain() {
    ofHolder.jump = PACE.hold().toNanos();

    Lease holder = take(ofHolder);

    assertThat(state()).startsWith("2|HELD|");
    holder.require();
    holder.sign();
    holder.release();
    assertThat(state()).startsWith("3|FREE|");
  }

  /** A watcher's machine that sleeps: its clock jumps, and the holder slept too. */
  @Test
  void aPauseOfTheWatcherIsNoSilenceOfTheHolder() {
    Lease holder = take(ofHolder);
    holder.sign();
    List<Integer> looks = new ArrayList<>();
    ofWatcher.inPause =
        () -> {
          ofWatcher.nanos += Duration.ofHours(8).toNanos();
          looks.add(1);
          if (looks.size() == 3) {
            holder.sign();
          }
        };

    assertThatThrownBy(() -> take(ofWatcher)).hasMessageContaining("It is alive");
    assertThat(looks).hasSize(3);
  }

  @Test
  void ofTwoRunsThatTakeADeadRunsLakeAtOnceOneSucceeds() throws Exception {
    take(ofHolder).sign();
    CyclicBarrier together = new CyclicBarrier(2);
    List<Thread> givers = new CopyOnWriteArrayList<>();
    List<Callable<Object>> takers = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Counted time = new Counted();
      int[] pauses = {0};
      time.inPause =
          () -> {
            // Both have waited to the end before either makes its step.
            if (++pauses[0] == PACE.expiry().dividedBy(PACE.look())) {
              await(together);
            }
          };
      takers.add(
          () -> {
            try {
              Lease lease = take(time);
              Thread signs =
                  new Thread(
                      () -> {
                        while (!Thread.currentThread().isInterrupted()) {
                          lease.sign();
                          LockSupport.parkNanos(1_000_000);
                        }
                      });
              signs.setDaemon(true);
              givers.add(signs);
              signs.start();
              return "taken";
            } catch (DealImpactException refused) {
              return refused.exitCode();
            }
          });
    }
    ExecutorService pool = Executors.newFixedThreadPool(2);
    try {
      List<Object> ends = new ArrayList<>();
      for (Future<Object> end : pool.invokeAll(takers)) {
        ends.add(end.get());
      }
      assertThat(ends).containsExactlyInAnyOrder("taken", ExitCode.CONCURRENT_WRITER);
      assertThat(state()).startsWith("2|HELD|");
    } finally {
      pool.shutdownNow();
      givers.forEach(Thread::interrupt);
    }
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (Exception error) {
      throw new IllegalStateException(error);
    }
  }
}
