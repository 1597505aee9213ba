package io.dealimpact.flow;

import io.dealimpact.lake.Lease;
import io.dealimpact.run.ExitCode;
import io.dealimpact.run.Failures;
import io.dealimpact.run.RunContext;
import io.dealimpact.run.StageOutcome;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.logging.log4j.LogManager;
import org.apache.spark.sql.SparkSession;

/**
 * How a run ends, once: by itself, or from outside by SIGTERM or SIGINT. Either way the run log is
 * written, and the closing line is the last that is said.
 */
final class Ending {
  /** Before Spark stops its context at 50, and Hadoop its file systems at 10. */
  private static final int BEFORE_SPARK = 100;

  /** A process manager kills what does not end within half a minute or so. */
  private static final long SECONDS_TO_END = 20;

  private final SparkSession spark;
  private final RunContext run;
  private final PrintStream err;
  private final Progress progress;
  private final Runnable fromOutside = this::interrupted;
  private final AtomicBoolean isEnding = new AtomicBoolean();
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile RunLog log;
  private volatile StageRunner runner;
  private volatile Lease lease;

  Ending(SparkSession spark, RunContext run, PrintStream err, Progress progress) {
    this.spark = spark;
    this.run = run;
    this.err = err;
    this.progress = progress;
    ShutdownHookManager.get()
        .addShutdownHook(fromOutside, BEFORE_SPARK, SECONDS_TO_END, TimeUnit.SECONDS);
  }

  /** Takes the right to write, which is given back when the run has ended. */
  void giveBack(Lease lease) {
    this.lease = lease;
  }

  /** Takes what is needed to say what the run did. */
  void watch(RunLog log, StageRunner runner) {
    this.log = log;
    this.runner = runner;
  }

  /**
   * Ends the run from within.
   *
   * @param trace of an error that nobody foresaw, printed before the message
   * @param answer printed after a run that went well, before the closing line
   * @return how it ended: not as given if it was interrupted before, or the log cannot be written
   */
  ExitCode end(ExitCode exit, String message, String trace, Runnable answer) {
    if (!isEnding.compareAndSet(false, true)) {
      // What failed did so because the run is being ended from outside, which has the last word.
      await();
      return ExitCode.INTERRUPTED;
    }
    try {
      err.print(trace);
      List<StageOutcome> outcomes = outcomes();
      Optional<String> unlogged = writeLog(outcomes, exit, message);
      // A run that went well has failed if nobody can know of it.
      ExitCode known = exit == ExitCode.OK && unlogged.isPresent() ? ExitCode.STORAGE : exit;
      release();
      if (known == ExitCode.OK) {
        answer.run();
      } else if (!message.isEmpty()) {
        err.println(message);
      }
      String why = message.isEmpty() ? unlogged.orElse("") : message;
      err.println(Runs.closingLine(run, outcomes, known, why));
      return known;
    } finally {
      ended.countDown();
      removeHook();
    }
  }

  private void interrupted() {
    if (!isEnding.compareAndSet(false, true)) {
      await();
      return;
    }
    String message = Failures.interrupted(run.runId());
    // Taken first: stages that the next line stops have not failed.
    List<StageOutcome> outcomes = outcomes();
    progress.stop();
    spark.sparkContext().cancelAllJobs();
    writeLog(outcomes, ExitCode.INTERRUPTED, message);
    release();
    silenceOthers();
    err.println(message);
    err.println(Runs.closingLine(run, outcomes, ExitCode.INTERRUPTED, message));
    ended.countDown();
  }

  /** Tasks that are being stopped go on to complain; the closing line stays the last. */
  private static void silenceOthers() {
    LogManager.shutdown();
    System.setErr(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
  }

  /** Returns, and says, why the log could not be written; empty if it was. */
  private Optional<String> writeLog(List<StageOutcome> outcomes, ExitCode exit, String message) {
    try {
      if (log != null) {
        log.ended(outcomes, exit, message);
      }
      return Optional.empty();
    } catch (Throwable error) {
      String why = Failures.runLogNotWritten(run.runId(), error);
      err.println(why);
      return Optional.of(why);
    }
  }

  /** A lake that is not given back keeps the next run waiting, and no more. */
  private void release() {
    try {
      if (lease != null) {
        lease.release();
      }
    } catch (Throwable error) {
      err.println(Failures.lakeNotGivenBack(Lease.Pace.OF_RUNS.expiry().toSeconds(), error));
    }
  }

  private List<StageOutcome> outcomes() {
    return runner == null ? List.of() : runner.outcomes();
  }

  private void removeHook() {
    if (!ShutdownHookManager.get().isShutdownInProgress()) {
      ShutdownHookManager.get().removeShutdownHook(fromOutside);
    }
  }

  private void await() {
    try {
      ended.await(SECONDS_TO_END, TimeUnit.SECONDS);
    } catch (InterruptedException error) {
      Thread.currentThread().interrupt();
    }
  }
}
