package io.dealimpact.run;

import java.time.Duration;
import java.util.Map;

/**
 * What one stage of a run did. Every row in is accepted, a duplicate or quarantined: {@code rowsIn
 * = rowsAccepted + rowsDuplicate + rowsQuarantined} for a stage that judges rows.
 *
 * @param stage its name on the command line
 * @param result done, nothing new, dry run, skipped or failed
 * @param table what it writes
 * @param rowsIn rows judged or read
 * @param rowsWritten rows written to {@code table}
 * @param inputVersions pinned version of every input table, by table name
 * @param fingerprint of program, settings and input versions: the same one means nothing to do
 * @param outputVersion of {@code table} after the stage; −1 while there is none
 * @param outputTableId that Delta gave {@code table}; empty while there is none
 * @param message for people; empty when there is nothing to say
 */
public record StageOutcome(
    String stage,
    Result result,
    String table,
    long rowsIn,
    long rowsAccepted,
    long rowsDuplicate,
    long rowsQuarantined,
    long rowsWritten,
    Map<String, Long> inputVersions,
    String fingerprint,
    long outputVersion,
    String outputTableId,
    Duration took,
    String message) {

  /** How a stage ended. */
  public enum Result {
    DONE,
    NOTHING_NEW,
    DRY_RUN,
    /** A quality gate closed a table that it reads. */
    SKIPPED,
    FAILED
  }

  /** Copies the versions. */
  public StageOutcome {
    inputVersions = Map.copyOf(inputVersions);
  }
}
