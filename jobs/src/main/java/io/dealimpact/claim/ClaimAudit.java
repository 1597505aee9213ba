package io.dealimpact.claim;

import io.dealimpact.capacity.QuantityRange;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

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

  /** The same, explained in other words. */
  ClaimAudit explained(String words) {
    return new ClaimAudit(claim, allowed, readings, verdict, words);
  }

  /**
   * How far the print is off what was measured under the plainest reading that was: the nearest
   * ends of both, printed over measured less 1; 0 where they overlap. Empty where nothing was
   * measured, or where it is a day, names or a ratio.
   */
  public OptionalDouble offBy() {
    Optional<Metric> metric = Metric.parse(claim.about().metric());
    Optional<QuantityRange> measured =
        readings.stream().flatMap(judged -> judged.reading().measured().stream()).findFirst();
    if (metric.isEmpty() || measured.isEmpty() || claim.print().claimed().isEmpty()) {
      return OptionalDouble.empty();
    }
    QuantityRange printed = claim.print().claimed().get();
    QuantityRange found = measured.get();
    return switch (metric.get().unit()) {
      case DATE, NAMES, RATIO, COUNT -> OptionalDouble.empty();
      case USD, YEARS, GW, GPUS, FRACTION, DAYS -> {
        if (printed.overlaps(found)) {
          yield OptionalDouble.of(0);
        }
        double off =
            printed.low() > found.high()
                ? printed.low() / found.high() - 1
                : printed.high() / found.low() - 1;
        yield Double.isFinite(off) ? OptionalDouble.of(off) : OptionalDouble.empty();
      }
    };
  }

  /**
   * How precisely it was printed: as the claim states, else by its words; empty without a figure.
   */
  public Optional<Precision> precision() {
    return claim
        .print()
        .precision()
        .or(
            () ->
                allowed.isEmpty()
                    ? Optional.empty()
                    : Metric.parse(claim.about().metric())
                        .flatMap(metric -> PrintedFigure.precision(claim, metric)));
  }

  /**
   * Whether the print could have been wrong by this: some reading was measured that does not come
   * from the announcement or the print itself.
   */
  public boolean couldHaveFailed() {
    return readings.stream()
        .map(ReadingVerdict::reading)
        .anyMatch(reading -> reading.isIndependent() && reading.measured().isPresent());
  }

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
