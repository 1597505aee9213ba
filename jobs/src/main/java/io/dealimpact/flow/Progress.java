package io.dealimpact.flow;

import io.dealimpact.run.StageOutcome;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/**
 * Shows on standard error what a run is doing: a line for each stage that did something, and while
 * one takes long, how many of its tasks are done.
 */
final class Progress extends SparkListener {
  private static final long QUIET_NANOS = 5_000_000_000L;

  /** The local property of a thread, and so of its jobs, that names the stage of the flow. */
  static final String STAGE = "dealimpact.stage";

  private final PrintStream err;
  private final Map<String, Running> running = new ConcurrentHashMap<>();
  private final Map<Integer, Running> ofTasks = new ConcurrentHashMap<>();
  private volatile boolean isStopped;

  Progress(PrintStream err) {
    this.err = err;
  }

  private static final class Running {
    private final String name;
    private final long began = System.nanoTime();
    private final AtomicInteger tasks = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private long lastLine = began;

    Running(String name) {
      this.name = name;
    }

    /** A line when the last one is long ago; null while it is not. */
    synchronized String line() {
      long now = System.nanoTime();
      if (now - lastLine < QUIET_NANOS) {
        return null;
      }
      lastLine = now;
      return String.format(
          Locale.ROOT,
          "%-22s … %.0f s, %d of %d tasks done",
          name,
          (now - began) / 1e9,
          done.get(),
          tasks.get());
    }
  }

  /** Ends the lines: what is written afterwards is the last. */
  void stop() {
    isStopped = true;
  }

  private void print(String line) {
    if (!isStopped) {
      err.println(line);
    }
  }

  void begin(String stage) {
    running.put(stage, new Running(stage));
  }

  void end(String stage) {
    Running ended = running.remove(stage);
    ofTasks.values().removeIf(other -> other == ended);
  }

  void report(StageOutcome outcome) {
    if (outcome.result() == StageOutcome.Result.NOTHING_NEW && outcome.rows().in() == 0) {
      return;
    }
    print(line(outcome));
  }

  private static String line(StageOutcome outcome) {
    StringBuilder text =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "%-22s %-11s %6.1f s",
                outcome.stage(),
                outcome.result().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                outcome.took().toMillis() / 1000.0));
    if (outcome.rows().in() > 0) {
      text.append(
          String.format(
              Locale.ROOT,
              "  %,d in = %,d accepted + %,d duplicate + %,d quarantined",
              outcome.rows().in(),
              outcome.rows().accepted(),
              outcome.rows().duplicate(),
              outcome.rows().quarantined()));
    } else if (outcome.rows().written() > 0) {
      text.append(String.format(Locale.ROOT, "  %,d rows written", outcome.rows().written()));
    }
    if (!outcome.message().isEmpty()) {
      text.append("  ").append(outcome.message());
    }
    return text.toString();
  }

  @Override
  public void onStageSubmitted(SparkListenerStageSubmitted submitted) {
    String stage =
        submitted.properties() == null ? null : submitted.properties().getProperty(STAGE);
    Running now = stage == null ? null : running.get(stage);
    if (now != null) {
      ofTasks.put(submitted.stageInfo().stageId(), now);
      now.tasks.addAndGet(submitted.stageInfo().numTasks());
    }
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd ended) {
    Running now = ofTasks.get(ended.stageId());
    if (now != null) {
      now.done.incrementAndGet();
      String line = now.line();
      if (line != null) {
        print(line);
      }
    }
  }
}
