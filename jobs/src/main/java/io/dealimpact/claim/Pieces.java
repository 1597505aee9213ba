package io.dealimpact.claim;

import io.dealimpact.capacity.Commitment;
import io.dealimpact.capacity.CommitmentStatus;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Takes a printed sentence apart into what it asserts.
 *
 * <ul>
 *   <li>its figure (amount, date, record, names), by the readings of its metric;
 *   <li>attribution, where several are named as those who hold an amount: each of them must;
 *   <li>modality, where it says planned or signed: what the commitments' status was that day;
 *   <li>record, where the figure is another and it says "record": by the prices since the first
 *       bar;
 *   <li>rank-since, where it says "since" a year: not testable before the first bar;
 *   <li>what it says besides in words, by what sources say ({@link StatedPart}).
 * </ul>
 */
final class Pieces {
  private static final Pattern PLANNED =
      Pattern.compile("\\b(planned|plans|planning|intends|intended)\\b");
  private static final Pattern SIGNED = Pattern.compile("\\b(signed|signs|contracted)\\b");
  private static final Set<Metric> MOVES =
      EnumSet.of(Metric.INTRADAY_RETURN, Metric.ONE_DAY_RETURN, Metric.ONE_DAY_GAIN_USD);

  private Pieces() {}

  /**
   * All pieces, that of the figure first.
   *
   * @param figure the audit of the figure alone
   */
  static List<Piece> of(ClaimEvidence evidence, ClaimAudit figure) {
    Claim claim = evidence.claim();
    List<Piece> pieces = new ArrayList<>();
    if (!claim.about().metric().equals(ClaimCheck.IN_WORDS)) {
      pieces.add(
          new Piece(
              Metric.parse(claim.about().metric()).map(Pieces::asserts).orElse("statement"),
              new Clauses(claim.print().words()).figure(),
              figure.verdict(),
              figure.offBy(),
              figure.couldHaveFailed(),
              explanation(evidence, figure)));
    }
    pieces.addAll(besides(evidence));
    return List.copyOf(pieces);
  }

  /** What the print asserts beside its figure. */
  static List<Piece> besides(ClaimEvidence evidence) {
    Claim claim = evidence.claim();
    List<Piece> pieces = new ArrayList<>();
    Optional<Metric> metric = Metric.parse(claim.about().metric());
    if (metric.isPresent()
        && (metric.get() == Metric.JOINT_COMMITMENT_USD || metric.get() == Metric.COMMITMENT_USD)) {
      PromisedReadings sums =
          new PromisedReadings(claim, evidence.deal().customers(), evidence.deal().histories());
      attribution(claim, sums).ifPresent(pieces::add);
      modality(claim, sums).ifPresent(pieces::add);
    }
    if (metric.filter(MOVES::contains).isPresent()) {
      recordPiece(evidence).ifPresent(pieces::add);
    }
    rank(evidence).ifPresent(pieces::add);
    claim.parts().forEach(part -> pieces.add(stated(part)));
    return List.copyOf(pieces);
  }

  private static String asserts(Metric metric) {
    return switch (metric.unit()) {
      case USD, YEARS, GW, GPUS, FRACTION -> "amount";
      case DATE, DAYS -> "date";
      case RATIO -> "record";
      case COUNT -> "order";
      case NAMES -> "names";
    };
  }

  private static String explanation(ClaimEvidence evidence, ClaimAudit audit) {
    Claim claim = evidence.claim();
    if (!claim.about().metric().equals(Metric.CAPEX_USD_PER_GW.code())
        || claim.print().claimed().isEmpty()) {
      return audit.explanation();
    }
    return new PublishedCosts(evidence.known().sites())
        .position(PublishedSite::capexUsdPerGw, claim.print().claimed().get().low())
        .map(position -> audit.explanation() + " Its low end is " + position + ".")
        .orElse(audit.explanation());
  }

  /** Each of several named must hold some of the amount. */
  private static Optional<Piece> attribution(Claim claim, PromisedReadings sums) {
    List<Commitment> counted = sums.counted();
    List<String> silent = sums.silent();
    if (counted.isEmpty()) {
      return Optional.empty();
    }
    Set<String> holders =
        counted.stream()
            .flatMap(commitment -> commitment.parties().providers().stream())
            .collect(Collectors.toCollection(TreeSet::new));
    boolean agrees = silent.isEmpty();
    return Optional.of(
        new Piece(
            "attribution",
            claim.about().subject(),
            agrees ? Verdict.SUPPORTED : Verdict.CONTRADICTED,
            OptionalDouble.empty(),
            true,
            agrees
                ? "it is of " + String.join(" and ", holders) + "."
                : "misattributed: the amount is of "
                    + String.join(" and ", holders)
                    + (holders.size() == 1 ? " alone" : "")
                    + "; none is known of "
                    + String.join(" and ", silent)
                    + "."));
  }

  /** Planned or signed, by the firmest status of what holds the amount that day. */
  private static Optional<Piece> modality(Claim claim, PromisedReadings sums) {
    String text = claim.print().words().toLowerCase(Locale.ROOT);
    boolean planned = PLANNED.matcher(text).find();
    List<Commitment> known = sums.promisedBySubject(CommitmentStatus.RUMOURED);
    if (known.isEmpty() || !(planned || SIGNED.matcher(text).find())) {
      return Optional.empty();
    }
    Commitment firmest =
        known.stream()
            .max(
                java.util.Comparator.comparing(Commitment::status)
                    .thenComparing(Commitment::commitmentId))
            .orElseThrow();
    boolean signed = firmest.status() == CommitmentStatus.SIGNED;
    return Optional.of(
        new Piece(
            "modality",
            planned ? "planned" : "signed",
            planned == signed ? Verdict.CONTRADICTED : Verdict.SUPPORTED,
            OptionalDouble.empty(),
            true,
            firmest.status().code()
                + " since "
                + firmest.publication().knownDate()
                + (planned == signed ? ", not " + (planned ? "planned" : "signed") : "")
                + "."));
  }

  /** Whether the price was a record, as a claim of its own. */
  private static Optional<Piece> recordPiece(ClaimEvidence evidence) {
    return new Clauses(evidence.claim().print().words())
        .recordWords()
        .map(
            words -> {
              ClaimAudit audit = evidence.ofRecord(words).figure();
              return new Piece(
                  asserts(Metric.RECORD_PRICE),
                  words,
                  audit.verdict(),
                  audit.offBy(),
                  audit.couldHaveFailed(),
                  audit.explanation());
            });
  }

  /** A year before the first bar cannot be tested. */
  private static Optional<Piece> rank(ClaimEvidence evidence) {
    Optional<LocalDate> first = evidence.day().flatMap(DayPrices::firstDay);
    return new Clauses(evidence.claim().print().words())
        .rank()
        .map(
            words ->
                new Piece(
                    "rank-since",
                    words,
                    Verdict.NOT_MEASURABLE,
                    OptionalDouble.empty(),
                    false,
                    "“"
                        + words
                        + "” is "
                        + first
                            .map(day -> "not testable before the first bar, " + day)
                            .orElse("not testable without prices")
                        + "."));
  }

  private static Piece stated(StatedPart part) {
    boolean agrees = part.printed().equalsIgnoreCase(part.recorded());
    return new Piece(
        part.asserts(),
        part.printed(),
        agrees ? Verdict.SUPPORTED : Verdict.CONTRADICTED,
        OptionalDouble.empty(),
        true,
        "“" + part.printed() + "”: by " + part.source() + " it is “" + part.recorded() + "”.");
  }
}
