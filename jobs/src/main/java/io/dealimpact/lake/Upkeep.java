package io.dealimpact.lake;

/**
 * What maintaining a table did.
 *
 * @param table its name
 * @param filesBefore data files of the newest version before
 * @param filesAfter data files of the newest version after
 * @param filesRemoved data files that no kept version needs
 * @param bytesRemoved their size
 * @param logFilesRemoved files of the Delta log before the checkpoint that kept versions need
 */
public record Upkeep(
    String table,
    long filesBefore,
    long filesAfter,
    long filesRemoved,
    long bytesRemoved,
    long logFilesRemoved) {

  /** Whether anything was done. */
  public boolean isAny() {
    return filesBefore != filesAfter || filesRemoved + logFilesRemoved > 0;
  }
}
