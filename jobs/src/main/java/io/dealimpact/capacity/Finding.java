package io.dealimpact.capacity;

import java.time.LocalDate;

/**
 * Something odd in the history of a commitment. It is reported, and does not remove the commitment.
 *
 * @param commitmentId the commitment
 * @param knownDate the day of the version at which it shows
 * @param rule its name, in lower-kebab-case
 * @param message what is odd, and how it was resolved
 */
public record Finding(String commitmentId, LocalDate knownDate, String rule, String message) {
  /** For people: {@code rule: commitment message}. */
  public String text() {
    return rule + ": " + commitmentId + " " + message;
  }
}
