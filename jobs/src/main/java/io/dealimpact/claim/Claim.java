package io.dealimpact.claim;

import io.dealimpact.capacity.QuantityRange;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * A figure that was printed.
 *
 * @param claimId the claim
 * @param dealId the deal that it is about
 * @param subject of whom it speaks
 * @param metric of what it speaks, by {@link Metric#code()}; any other is not measurable
 * @param claimed what was printed, in the metric's unit; dates as days since 1970-01-01; empty
 *     where the print is words only
 * @param asPrinted the words of the print: they show the rounding
 * @param eventDate the day of the deal, from which "at once" counts; empty if not known
 * @param precision how precisely it was printed; empty: as its words say
 * @param parts what it asserts besides, in words, with what sources say
 */
public record Claim(
    String claimId,
    String dealId,
    String subject,
    String metric,
    Optional<QuantityRange> claimed,
    String asPrinted,
    Optional<LocalDate> eventDate,
    Optional<Precision> precision,
    List<StatedPart> parts) {

  /** A claim that says nothing of its precision and has no parts of its own. */
  public Claim(
      String claimId,
      String dealId,
      String subject,
      String metric,
      Optional<QuantityRange> claimed,
      String asPrinted,
      Optional<LocalDate> eventDate) {
    this(
        claimId,
        dealId,
        subject,
        metric,
        claimed,
        asPrinted,
        eventDate,
        Optional.empty(),
        List.of());
  }
}
