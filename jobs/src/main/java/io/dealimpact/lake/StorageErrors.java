package io.dealimpact.lake;

import io.dealimpact.run.DealImpactException;
import io.dealimpact.run.ExitCode;
import io.dealimpact.run.Failures;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.util.VersionInfo;
import org.apache.spark.SparkThrowable;

/** Turns what Delta and the storage throw into the failures that a user sees. */
public final class StorageErrors {
  /** Hadoop's local file system throws an Error where a disk is full or broken. */
  private static final String HADOOP_ERROR = "org.apache.hadoop.fs.FSError";

  /**
   * Conditions of Spark and Delta for files that are not where they were: they are no exceptions of
   * the storage, which may list late or have lost them.
   */
  private static final Set<String> FILES_GONE =
      Set.of(
          "PATH_NOT_FOUND",
          "DELTA_CANNOT_FIND_VERSION",
          "DELTA_FILE_NOT_FOUND",
          "DELTA_FILE_OR_DIR_NOT_FOUND",
          "DELTA_LOG_FILE_NOT_FOUND",
          "DELTA_MISSING_DELTA_TABLE",
          "DELTA_MISSING_FILES_UNEXPECTED_VERSION",
          "DELTA_MISSING_PART_FILES",
          "DELTA_NO_COMMITS_FOUND",
          "DELTA_NO_RECREATABLE_HISTORY_FOUND",
          "DELTA_PATH_DOES_NOT_EXIST",
          "DELTA_SCHEMA_NOT_SET",
          "DELTA_STATE_RECOVER_ERROR",
          "DELTA_TABLE_NOT_FOUND",
          "DELTA_TRUNCATED_TRANSACTION_LOG",
          "DELTA_TXN_LOG_FAILED_INTEGRITY",
          "DELTA_VERSIONS_NOT_CONTIGUOUS",
          "DELTA_VERSION_NOT_FOUND");

  private static final String GCS_CONNECTOR = "hadoop3-2.2.26";

  private StorageErrors() {}

  static void during(String doing, TableSpec table, Runnable action) {
    during(doing, table.fullName(), action);
  }

  static void during(String doing, String table, Runnable action) {
    try {
      action.run();
    } catch (DealImpactException known) {
      throw known;
    } catch (Throwable error) {
      // Scala throws checked exceptions that its methods do not announce.
      Optional<DealImpactException> known = find(doing, table, error);
      if (known.isPresent()) {
        throw known.get();
      }
      throw error;
    }
  }

  /**
   * The failure that an error stems from: of the storage, a writer at the same time, or two rows
   * with one key. Empty if it stems from none of them.
   *
   * @param doing what failed, for instance {@code writing gold.event_impact}
   * @param table that was written or read
   */
  public static Optional<DealImpactException> find(String doing, String table, Throwable error) {
    Optional<String> duplicate = UniqueKeys.duplicate(error);
    if (duplicate.isPresent()) {
      return Optional.of(Failures.duplicateKeys(table, duplicate.get()));
    }
    Throwable before = null;
    for (Throwable cause = error; cause != null && cause != before; cause = cause.getCause()) {
      before = cause;
      if (cause instanceof DealImpactException known
          && (known.exitCode() != ExitCode.STORAGE || missingFileSystem(known).isEmpty())) {
        return Optional.of(known);
      }
      String type = cause.getClass().getName();
      if (type.contains(".Concurrent")
          || type.endsWith("ProtocolChangedException")
          || type.endsWith("MetadataChangedException")) {
        return Optional.of(Failures.concurrentWriter(table, error));
      }
      if (isWithoutFileSystem(cause)
          || cause instanceof IOException
          || type.equals(HADOOP_ERROR)
          || isOfFilesGone(cause)) {
        // A missing class of the storage is the reason for the failure that Delta makes of it.
        Optional<Throwable> missing = missingFileSystem(cause);
        return Optional.of(
            missing.isPresent()
                ? Failures.fileSystemMissing(doing, packages(missing.get()), missing.get())
                : Failures.storage(doing, error));
      }
    }
    return Optional.empty();
  }

  private static Optional<Throwable> missingFileSystem(Throwable error) {
    Throwable before = null;
    for (Throwable cause = error; cause != null && cause != before; cause = cause.getCause()) {
      if (isWithoutFileSystem(cause)) {
        return Optional.of(cause);
      }
      before = cause;
    }
    return Optional.empty();
  }

  private static boolean isOfFilesGone(Throwable cause) {
    return cause instanceof SparkThrowable known
        && known.getCondition() != null
        && FILES_GONE.contains(known.getCondition());
  }

  private static boolean isWithoutFileSystem(Throwable cause) {
    return cause.getClass().getName().endsWith("UnsupportedFileSystemException")
        || ((cause instanceof ClassNotFoundException || cause instanceof NoClassDefFoundError)
            && String.valueOf(cause.getMessage()).contains("FileSystem"));
  }

  /** What has the file system of a scheme, for the Hadoop that is here. */
  private static String packages(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    if (message.contains("s3a")) {
      return "org.apache.hadoop:hadoop-aws:" + VersionInfo.getVersion();
    }
    if (message.contains("abfs") || message.contains("azure")) {
      return "org.apache.hadoop:hadoop-azure:" + VersionInfo.getVersion();
    }
    if (message.contains("\"gs\"") || message.contains("fs.gs.")) {
      return "com.google.cloud.bigdataoss:gcs-connector:" + GCS_CONNECTOR;
    }
    return "";
  }
}
