package io.dealimpact.lake;

import io.dealimpact.row.RowReader;
import io.dealimpact.row.RowWriter;
import io.dealimpact.run.DealImpactException;
import io.dealimpact.run.Failures;
import io.dealimpact.run.RunContext;
import java.lang.management.ManagementFactory;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The right to write to a lake, which one run has at a time.
 *
 * <p>Who has it is a row of {@code ops.lease}, changed step by step: Delta lets one writer alone
 * make a step. The holder gives signs of life, files that it counts up. Another run that finds the
 * lake held watches them: where one moves, that run is refused; where none moves for {@link
 * Pace#expiry}, the holder is taken for dead, and the run makes the next step.
 *
 * <p>No run compares its clock with another's. The watcher measures the silence by its own
 * monotonic clock, and counts its looks too, so that a pause of the watcher is not taken for
 * silence of the holder. The holder stops by itself where it could not give a sign for {@link
 * Pace#hold}, which is half the expiry: it stops before anyone else starts, unless the two clocks
 * run at speeds that differ by a factor of two.
 */
public final class Lease {
  private static final String HELD = "HELD";
  private static final String FREE = "FREE";

  /** More than two or three runs that want a dead run's lake at the same moment are no accident. */
  private static final int MOST_TRIES = 10;

  private final Lake lake;
  private final RunContext run;
  private final Pace pace;
  private final Time time;
  private final State mine;
  private final long version;
  private final SignsOfLife signs;
  private final Thread giver;
  private volatile boolean isGivenBack;
  private Runnable whenLost = () -> {};
  private long lastSign;
  private String lost = "";

  /**
   * How often signs of life are given and looked for.
   *
   * @param sign time between two signs of the holder
   * @param look time between two looks of a watcher
   * @param hold time without a sign after which the holder stops by itself
   * @param expiry time without a sign after which a watcher takes the holder for dead
   */
  public record Pace(Duration sign, Duration look, Duration hold, Duration expiry) {
    /** The pace of all runs: they have to agree on it. */
    public static final Pace OF_RUNS =
        new Pace(
            Duration.ofSeconds(3),
            Duration.ofSeconds(1),
            Duration.ofSeconds(60),
            Duration.ofSeconds(120));
  }

  /** A monotonic clock of this process. */
  interface Time {
    Time OF_THE_MACHINE =
        new Time() {
          @Override
          public long nanos() {
            return System.nanoTime();
          }

          @Override
          public void pause(Duration length) throws InterruptedException {
            TimeUnit.NANOSECONDS.sleep(length.toNanos());
          }
        };

    long nanos();

    void pause(Duration length) throws InterruptedException;
  }

  /** The row of the table. */
  private record State(
      long step, String state, String runId, String command, String process, Instant since) {
    static final State NEW = new State(0, FREE, "", "", "", Instant.EPOCH);

    State next(String state, RunContext run) {
      return new State(
          step + 1,
          state,
          run.runId(),
          run.command(),
          ManagementFactory.getRuntimeMXBean().getName(),
          run.startedAt());
    }
  }

  private Lease(
      Lake lake, RunContext run, Pace pace, Time time, State mine, long version, long taken) {
    this.lake = lake;
    this.run = run;
    this.pace = pace;
    this.time = time;
    this.mine = mine;
    this.version = version;
    this.signs = new SignsOfLife(lake, mine.step());
    this.lastSign = taken;
    this.giver = new Thread(this::giveSigns, "signs of life");
    this.giver.setDaemon(true);
  }

  /**
   * Takes the lake for a run, and gives signs of life until it is given back.
   *
   * @param pace that of all runs of the lake
   * @param says takes what people should know, line by line
   * @throws DealImpactException if another run holds it and is alive
   */
  public static Lease take(Lake lake, RunContext run, Pace pace, Consumer<String> says) {
    Lease lease = take(lake, run, pace, Time.OF_THE_MACHINE, says);
    lease.giver.start();
    return lease;
  }

  private void giveSigns() {
    try {
      // Storage may take the interruption for its own: the flag counts, too.
      while (!isGivenBack && !Thread.currentThread().isInterrupted()) {
        sign();
        time.pause(pace.sign());
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  /** Takes the lake, and leaves the signs of life to the caller. */
  static Lease take(Lake lake, RunContext run, Pace pace, Time time, Consumer<String> says) {
    State seen = read(lake);
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      boolean isMine = seen.runId().equals(run.runId());
      if (!isMine && seen.state().equals(HELD) && isAlive(lake, seen, pace, time, says)) {
        State now = read(lake);
        if (now.state().equals(HELD)) {
          throw held(lake, now);
        }
        seen = now;
        continue;
      }
      State next = seen.next(HELD, run);
      long began = time.nanos();
      OptionalLong version =
          lake.replaceAsStep(Tables.LEASE, row(lake, next), next.step(), note(next));
      if (version.isEmpty()) {
        seen = read(lake);
        continue;
      }
      new SignsOfLife(lake, seen.step()).remove();
      if (time.nanos() - began <= pace.hold().toNanos() / 2) {
        return new Lease(lake, run, pace, time, next, version.getAsLong(), began);
      }
      // A slow machine: another run may have watched for long already. The step is made again,
      // which is a sign of life, and fails where the other was faster.
      seen = next;
    }
    if (seen.runId().equals(run.runId())) {
      throw Failures.lakeNotTaken(lake.root(), MOST_TRIES, pace.hold().toSeconds() / 2);
    }
    throw held(lake, seen);
  }

  private static DealImpactException held(Lake lake, State state) {
    return Failures.lakeIsHeld(
        lake.root(), state.runId(), state.command(), state.process(), state.since());
  }

  /** Whether the holder gives a sign, or its row changes, before its time is over. */
  private static boolean isAlive(
      Lake lake, State holder, Pace pace, Time time, Consumer<String> says) {
    SignsOfLife signs = new SignsOfLife(lake, holder.step());
    long newest = signs.newest();
    long version = lake.version(Tables.LEASE);
    long began = time.nanos();
    long looks = pace.expiry().dividedBy(pace.look());
    boolean isSaid = false;
    for (long look = 0; look < looks || time.nanos() - began < pace.expiry().toNanos(); look++) {
      pause(time, pace.look());
      if (signs.newest() != newest || lake.version(Tables.LEASE) != version) {
        return true;
      }
      if (!isSaid && time.nanos() - began > 2 * pace.sign().toNanos()) {
        says.accept(
            Failures.awaitingSignOfLife(
                holder.runId(), holder.process(), pace.expiry().toSeconds()));
        isSaid = true;
      }
    }
    says.accept(Failures.noSignOfLife(holder.runId(), pace.expiry().toSeconds()));
    return false;
  }

  private static void pause(Time time, Duration length) {
    try {
      time.pause(length);
    } catch (InterruptedException error) {
      Thread.currentThread().interrupt();
      throw Failures.storage("waiting for another run's sign of life", error);
    }
  }

  /** Names what is done, once, where the run loses the lake. */
  public void whenLost(Runnable action) {
    synchronized (this) {
      if (lost.isEmpty()) {
        whenLost = action;
        return;
      }
    }
    action.run();
  }

  /** Gives a sign of life, if the lake is still this run's. */
  void sign() {
    long now = time.nanos();
    try {
      if (lake.version(Tables.LEASE) != version) {
        lose("another run took it for dead, and holds the lake now");
        return;
      }
      // Once it is late it stays lost: another run may have decided already.
      if (isHeld()) {
        signs.give();
        synchronized (this) {
          lastSign = now;
        }
      }
    } catch (RuntimeException unreachable) {
      // The storage may be back at the next sign.
      isHeld();
    }
  }

  /** Whether the run may write now. */
  private boolean isHeld() {
    boolean isLate;
    synchronized (this) {
      isLate = time.nanos() - lastSign > pace.hold().toNanos();
    }
    if (isLate) {
      lose("it could give no sign of life for " + pace.hold().toSeconds() + " seconds");
    }
    synchronized (this) {
      return lost.isEmpty();
    }
  }

  private void lose(String why) {
    synchronized (this) {
      if (isGivenBack || !lost.isEmpty()) {
        return;
      }
      lost = why;
    }
    whenLost.run();
  }

  /**
   * Checks that the run may write.
   *
   * @throws DealImpactException if it lost the lake
   */
  public void require() {
    if (!isHeld()) {
      throw loss().orElseThrow();
    }
  }

  /** The failure of a run that lost the lake; empty for one that holds it. */
  public synchronized Optional<DealImpactException> loss() {
    return lost.isEmpty() ? Optional.empty() : Optional.of(Failures.lakeIsLost(run.runId(), lost));
  }

  /** Gives the lake back. A run that lost it has nothing to give. */
  public void release() {
    boolean isMine = isHeld();
    isGivenBack = true;
    giver.interrupt();
    try {
      giver.join(pace.sign().toMillis());
    } catch (InterruptedException error) {
      Thread.currentThread().interrupt();
    }
    if (isMine) {
      State next = mine.next(FREE, run);
      lake.replaceAsStep(Tables.LEASE, row(lake, next), next.step(), note(next));
      signs.remove();
    }
  }

  private static State read(Lake lake) {
    if (!lake.exists(Tables.LEASE)) {
      return State.NEW;
    }
    List<Row> rows = lake.at(Map.of()).read(Tables.LEASE).collectAsList();
    if (rows.isEmpty()) {
      return State.NEW;
    }
    RowReader.Cells cells = RowReader.of(Tables.LEASE.schema()).at(rows.get(0));
    return new State(
        cells.count("step"),
        cells.text("state"),
        cells.text("run_id"),
        cells.text("command"),
        cells.text("process"),
        cells.instant("since"));
  }

  private static Dataset<Row> row(Lake lake, State state) {
    Row row =
        new RowWriter(Tables.LEASE.schema())
            .row()
            .count("step", state.step())
            .text("state", state.state())
            .text("run_id", state.runId())
            .text("command", state.command())
            .text("process", state.process())
            .value("since", Timestamp.from(state.since()))
            .build();
    return lake.spark().createDataFrame(List.of(row), Tables.LEASE.schema()).coalesce(1);
  }

  /** No two runs have the same id, and no run makes a step twice. */
  private static String note(State state) {
    return "{\"run_id\":\"" + state.runId() + "\",\"step\":\"" + state.step() + "\"}";
  }
}
