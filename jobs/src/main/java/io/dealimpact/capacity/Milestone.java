package io.dealimpact.capacity;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Power that a commitment states for a day, cumulative: by the end of the day that much is online.
 *
 * @param date the day; empty for what is stated without one ("up to 6 GW over several years")
 * @param cumulativeGw power online by then, all earlier milestones included, GW
 * @param kind how binding it is
 */
public record Milestone(Optional<LocalDate> date, double cumulativeGw, Kind kind) {

  /** How binding a milestone is. */
  public enum Kind {
    /** Contracted. */
    FIRM,
    /** Intended by the parties. */
    TARGET,
    /** One party may ask for it; it counts for nothing until it does. */
    OPTION;

    /** The name in data: {@code firm}, {@code target}, {@code option}. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The kind of that name; empty if there is none. */
    public static Optional<Kind> parse(String code) {
      for (Kind kind : values()) {
        if (kind.code().equals(code)) {
          return Optional.of(kind);
        }
      }
      return Optional.empty();
    }
  }

  /**
   * @throws IllegalArgumentException if the power is negative or not a number
   */
  public Milestone {
    if (!(cumulativeGw >= 0) || Double.isInfinite(cumulativeGw)) {
      throw new IllegalArgumentException(
          "power of a milestone must be 0 GW or more, not " + cumulativeGw);
    }
  }

  /**
   * What is wrong with a list of milestones; empty if it can be followed. Rules: {@code
   * milestones-out-of-order} (days must rise, and what has no day comes last), {@code
   * milestones-shrink} (they are cumulative), {@code option-before-firm} (options come after all
   * that is firm or a target), {@code milestones-above-power} (never beyond the power stated).
   *
   * @param powerGw power that the commitment states beside them, GW
   */
  public static List<Violation> violations(
      List<Milestone> milestones, Optional<QuantityRange> powerGw) {
    List<Violation> found = new ArrayList<>();
    for (int i = 1; i < milestones.size(); i++) {
      Milestone before = milestones.get(i - 1);
      Milestone after = milestones.get(i);
      if (after.date().isPresent()
          && (before.date().isEmpty() || !after.date().get().isAfter(before.date().get()))) {
        found.add(
            new Violation(
                "milestones-out-of-order",
                after + " follows " + before + "; days must rise, and what has no day comes last"));
      }
      if (after.cumulativeGw() < before.cumulativeGw()) {
        found.add(
            new Violation(
                "milestones-shrink",
                after + " is below " + before + "; milestones are cumulative and never fall"));
      }
      if (before.kind() == Kind.OPTION && after.kind() != Kind.OPTION) {
        found.add(
            new Violation(
                "option-before-firm",
                after + " follows " + before + "; options come after all that is firm"));
      }
    }
    if (!milestones.isEmpty() && powerGw.isPresent()) {
      Milestone last = milestones.get(milestones.size() - 1);
      if (last.cumulativeGw() > powerGw.get().high()) {
        found.add(
            new Violation(
                "milestones-above-power",
                last
                    + " is above the "
                    + Figures.plain(powerGw.get().high())
                    + " GW that the commitment states"));
      }
    }
    return List.copyOf(found);
  }

  @Override
  public String toString() {
    return Figures.plain(cumulativeGw)
        + " GW "
        + date.map(day -> "by " + day).orElse("without a day")
        + " ("
        + kind.code()
        + ")";
  }
}
