package io.dealimpact.claim;

import java.util.List;
import java.util.Optional;

/**
 * A claim held against what was measured.
 *
 * @param claim the claim
 * @param allowed what its print allows, in the metric's unit; empty for names and where it has no
 *     figure
 * @param readings every reading with its verdict, plainest first
 * @param verdict of the claim
 * @param explanation one sentence to quote
 */
public record ClaimAudit(
    Claim claim,
    Optional<Band> allowed,
    List<ReadingVerdict> readings,
    Verdict verdict,
    String explanation) {

  /**
   * A reading and its verdict.
   *
   * @param reading the reading
   * @param verdict supported, contradicted or not measurable
   */
  public record ReadingVerdict(Reading reading, Verdict verdict) {}

  /**
   * The reading that decided: the first that has the claim's verdict (for {@code supported under a
   * reading}, the first that supports it); empty if there is no reading.
   */
  public Optional<ReadingVerdict> deciding() {
    Verdict wanted = verdict == Verdict.SUPPORTED_UNDER_A_READING ? Verdict.SUPPORTED : verdict;
    return readings.stream().filter(judged -> judged.verdict() == wanted).findFirst();
  }

  /**
   * A reading as the table has it.
   *
   * @param judged the reading and its verdict
   * @param isDeciding whether it decided
   */
  public record Line(ReadingVerdict judged, boolean isDeciding) {}

  /** Every reading, or the one line that says there is none. */
  public List<Line> lines() {
    if (readings.isEmpty()) {
      return List.of(
          new Line(
              new ReadingVerdict(Reading.missing("none", "no reading"), Verdict.NOT_MEASURABLE),
              true));
    }
    Optional<ReadingVerdict> decided = deciding();
    return readings.stream().map(r -> new Line(r, decided.filter(r::equals).isPresent())).toList();
  }
}
