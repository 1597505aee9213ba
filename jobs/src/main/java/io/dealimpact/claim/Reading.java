package io.dealimpact.claim;

import io.dealimpact.capacity.QuantityRange;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * One way to read a claim, and what was measured under it.
 *
 * @param name its name, in lower-kebab-case: {@code at-close}
 * @param kind how the measured range is meant
 * @param measured what was measured, in the metric's unit; empty if nothing was
 * @param names what was measured, where that is names
 * @param note why nothing was measured, or how it was; may be empty
 */
public record Reading(
    String name, Kind kind, Optional<QuantityRange> measured, Set<String> names, String note) {

  /** Begins the name of a reading by one publisher's model; the publisher follows. */
  static final String BY_MODEL_OF = "by-model-of-";

  /** How a measured range is meant. */
  public enum Kind {
    /** Each value of it was attained, one after the other or side by side: any of them will do. */
    ATTAINED,
    /** One value, known with an uncertainty: the mid speaks, the bounds may forbid it to. */
    ESTIMATED,
    /** As estimated, but compiled from the announcement: to agree with it is no measurement. */
    RECORDED,
    /** Names, compiled from the announcement too. */
    NAMES
  }

  /** Holds the names in order. */
  public Reading {
    names = Collections.unmodifiableSet(new TreeSet<>(names));
  }

  /** Whether it comes neither from the announcement nor from the print. */
  public boolean isIndependent() {
    return kind == Kind.ATTAINED || kind == Kind.ESTIMATED;
  }

  /** One number. */
  public static Reading value(String name, double value) {
    return estimate(name, QuantityRange.exactly(value));
  }

  /** What the announcement says. */
  public static Reading recorded(String name, QuantityRange announced) {
    return new Reading(name, Kind.RECORDED, Optional.of(announced), Set.of(), "");
  }

  /** A day that the announcement names, as days since 1970-01-01. */
  public static Reading recordedDate(String name, LocalDate day) {
    return recorded(name, QuantityRange.exactly((double) day.toEpochDay()));
  }

  /** A number with its uncertainty. */
  public static Reading estimate(String name, QuantityRange measured) {
    return new Reading(name, Kind.ESTIMATED, Optional.of(measured), Set.of(), "");
  }

  /** All numbers of a range, each of which was attained. */
  public static Reading attained(String name, QuantityRange measured) {
    return new Reading(name, Kind.ATTAINED, Optional.of(measured), Set.of(), "");
  }

  /** Names, of GPU models say. */
  public static Reading names(String name, Set<String> names) {
    return new Reading(name, Kind.NAMES, Optional.empty(), names, "");
  }

  /** The same reading, with a word on how it was measured. */
  public Reading noted(String how) {
    return new Reading(name, kind, measured, names, how);
  }

  /** Nothing, and why. */
  public static Reading missing(String name, String why) {
    return new Reading(name, Kind.ESTIMATED, Optional.empty(), Set.of(), why);
  }
}
