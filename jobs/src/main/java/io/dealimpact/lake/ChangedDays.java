package io.dealimpact.lake;

import java.time.LocalDate;

/**
 * The days of a table that were written again.
 *
 * @param first day; after {@code last} if there is none
 * @param last day, inclusive
 */
public record ChangedDays(LocalDate first, LocalDate last) {
  /** No day. */
  public static final ChangedDays NONE = new ChangedDays(LocalDate.MAX, LocalDate.MIN);

  /** Whether no day was. */
  public boolean isNone() {
    return first.isAfter(last);
  }

  /** All days from the first of either to the last of either. */
  public ChangedDays and(ChangedDays other) {
    return new ChangedDays(
        first.isBefore(other.first) ? first : other.first,
        last.isAfter(other.last) ? last : other.last);
  }
}
