package io.dealimpact.lake;

import io.dealimpact.run.DealImpactException;
import io.dealimpact.run.Failures;
import java.io.IOException;
import java.util.Optional;

/** Turns what Delta and the storage throw into the failures that a user sees. */
final class StorageErrors {
  private StorageErrors() {}

  static void during(String doing, TableSpec table, Runnable action) {
    try {
      action.run();
    } catch (DealImpactException known) {
      throw known;
    } catch (RuntimeException error) {
      throw translate(doing, table, error);
    }
  }

  private static RuntimeException translate(String doing, TableSpec table, RuntimeException error) {
    Optional<String> duplicate = UniqueKeys.duplicate(error);
    if (duplicate.isPresent()) {
      return Failures.duplicateKeys(table.fullName(), duplicate.get());
    }
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      String type = cause.getClass().getName();
      if (type.contains(".Concurrent")
          || type.endsWith("ProtocolChangedException")
          || type.endsWith("MetadataChangedException")) {
        return Failures.concurrentWriter(table.fullName(), error);
      }
      if (cause instanceof IOException) {
        return Failures.storage(doing, error);
      }
    }
    return error;
  }
}
