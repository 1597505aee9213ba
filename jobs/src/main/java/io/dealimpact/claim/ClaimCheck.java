package io.dealimpact.claim;

import io.dealimpact.capacity.QuantityRange;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Holds printed claims against what was measured.
 *
 * <p><b>What the print allows</b> is a band, by its rounding and its words ({@link PrintedFigure},
 * {@link PrintedDate}); a record allows any ratio above 1.
 *
 * <p><b>A reading</b> is
 *
 * <ul>
 *   <li>supported: if {@code ATTAINED}, when any measured value is in the band; if {@code
 *       ESTIMATED} or {@code RECORDED}, when the mid is; for names, when all that the print names
 *       were found;
 *   <li>contradicted: when no measured value is in the band; for names, when none was found;
 *   <li>not measurable: when nothing was measured, or an estimate is too wide to decide: the band
 *       holds some of its range, not its mid; or some of the names were found.
 * </ul>
 *
 * <p><b>The claim</b> is supported if its plain reading, the first given, is; supported under a
 * reading if another is; else contradicted if any reading is; else not measurable, as is one with a
 * metric that is not known or without a figure.
 */
public final class ClaimCheck {

  /** The metric of a statement that nothing could contradict. */
  static final String OPINION = "opinion";

  /** The metric of a statement whose parts alone can be held against sources. */
  static final String IN_WORDS = "in-words";

  private ClaimCheck() {}

  /**
   * The audit of a claim.
   *
   * @param readings what was measured, the plain reading first
   */
  public static ClaimAudit check(Claim claim, List<Reading> readings) {
    Optional<Metric> metric = Metric.parse(claim.about().metric());
    if (metric.isEmpty()) {
      String why =
          claim.about().metric().equals(OPINION)
              ? "it is an opinion, which no quantity could contradict"
              : claim.about().metric().equals(IN_WORDS)
                  ? "it is in words; its parts are held against sources"
                  : "'" + claim.about().metric() + "' is no metric that we know";
      return notMeasurable(claim, readings, Optional.empty(), why);
    }
    Optional<Band> allowed =
        switch (metric.get().unit()) {
          case NAMES -> Optional.empty();
          case DATE -> PrintedDate.band(claim);
          case RATIO -> Optional.of(new Band(Math.nextUp(1.0), Double.POSITIVE_INFINITY));
          case USD, YEARS, GW, GPUS, FRACTION, DAYS, COUNT ->
              PrintedFigure.band(claim, metric.get());
        };
    if (allowed.isEmpty() && metric.get() != Metric.GPU_MODEL) {
      return notMeasurable(claim, readings, allowed, "the print has no figure");
    }
    List<ClaimAudit.ReadingVerdict> judged =
        readings.stream()
            .map(reading -> new ClaimAudit.ReadingVerdict(reading, judge(claim, allowed, reading)))
            .toList();
    Verdict verdict = verdict(judged);
    return new ClaimAudit(
        claim,
        allowed,
        judged,
        verdict,
        ClaimSentence.of(claim, metric.get(), judged, verdict, isWithin(allowed, judged)));
  }

  private static ClaimAudit notMeasurable(
      Claim claim, List<Reading> readings, Optional<Band> allowed, String why) {
    return new ClaimAudit(
        claim,
        allowed,
        readings.stream()
            .map(reading -> new ClaimAudit.ReadingVerdict(reading, Verdict.NOT_MEASURABLE))
            .toList(),
        Verdict.NOT_MEASURABLE,
        ClaimSentence.notMeasurable(claim, why));
  }

  private static Verdict judge(Claim claim, Optional<Band> allowed, Reading reading) {
    if (allowed.isEmpty() || reading.kind() == Reading.Kind.NAMES) {
      return judgeNames(claim, reading);
    }
    if (reading.measured().isEmpty()) {
      return Verdict.NOT_MEASURABLE;
    }
    QuantityRange measured = reading.measured().get();
    if (!allowed.get().overlaps(measured)) {
      return Verdict.CONTRADICTED;
    }
    return reading.kind() == Reading.Kind.ATTAINED || allowed.get().contains(measured.mid())
        ? Verdict.SUPPORTED
        : Verdict.NOT_MEASURABLE;
  }

  private static Verdict judgeNames(Claim claim, Reading reading) {
    Set<String> printed = printedNames(claim.print().words());
    if (reading.kind() != Reading.Kind.NAMES || reading.names().isEmpty() || printed.isEmpty()) {
      return Verdict.NOT_MEASURABLE;
    }
    Set<String> measured =
        reading.names().stream().map(ClaimCheck::key).collect(Collectors.toSet());
    long found = printed.stream().filter(measured::contains).count();
    if (found == printed.size()) {
      return Verdict.SUPPORTED;
    }
    return found == 0 ? Verdict.CONTRADICTED : Verdict.NOT_MEASURABLE;
  }

  /** The words of the print that have a digit and a letter, as the names of GPU models do. */
  private static Set<String> printedNames(String print) {
    return Arrays.stream(print.split("[^\\p{L}\\d]+"))
        .filter(word -> word.matches(".*\\d.*") && word.matches(".*\\p{L}.*"))
        .map(ClaimCheck::key)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String key(String name) {
    return name.toUpperCase(Locale.ROOT).replaceAll("[\\s_-]+", "");
  }

  /** Whether all that the plain reading allows is within the band, or any of it was attained. */
  private static boolean isWithin(Optional<Band> allowed, List<ClaimAudit.ReadingVerdict> judged) {
    return allowed.isEmpty()
        || judged.isEmpty()
        || judged.get(0).reading().kind() == Reading.Kind.ATTAINED
        || judged
            .get(0)
            .reading()
            .measured()
            .filter(
                measured ->
                    !(allowed.get().contains(measured.low())
                        && allowed.get().contains(measured.high())))
            .isEmpty();
  }

  private static Verdict verdict(List<ClaimAudit.ReadingVerdict> judged) {
    List<Verdict> verdicts = judged.stream().map(ClaimAudit.ReadingVerdict::verdict).toList();
    if (!verdicts.isEmpty() && verdicts.get(0) == Verdict.SUPPORTED) {
      return Verdict.SUPPORTED;
    }
    if (verdicts.contains(Verdict.SUPPORTED)) {
      return Verdict.SUPPORTED_UNDER_A_READING;
    }
    return verdicts.contains(Verdict.CONTRADICTED) ? Verdict.CONTRADICTED : Verdict.NOT_MEASURABLE;
  }
}
