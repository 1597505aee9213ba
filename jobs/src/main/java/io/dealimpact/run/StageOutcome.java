package io.dealimpact.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * What one stage of a run did.
 *
 * @param stage its name on the command line
 * @param result done, nothing new, dry run, skipped or failed
 * @param rows how many it read and wrote
 * @param made what it wrote, and what from
 * @param began when it was begun
 * @param message for people; empty when there is nothing to say
 */
public record StageOutcome(
    String stage,
    Result result,
    Rows rows,
    Made made,
    Instant began,
    Duration took,
    String message) {

  /**
   * Rows of a stage; {@code in = accepted + duplicate + quarantined} for one that checks rows.
   *
   * @param in rows checked or read
   * @param written rows written to its table
   */
  public record Rows(long in, long accepted, long duplicate, long quarantined, long written) {}

  /**
   * The table that a stage writes, and what it was made from.
   *
   * @param table name
   * @param inputVersions pinned version of every input table, by table name
   * @param fingerprint of program, settings and input versions: the same one means nothing to do
   * @param version of {@code table} after the stage; −1 while there is none
   * @param tableId that Delta gave {@code table}; empty while there is none
   */
  public record Made(
      String table,
      Map<String, Long> inputVersions,
      String fingerprint,
      long version,
      String tableId) {

    /** Copies the versions. */
    public Made {
      inputVersions = Map.copyOf(inputVersions);
    }
  }

  /** How a stage ended. */
  public enum Result {
    DONE,
    NOTHING_NEW,
    DRY_RUN,
    /** A quality gate closed a table that it reads. */
    SKIPPED,
    FAILED
  }
}
