package io.dealimpact.ask;

import io.dealimpact.run.DealImpactException;
import io.dealimpact.run.Failures;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.SparkThrowable;

/** Tells failures of a query, which its writer can mend, from those of the lake or the machine. */
public final class QueryFailures {
  /** SQLSTATE classes of errors that are the query's: cardinality, data, syntax or access rule. */
  private static final List<String> OF_THE_QUERY = List.of("21", "22", "42");

  private QueryFailures() {}

  /**
   * The failure of a query, in words.
   *
   * @param error as Spark threw it
   * @return empty if the query is not at fault
   */
  public static Optional<DealImpactException> of(Exception error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof SparkThrowable known && isOfTheQuery(known.getSqlState())) {
        return Optional.of(failure(cause, known, error));
      }
    }
    return Optional.empty();
  }

  private static DealImpactException failure(
      Throwable cause, SparkThrowable known, Exception error) {
    Map<String, String> said = known.getMessageParameters();
    String condition = Objects.requireNonNullElse(known.getCondition(), "");
    return condition.startsWith("UNRESOLVED_COLUMN")
        ? Failures.unknownColumn(
            said.getOrDefault("objectName", ""), said.getOrDefault("proposal", ""), error)
        : Failures.badQuery(Failures.firstLine(cause), error);
  }

  private static boolean isOfTheQuery(String sqlState) {
    return sqlState != null && OF_THE_QUERY.stream().anyMatch(sqlState::startsWith);
  }
}
