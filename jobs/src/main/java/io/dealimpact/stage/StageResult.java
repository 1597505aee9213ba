package io.dealimpact.stage;

/**
 * Rows that a stage judged and wrote; {@code rowsIn = accepted + duplicate + quarantined} for one
 * that judges, and zero for one that only computes.
 *
 * @param message what a reader of the log should know; empty for nothing
 */
public record StageResult(
    long rowsIn, long accepted, long duplicate, long quarantined, String message) {

  /** A stage that computes from rows that were judged before. */
  public static StageResult computed(String message) {
    return new StageResult(0, 0, 0, 0, message);
  }
}
