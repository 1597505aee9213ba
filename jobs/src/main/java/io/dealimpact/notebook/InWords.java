package io.dealimpact.notebook;

import io.dealimpact.run.DealImpactException;
import io.dealimpact.run.Failures;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.SparkThrowable;

/** Runs what a cell asks for; its failures become sentences. */
final class InWords {
  /** SQLSTATE classes of errors that are the query's: cardinality, data, syntax or access rule. */
  private static final List<String> OF_THE_QUERY = List.of("21", "22", "42");

  private InWords() {}

  static <T> T run(Supplier<T> work) {
    try {
      return work.get();
    } catch (Exception error) {
      throw new NotebookFailure(sentence(error));
    }
  }

  private static String sentence(Exception error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof DealImpactException known) {
        return known.getMessage();
      }
      if (cause instanceof SparkThrowable known && isOfTheQuery(known.getSqlState())) {
        return Failures.badQuery(Failures.firstLine(cause), error).getMessage();
      }
    }
    return Failures.unexpected(error) + ". The log of Spark has the details.";
  }

  private static boolean isOfTheQuery(String sqlState) {
    return sqlState != null && OF_THE_QUERY.stream().anyMatch(sqlState::startsWith);
  }
}
