package io.dealimpact.claim;

import io.dealimpact.capacity.Commitment;
import io.dealimpact.capacity.CommitmentStatus;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Takes a printed sentence apart into what it asserts.
 *
 * <ul>
 *   <li>its figure (amount, date, record, names), by the readings of its metric;
 *   <li>attribution, where several are named as those who hold an amount: each of them must;
 *   <li>modality, where it says planned or signed: what the commitments' status was that day;
 *   <li>rank-since, where it says "since" a year: not testable before the first bar;
 *   <li>what it says besides in words, by what sources say ({@link StatedPart}).
 * </ul>
 */
final class Pieces {
  private static final Pattern PLANNED =
      Pattern.compile("\\b(planned|plans|planning|intends|intended)\\b");
  private static final Pattern SIGNED = Pattern.compile("\\b(signed|signs|contracted)\\b");
  private static final Pattern SINCE = Pattern.compile("\\bsince (\\d{4})\\b");

  private Pieces() {}

  static List<Piece> of(ClaimEvidence evidence, ClaimAudit audit) {
    Claim claim = evidence.claim();
    List<Piece> pieces = new ArrayList<>();
    Optional<Metric> metric = Metric.parse(claim.about().metric());
    if (!claim.about().metric().equals(ClaimCheck.IN_WORDS)) {
      pieces.add(
          new Piece(
              metric.map(Pieces::asserts).orElse("statement"),
              claim.print().words(),
              audit.verdict(),
              audit.offBy(),
              audit.couldHaveFailed(),
              explanation(evidence, audit)));
    }
    if (metric.isPresent()
        && (metric.get() == Metric.JOINT_COMMITMENT_USD || metric.get() == Metric.COMMITMENT_USD)) {
      PromisedReadings sums =
          new PromisedReadings(claim, evidence.deal().customers(), evidence.deal().histories());
      attribution(claim, sums).ifPresent(pieces::add);
      modality(claim, sums).ifPresent(pieces::add);
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

  /** A year before the first bar cannot be tested. */
  private static Optional<Piece> rank(ClaimEvidence evidence) {
    Matcher since = SINCE.matcher(evidence.claim().print().words().toLowerCase(Locale.ROOT));
    if (!since.find()) {
      return Optional.empty();
    }
    Optional<LocalDate> first = evidence.day().flatMap(DayPrices::firstDay);
    return Optional.of(
        new Piece(
            "rank-since",
            since.group(),
            Verdict.NOT_MEASURABLE,
            OptionalDouble.empty(),
            false,
            first
                .map(day -> "not testable before the first bar, " + day + ".")
                .orElse("not testable without prices.")));
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
