package io.dealimpact.claim;

import io.dealimpact.capacity.Commitment;
import io.dealimpact.capacity.CommitmentHistory;
import io.dealimpact.capacity.QuantityRange;
import io.dealimpact.capacity.Schedule;
import io.dealimpact.capacity.ScheduleDefaults;
import io.dealimpact.capacity.Tranche;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a deal committed: the commitments that it made or amended, as they were from its day on.
 *
 * @param commitments the last version of each commitment that bears the deal's id, in order of id;
 *     cancelled ones are not among them
 */
public record DealTerms(List<Commitment> commitments) {

  private static final double DAYS_PER_YEAR = 365.25;
  private static final Optional<QuantityRange> NONE = Optional.of(QuantityRange.exactly(0));

  /** The terms of a deal, from all histories that may concern it. */
  public static DealTerms of(String dealId, List<CommitmentHistory> histories) {
    return new DealTerms(
        histories.stream()
            .flatMap(
                history ->
                    history.versions().stream()
                        .filter(version -> version.dealId().equals(dealId))
                        .reduce((earlier, later) -> later)
                        .stream())
            .filter(Commitment::isActive)
            .sorted(Comparator.comparing(Commitment::commitmentId))
            .toList());
  }

  /**
   * What a deal adds. Where it amends a commitment that other deals made, and both state dollars,
   * that is the difference: of dollars, and of power and GPUs, which are 0 where they are as
   * before. A commitment without dollars until then is all of this deal's: its dollars pay for all
   * of the power.
   */
  public static DealTerms added(String dealId, List<CommitmentHistory> histories) {
    Map<String, Commitment> before = new HashMap<>();
    for (CommitmentHistory history : histories) {
      for (Commitment version : history.versions()) {
        if (version.dealId().equals(dealId)) {
          break;
        }
        before.put(history.commitmentId(), version);
      }
    }
    return new DealTerms(
        of(dealId, histories).commitments().stream()
            .map(
                commitment ->
                    Optional.ofNullable(before.get(commitment.commitmentId()))
                        .filter(Commitment::isActive)
                        .filter(earlier -> earlier.size().valueUsd().isPresent())
                        .filter(earlier -> commitment.size().valueUsd().isPresent())
                        .map(earlier -> increment(earlier, commitment))
                        .orElse(commitment))
            .toList());
  }

  private static Commitment increment(Commitment before, Commitment after) {
    Commitment.Size size = after.size();
    return after.withSize(
        new Commitment.Size(
            size.gpuModel(),
            difference(before.size().gpus(), size.gpus()),
            difference(before.statedPowerGw(), after.statedPowerGw()),
            size.powerBy(),
            difference(before.size().valueUsd(), size.valueUsd())));
  }

  /** What is there now and was not before; nothing where both say the same, all where one does. */
  private static Optional<QuantityRange> difference(
      Optional<QuantityRange> before, Optional<QuantityRange> after) {
    if (before.isEmpty() || after.isEmpty()) {
      return after;
    }
    return Optional.of(
        before.equals(after) ? QuantityRange.exactly(0) : after.get().minus(before.get()));
  }

  /** Whether it adds power or GPUs, of known or unknown size. */
  private static boolean addsCapacity(Commitment commitment) {
    return !commitment.statedPowerGw().equals(NONE) && !commitment.size().gpus().equals(NONE);
  }

  /** Power, GW; empty unless every commitment states it. */
  public Optional<QuantityRange> powerGw() {
    return total(Commitment::statedPowerGw);
  }

  /** GPUs; empty unless every commitment states them. */
  public Optional<QuantityRange> gpus() {
    return total(commitment -> commitment.size().gpus());
  }

  /**
   * Value, USD, of the commitments that state one; empty if none does. One that states none is
   * taken to be in the value of another, as suppliers word it, not to be free.
   */
  public Optional<QuantityRange> valueUsd() {
    return commitments.stream()
        .map(commitment -> commitment.size().valueUsd())
        .flatMap(Optional::stream)
        .reduce(QuantityRange::plus);
  }

  /** The accelerator, if all commitments name the same one. */
  public Optional<String> gpuModel() {
    List<String> models =
        commitments.stream()
            .filter(DealTerms::addsCapacity)
            .map(commitment -> commitment.size().gpuModel())
            .distinct()
            .toList();
    return models.size() == 1 ? Optional.of(models.get(0)) : Optional.empty();
  }

  /** First day with any power; empty if no commitment states one. */
  public Optional<LocalDate> firstPowerDate() {
    return commitments.stream()
        .map(commitment -> commitment.timing().firstPowerDate())
        .flatMap(Optional::stream)
        .min(Comparator.naturalOrder());
  }

  /** First day with all power; empty unless every commitment states one. */
  public Optional<LocalDate> fullPowerDate() {
    return commitments.stream().anyMatch(c -> c.timing().fullPowerDate().isEmpty())
        ? Optional.empty()
        : commitments.stream()
            .map(c -> c.timing().fullPowerDate().orElseThrow())
            .max(Comparator.naturalOrder());
  }

  /** Whose estimates the power is, comma-separated; empty where the parties stated it. */
  public Optional<String> powerBy() {
    return commitments.stream()
        .filter(DealTerms::addsCapacity)
        .flatMap(commitment -> commitment.size().powerBy().stream())
        .distinct()
        .sorted()
        .reduce((one, other) -> one + ", " + other);
  }

  /**
   * Mean share of the power that is online over the term, from the first day with any: by stated
   * dates, options left out, weighted by power; empty if some of it has no stated date.
   */
  public Optional<QuantityRange> rampShare(QuantityRange termYears, ScheduleDefaults defaults) {
    Optional<LocalDate> first = firstPowerDate();
    long days = Math.round(termYears.mid() * DAYS_PER_YEAR);
    if (first.isEmpty() || days < 1) {
      return Optional.empty();
    }
    LocalDate last = first.get().plusDays(days - 1);
    double power = 0;
    double online = 0;
    for (Commitment commitment : commitments) {
      for (Tranche tranche : Tranche.of(commitment, commitment.statedPowerGw(), defaults)) {
        if (tranche.isOption()) {
          continue;
        }
        if (tranche.powerGw().isEmpty()
            || tranche.schedule().isEmpty()
            || tranche.schedule().get().basis() != Schedule.Basis.STATED) {
          return Optional.empty();
        }
        double gw = tranche.powerGw().get().mid();
        power += gw;
        online += gw * tranche.schedule().get().averageShare(first.get(), last);
      }
    }
    return power > 0 && online > 0
        ? Optional.of(QuantityRange.exactly(online / power))
        : Optional.empty();
  }

  private Optional<QuantityRange> total(Function<Commitment, Optional<QuantityRange>> figure) {
    return commitments.stream().map(figure).reduce(QuantityRange::sum).flatMap(Function.identity());
  }
}
