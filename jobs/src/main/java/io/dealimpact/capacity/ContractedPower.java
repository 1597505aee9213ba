package io.dealimpact.capacity;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * What a provider had under signed contract, by day: a span for each version of a commitment that
 * was signed and whose power is known, until the next version became known.
 *
 * @param providers who provides: one, or several whose split is not known
 * @param from first day of the span
 * @param until first day after it; {@link LocalDate#MAX} for the last version
 * @param powerGw power, stated or by its GPUs; central, options included
 */
public record ContractedPower(
    List<String> providers, LocalDate from, LocalDate until, double powerGw) {

  /** The spans of a commitment, in order of time. */
  public static List<ContractedPower> of(
      CommitmentHistory history, GpuCatalogue catalogue, ScheduleDefaults defaults) {
    List<ContractedPower> spans = new ArrayList<>();
    List<Commitment> versions = history.versions();
    for (int i = 0; i < versions.size(); i++) {
      Commitment version = versions.get(i);
      if (version.status() != CommitmentStatus.SIGNED) {
        continue;
      }
      LocalDate until =
          i + 1 < versions.size() ? versions.get(i + 1).publication().knownDate() : LocalDate.MAX;
      SizedCommitment.of(version, catalogue, defaults)
          .powerGw()
          .range()
          .ifPresent(
              power ->
                  spans.add(
                      new ContractedPower(
                          version.parties().providers(),
                          version.publication().knownDate(),
                          until,
                          power.mid())));
    }
    return List.copyOf(spans);
  }
}
