package io.dealimpact.capacity;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How firm a commitment is, from the least to the most.
 *
 * <p>Sums never mix statuses: every aggregate has the status as a dimension without "all". What is
 * online is not a status but a measure, derived from the ramp, on each of them: {@code planned}
 * power "online" in a quarter is what would be online if the plan were kept.
 */
public enum CommitmentStatus {
  /** No longer promised: counts for nothing from its known date. */
  CANCELLED,
  /** Somebody says so, neither party does. */
  RUMOURED,
  /** A party says it intends to. */
  PLANNED,
  /** Parties announced it: a letter of intent, a term sheet. */
  ANNOUNCED,
  /** A contract. */
  SIGNED,
  /**
   * A change to a commitment, which stays as firm as it was ({@code SIGNED} if that is unknown).
   */
  AMENDED;

  private static final Map<String, CommitmentStatus> BY_CODE =
      Arrays.stream(values()).collect(Collectors.toMap(CommitmentStatus::code, status -> status));

  private final String code = name().toLowerCase(Locale.ROOT);

  /** The name in data: {@code signed}. */
  public String code() {
    return code;
  }

  /** The status of that name; empty if there is none. */
  public static Optional<CommitmentStatus> parse(String code) {
    return Optional.ofNullable(BY_CODE.get(code));
  }

  /** Whether a commitment of this status counts for something. */
  public boolean counts() {
    return this != CANCELLED && this != AMENDED;
  }

  /** Whether it is at least as firm; false if either counts for nothing. */
  public boolean atLeast(CommitmentStatus floor) {
    return counts() && floor.counts() && compareTo(floor) >= 0;
  }
}
