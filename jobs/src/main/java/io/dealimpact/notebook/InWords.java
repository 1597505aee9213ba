package io.dealimpact.notebook;

import io.dealimpact.ask.QueryFailures;
import io.dealimpact.run.DealImpactException;
import io.dealimpact.run.Failures;
import java.util.function.Supplier;

/** Runs what a cell asks for; its failures become sentences. */
final class InWords {
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
    }
    return QueryFailures.of(error)
        .map(DealImpactException::getMessage)
        .orElseGet(() -> Failures.unexpected(error) + ". The log of Spark has the details.");
  }
}
