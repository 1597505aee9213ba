package io.dealimpact.flow;

import static org.apache.spark.sql.functions.col;

import io.dealimpact.codec.RunLogCodec;
import io.dealimpact.lake.Lake;
import io.dealimpact.lake.Tables;
import io.dealimpact.run.ExitCode;
import io.dealimpact.run.RunContext;
import io.dealimpact.run.StageOutcome;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code ops.run_log}: what earlier runs did, and where this one says what it did. */
final class RunLog {
  private final Lake lake;
  private final Map<String, RunLogCodec.LastRun> last = new HashMap<>();

  RunLog(Lake lake) {
    this.lake = lake;
    if (lake.exists(Tables.RUN_LOG)) {
      lake
          .read(Tables.RUN_LOG)
          .where(col("fingerprint").isNotNull().and(col("result").isin("DONE", "NOTHING_NEW")))
          .orderBy("started_at", "run_id")
          .select(RunLogCodec.lastRunColumns())
          .collectAsList()
          .stream()
          .map(RunLogCodec::lastRun)
          .forEach(run -> last.put(run.stage(), run));
    }
  }

  /** Whether the stage's last good run had this fingerprint and left the table as it is now. */
  boolean wasDone(String stage, String fingerprint, long outputVersion) {
    RunLogCodec.LastRun run = last.get(stage);
    return run != null
        && run.fingerprint().equals(fingerprint)
        && run.outputVersion() == outputVersion;
  }

  void write(RunContext run, List<StageOutcome> outcomes, ExitCode exit, String message) {
    if (run.effect() == RunContext.Effect.DRY_RUN) {
      return;
    }
    Duration took = Duration.between(run.startedAt(), Clock.systemUTC().instant());
    lake.append(
        Tables.RUN_LOG,
        lake.spark()
            .createDataFrame(
                RunLogCodec.rows(
                    Tables.RUN_LOG.schema(),
                    run,
                    outcomes,
                    new RunLogCodec.RunEnd(exit, message, took, Program.version())),
                Tables.RUN_LOG.schema()));
  }
}
