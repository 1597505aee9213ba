package io.dealimpact.claim;

import io.dealimpact.capacity.QuantityRange;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * A figure that was printed.
 *
 * @param claimId the claim
 * @param about what it speaks of
 * @param print what was printed
 * @param eventDate the day of the deal, from which "at once" counts; empty if not known
 * @param parts what it asserts besides, in words, with what sources say
 */
public record Claim(
    String claimId,
    About about,
    Print print,
    Optional<LocalDate> eventDate,
    List<StatedPart> parts) {

  /** A claim that has no parts of its own. */
  public Claim(String claimId, About about, Print print, Optional<LocalDate> eventDate) {
    this(claimId, about, print, eventDate, List.of());
  }

  /**
   * What a claim speaks of.
   *
   * @param dealId the deal
   * @param subject of whom it speaks
   * @param metric of what it speaks, by {@link Metric#code()}; any other is not measurable
   */
  public record About(String dealId, String subject, String metric) {}

  /**
   * What was printed.
   *
   * @param claimed the figure, in the metric's unit; dates as days since 1970-01-01; empty where
   *     the print is words only
   * @param words the words of the print: they show the rounding
   * @param precision how precisely it was printed; empty: as its words say
   */
  public record Print(
      Optional<QuantityRange> claimed, String words, Optional<Precision> precision) {

    /** A print that is as precise as its words say. */
    public Print(Optional<QuantityRange> claimed, String words) {
      this(claimed, words, Optional.empty());
    }
  }
}
