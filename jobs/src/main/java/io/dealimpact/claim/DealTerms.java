package io.dealimpact.claim;

import io.dealimpact.capacity.Commitment;
import io.dealimpact.capacity.CommitmentHistory;
import io.dealimpact.capacity.Range;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a deal committed: the commitments that it made or amended, as they were from its day on.
 *
 * @param commitments the last version of each commitment that bears the deal's id, in order of id;
 *     cancelled ones are not among them
 */
public record DealTerms(List<Commitment> commitments) {

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

  /** Power, GW; empty unless every commitment states it. */
  public Optional<Range> powerGw() {
    return total(Commitment::powerGw);
  }

  /** GPUs; empty unless every commitment states them. */
  public Optional<Range> gpus() {
    return total(Commitment::gpus);
  }

  /**
   * Value, USD, of the commitments that state one; empty if none does. One that states none is
   * taken to be in the value of another, as suppliers word it, not to be free.
   */
  public Optional<Range> valueUsd() {
    return commitments.stream()
        .map(Commitment::valueUsd)
        .flatMap(Optional::stream)
        .reduce(Range::plus);
  }

  /** The accelerator, if all commitments name the same one. */
  public Optional<String> gpuModel() {
    List<String> models = commitments.stream().map(Commitment::gpuModel).distinct().toList();
    return models.size() == 1 ? Optional.of(models.get(0)) : Optional.empty();
  }

  /** First day with any power; empty if no commitment states one. */
  public Optional<LocalDate> firstPowerDate() {
    return commitments.stream()
        .map(Commitment::firstPowerDate)
        .flatMap(Optional::stream)
        .min(Comparator.naturalOrder());
  }

  /** First day with all power; empty unless every commitment states one. */
  public Optional<LocalDate> fullPowerDate() {
    return commitments.stream().anyMatch(c -> c.fullPowerDate().isEmpty())
        ? Optional.empty()
        : commitments.stream()
            .map(c -> c.fullPowerDate().orElseThrow())
            .max(Comparator.naturalOrder());
  }

  private Optional<Range> total(Function<Commitment, Optional<Range>> figure) {
    return commitments.stream().map(figure).reduce(Range::sum).flatMap(Function.identity());
  }
}
