package io.dealimpact.capacity;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A part of a commitment that comes online on a schedule of its own: what lies between two of its
 * {@link Milestone}s, or all of it where it states none.
 *
 * <p>With cumulative milestones g₁ ≤ g₂ ≤ … and a total T (low, mid, high), part i is min(gᵢ, T) −
 * min(gᵢ₋₁, T), end by end; what T has above the last milestone is a part of its own, with the
 * full-power date if there is one. A part begins the day after the milestone before it, the first
 * on the first-power date. So what is online never exceeds what is stated for a day.
 *
 * @param powerGw its power, GW; empty if the commitment's is not known
 * @param share its part of the commitment, 0 to 1, by which GPUs are divided
 * @param kind how binding it is
 * @param schedule when it comes online; empty if no date is known
 */
public record Tranche(
    Optional<QuantityRange> powerGw,
    double share,
    Milestone.Kind kind,
    Optional<Schedule> schedule) {

  /** All of a commitment, firm, on one schedule. */
  public static Tranche whole(Optional<QuantityRange> powerGw, Optional<Schedule> schedule) {
    return new Tranche(powerGw, 1, Milestone.Kind.FIRM, schedule);
  }

  /** Whether it counts only once somebody asks for it. */
  public boolean isOption() {
    return kind == Milestone.Kind.OPTION;
  }

  /**
   * The parts of a commitment, in order of time.
   *
   * @param totalGw its power, GW; empty if neither stated nor derivable
   */
  public static List<Tranche> of(
      Commitment commitment, Optional<QuantityRange> totalGw, ScheduleDefaults defaults) {
    Ramp ramp = commitment.timing().ramp().orElse(defaults.ramp());
    if (commitment.timing().milestones().isEmpty() || totalGw.isEmpty()) {
      return List.of(
          whole(
              totalGw,
              Schedule.of(
                  commitment.timing().firstPowerDate(),
                  commitment.timing().fullPowerDate(),
                  ramp,
                  defaults.rampDays(),
                  commitment.publication().promisedOn())));
    }
    QuantityRange total = totalGw.get();
    List<Milestone> points = new ArrayList<>(commitment.timing().milestones());
    Milestone last = points.get(points.size() - 1);
    if (last.cumulativeGw() < total.high()) {
      Milestone.Kind rest =
          last.kind() == Milestone.Kind.OPTION ? last.kind() : Milestone.Kind.FIRM;
      points.add(new Milestone(Optional.empty(), total.high(), rest));
    }
    List<Tranche> parts = new ArrayList<>();
    QuantityRange before = QuantityRange.exactly(0);
    Optional<LocalDate> start = commitment.timing().firstPowerDate();
    for (Milestone point : points) {
      QuantityRange reached = capped(point.cumulativeGw(), total);
      Optional<LocalDate> end = point.date().or(() -> fullPowerAfter(commitment, point, parts));
      Optional<LocalDate> begin =
          start.map(day -> end.isPresent() && day.isAfter(end.get()) ? end.get() : day);
      Optional<Schedule> schedule =
          Schedule.of(begin, end, ramp, defaults.rampDays(), commitment.publication().promisedOn());
      QuantityRange part =
          QuantityRange.of(
              reached.low() - before.low(),
              reached.mid() - before.mid(),
              reached.high() - before.high());
      if (part.high() > 0) {
        parts.add(
            new Tranche(
                Optional.of(part),
                total.mid() > 0 ? part.mid() / total.mid() : 0,
                point.kind(),
                schedule));
      }
      before = reached;
      if (end.isPresent()) {
        start = end.map(day -> day.plusDays(1));
      }
    }
    return List.copyOf(parts);
  }

  /** The full-power date stands for what has no day of its own, unless it is an option. */
  private static Optional<LocalDate> fullPowerAfter(
      Commitment commitment, Milestone point, List<Tranche> parts) {
    if (point.kind() == Milestone.Kind.OPTION) {
      return Optional.empty();
    }
    return commitment
        .timing()
        .fullPowerDate()
        .filter(
            day ->
                parts.stream()
                    .flatMap(part -> part.schedule().stream())
                    .allMatch(schedule -> day.isAfter(schedule.fullPowerDate())));
  }

  private static QuantityRange capped(double cumulativeGw, QuantityRange total) {
    return QuantityRange.of(
        Math.min(cumulativeGw, total.low()),
        Math.min(cumulativeGw, total.mid()),
        Math.min(cumulativeGw, total.high()));
  }
}
