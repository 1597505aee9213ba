package io.dealimpact.capacity;

import java.time.LocalDate;
import java.util.Optional;

/**
 * When the power of one commitment comes online.
 *
 * @param firstPowerDate first day with any power
 * @param fullPowerDate first day with all of it
 * @param ramp what happens between
 * @param basis where the dates are from
 */
public record Schedule(LocalDate firstPowerDate, LocalDate fullPowerDate, Ramp ramp, Basis basis) {

  /** Which dates were stated. */
  public enum Basis {
    /** First and full power. */
    STATED,
    /**
     * Full power only: the ramp is taken to begin on the day of the promise. What is online before
     * full power rests on that.
     */
    ASSUMED_FIRST_DATE,
    /**
     * First power only: full power is taken to follow after a time. All that is online rests on
     * that.
     */
    ASSUMED_FULL_DATE
  }

  /**
   * @throws IllegalArgumentException if full power comes before first power
   */
  public Schedule {
    if (fullPowerDate.isBefore(firstPowerDate)) {
      throw new IllegalArgumentException(
          "full power on " + fullPowerDate + " is before first power on " + firstPowerDate);
    }
  }

  /**
   * The schedule from what was stated; empty if neither date is known, for then no quarter can
   * claim the power.
   *
   * @param assumedRampDays days from first to full power where only the first is known
   * @param promisedOn day of the promise, first power where only full power is known
   */
  public static Optional<Schedule> of(
      Optional<LocalDate> first,
      Optional<LocalDate> full,
      Ramp ramp,
      int assumedRampDays,
      LocalDate promisedOn) {
    if (first.isPresent() && full.isPresent()) {
      return Optional.of(new Schedule(first.get(), full.get(), ramp, Basis.STATED));
    }
    if (first.isPresent()) {
      LocalDate assumed = first.get().plusDays(assumedRampDays);
      return Optional.of(new Schedule(first.get(), assumed, ramp, Basis.ASSUMED_FULL_DATE));
    }
    return full.map(
        day ->
            new Schedule(
                promisedOn.isAfter(day) ? day : promisedOn, day, ramp, Basis.ASSUMED_FIRST_DATE));
  }

  /** Share online at the end of a day that rests on no assumed date, 0 to 1. */
  public double statedShareAt(LocalDate day) {
    return switch (basis) {
      case STATED -> shareAt(day);
      case ASSUMED_FIRST_DATE -> day.isBefore(fullPowerDate) ? 0 : 1;
      case ASSUMED_FULL_DATE -> 0;
    };
  }

  /** Share of full power online at the end of a day, 0 to 1. */
  public double shareAt(LocalDate day) {
    return ramp.shareAt(day.toEpochDay(), firstPowerDate.toEpochDay(), fullPowerDate.toEpochDay());
  }

  /** Share of full power online at the END of the quarter's last day: what the tables report. */
  public double shareAtEnd(Quarter quarter) {
    return shareAt(quarter.lastDay());
  }

  /** Mean over days, both inclusive, of the share online at the end of each. */
  public double averageShare(LocalDate from, LocalDate to) {
    return ramp.averageShare(
        from.toEpochDay(),
        to.toEpochDay(),
        firstPowerDate.toEpochDay(),
        fullPowerDate.toEpochDay());
  }

  /** Mean over the quarter's days of the share online at the end of each. */
  public double averageShare(Quarter quarter) {
    return ramp.averageShare(
        quarter.firstDay().toEpochDay(),
        quarter.lastDay().toEpochDay(),
        firstPowerDate.toEpochDay(),
        fullPowerDate.toEpochDay());
  }
}
