package io.dealimpact.claim;

import io.dealimpact.capacity.Commitment;
import io.dealimpact.capacity.CommitmentHistory;
import io.dealimpact.capacity.GpuCatalogue;
import io.dealimpact.capacity.GpuModel;
import io.dealimpact.capacity.QuantityRange;
import io.dealimpact.capacity.cost.CapexAssumptions;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All that was measured of what one claim may speak of. A metric takes from it the readings it can
 * have, the plainest first.
 *
 * <p>Prices are independent of the print. Terms are not: deals and commitments were compiled from
 * the same announcements, so a supported term says that the print agrees with the announcement, not
 * that it is true; the readings' notes say so.
 *
 * @param claim the claim
 * @param day its share's day; empty if the subject is no listed party of the deal
 * @param deal what is known of its deal
 * @param known what is known besides
 */
public record ClaimEvidence(Claim claim, Optional<DayPrices> day, Deal deal, Reference known) {

  /**
   * A claim's deal.
   *
   * @param valueUsd its value, USD, of whatever kind
   * @param termYears its term, years
   * @param customers of the deal
   * @param histories of the commitments that the deal touches or its customers have
   * @param earlier the deal that "since the event" counts from
   */
  public record Deal(
      Optional<QuantityRange> valueUsd,
      Optional<QuantityRange> termYears,
      Set<String> customers,
      List<CommitmentHistory> histories,
      Optional<EarlierDeal> earlier) {}

  /**
   * What does not depend on the claim.
   *
   * @param catalogue of accelerators
   * @param assumptions on cost
   * @param sites published sites
   */
  public record Reference(
      GpuCatalogue catalogue, CapexAssumptions assumptions, List<PublishedSite> sites) {}

  private static final Pattern EXTENDED_TRADING =
      Pattern.compile(
          "extended trading|extended hours|after[- ]hours|pre-?market", Pattern.CASE_INSENSITIVE);

  private static final Pattern WITHIN_THE_DAY =
      Pattern.compile("\\bintra-?day\\b", Pattern.CASE_INSENSITIVE);

  private static final String FROM_ANNOUNCEMENT = "not independent: compiled from the announcement";

  /**
   * The deal that an event is taken to be: the latest before the claim's deal between one of its
   * customers and the claim's subject.
   *
   * @param dealId its id
   * @param announced its day
   */
  public record EarlierDeal(String dealId, LocalDate announced) {}

  /**
   * The claim held against this: its figure, and in the explanation each other piece of the print
   * that does not hold.
   */
  public ClaimAudit audit() {
    ClaimAudit figure = figure();
    return Pieces.besides(this).stream()
        .filter(piece -> piece.verdict() != Verdict.SUPPORTED)
        .map(Piece::explanation)
        .reduce((one, other) -> one + " " + other)
        .map(rest -> figure.explained(figure.explanation() + " But: " + rest))
        .orElse(figure);
  }

  /** The figure alone. */
  ClaimAudit figure() {
    return ClaimCheck.check(
        claim, Metric.parse(claim.about().metric()).map(this::readings).orElseGet(List::of));
  }

  /** What was measured of the same share and day, for a claim that its price was a record. */
  ClaimEvidence ofRecord(String words) {
    return new ClaimEvidence(
        new Claim(
            claim.claimId(),
            new Claim.About(
                claim.about().dealId(), claim.about().subject(), Metric.RECORD_PRICE.code()),
            new Claim.Print(Optional.empty(), words),
            claim.eventDate()),
        day,
        deal,
        known);
  }

  private List<Reading> readings(Metric metric) {
    return switch (metric) {
      case CONTRACT_VALUE_USD ->
          List.of(
              term("in-the-deal", deal.valueUsd(), "value"),
              term("in-the-commitments", terms().valueUsd(), "value"));
      case TERM_YEARS -> List.of(term("in-the-deal", deal.termYears(), "term"));
      case POWER_GW ->
          measuredFirst(
              derived(
                  "by-accelerators", terms().gpus(), GpuModel::powerGw, "GPUs times their power"),
              term("in-the-commitments", terms().powerGw(), "power"));
      case GPU_COUNT ->
          List.of(
              term("in-the-commitments", terms().gpus(), "number of GPUs"),
              derived("by-power", terms().powerGw(), GpuModel::gpus, "power over that of one"));
      case GPU_MODEL -> List.of(models());
      case CAPEX_USD_PER_GW ->
          Stream.concat(
                  Stream.of(costs().atSites(PublishedSite::capexUsdPerGw)),
                  costs().byModels(PublishedSite::capexUsdPerGw).stream())
              .toList();
      case GPU_SHARE_OF_CAPEX ->
          measuredFirst(
              costs().share("gpus-alone", PublishedSite::gpuShare),
              costs().share("all-computing-hardware", PublishedSite::computeShare),
              byGpuPrice());
      case FIRST_POWER_DATE ->
          List.of(date("in-the-commitments", terms().firstPowerDate(), "first power"));
      case FULL_POWER_DATE ->
          List.of(date("in-the-commitments", terms().fullPowerDate(), "full power"));
      case EXPANSION_DATE -> List.of(expansion());
      case ONE_DAY_GAIN_USD -> ofDay(DayPrices::gains, "at-close");
      case ONE_DAY_RETURN -> ofDay(DayPrices::returns, "at-close");
      case INTRADAY_RETURN -> ofDay(DayPrices::intradayReturns, "at-high");
      case MARKET_CAP_USD -> ofDay(DayPrices::values, "at-close");
      case RECORD_PRICE -> ofDay(this::records, "closing");
      case JOINT_COMMITMENT_USD, COMMITMENT_USD ->
          new PromisedReadings(claim, deal.customers(), deal.histories()).readings();
      case DAYS_SINCE_EVENT -> List.of(since());
      case DEALS_SINCE_EVENT -> List.of(dealsBetween());
      case LARGEST_SO_FAR ->
          List.of(
              besideTheLargest("power-beside-the-largest", Commitment::statedPowerGw),
              besideTheLargest(
                  "value-beside-the-largest", commitment -> commitment.size().valueUsd()));
    };
  }

  private PublishedCosts costs() {
    return new PublishedCosts(known.sites());
  }

  private DealTerms terms() {
    return DealTerms.of(claim.about().dealId(), deal.histories());
  }

  private List<Reading> ofDay(Function<DayPrices, List<Reading>> readings, String plainest) {
    if (EXTENDED_TRADING.matcher(claim.print().words()).find()) {
      return List.of(Reading.missing("in-extended-trading", instead()));
    }
    return day.map(readings)
        .orElseGet(
            () ->
                List.of(
                    Reading.missing(
                        plainest,
                        claim.about().subject()
                            + " is no listed party of the deal with prices that day")));
  }

  /** By closes first, or by highs where the print says so. */
  private List<Reading> records(DayPrices prices) {
    List<Reading> readings = new ArrayList<>(prices.records());
    if (WITHIN_THE_DAY.matcher(claim.print().words()).find()) {
      Collections.reverse(readings);
    }
    return List.copyOf(readings);
  }

  /** The print names a session of which there are no prices. */
  private String instead() {
    return "there are no prices of extended trading"
        + day.flatMap(prices -> prices.returns().get(0).measured())
            .map(
                close ->
                    String.format(
                        Locale.ROOT,
                        "; at the close that followed it was %.2f %%",
                        100 * close.mid()))
            .orElse("");
  }

  /** In the order given, but those without a measurement behind the others. */
  private static List<Reading> measuredFirst(Reading... readings) {
    return Arrays.stream(readings)
        .sorted(Comparator.comparing(reading -> reading.measured().isEmpty()))
        .toList();
  }

  private static Reading term(String name, Optional<QuantityRange> figure, String what) {
    return figure
        .map(range -> Reading.recorded(name, range).noted(FROM_ANNOUNCEMENT))
        .orElseGet(() -> Reading.missing(name, "no " + what + " is stated"));
  }

  private static Reading date(String name, Optional<LocalDate> day, String what) {
    return day.map(date -> Reading.recordedDate(name, date).noted(FROM_ANNOUNCEMENT))
        .orElseGet(() -> Reading.missing(name, "no day of " + what + " is stated"));
  }

  private interface Derivation {
    QuantityRange of(GpuModel model, QuantityRange figure);
  }

  private Reading derived(
      String name, Optional<QuantityRange> from, Derivation derivation, String how) {
    Optional<GpuModel> model = terms().gpuModel().flatMap(known.catalogue()::find);
    return from.flatMap(range -> model.map(gpu -> derivation.of(gpu, range)))
        .map(range -> Reading.estimate(name, range).noted(how))
        .orElseGet(() -> Reading.missing(name, "the model or the other figure is not known"));
  }

  private Reading models() {
    Set<String> names = new TreeSet<>();
    for (Commitment commitment : terms().commitments()) {
      names.addAll(Arrays.asList(commitment.size().gpuModel().split("\\s*[/+,]\\s*", -1)));
    }
    names.removeIf(name -> name.equals(Commitment.UNDISCLOSED) || name.equals("unspecified"));
    return names.isEmpty()
        ? Reading.missing("in-the-commitments", "no model is stated")
        : Reading.names("in-the-commitments", names).noted(FROM_ANNOUNCEMENT);
  }

  private Reading byGpuPrice() {
    return terms()
        .gpuModel()
        .flatMap(known.catalogue()::find)
        .flatMap(model -> model.priceUsd().map(model.gpusPerGw()::times))
        .flatMap(usdPerGw -> usdPerGw.dividedBy(known.assumptions().capexUsdPerGw()))
        .map(
            share ->
                Reading.estimate("by-price-of-gpus", share)
                    .noted(
                        "price x GPUs a GW / assumed cost a GW, " + known.assumptions().source()))
        .orElseGet(
            () -> Reading.missing("by-price-of-gpus", "the model or its price is not known"));
  }

  /** When a later commitment of the same parties is to have its first power. */
  private Reading expansion() {
    Set<String> mine =
        terms().commitments().stream().map(Commitment::commitmentId).collect(Collectors.toSet());
    Set<String> providers =
        terms().commitments().stream()
            .map(commitment -> commitment.parties().provider())
            .collect(Collectors.toSet());
    List<Commitment> later =
        deal.histories().stream()
            .filter(history -> !mine.contains(history.commitmentId()))
            .flatMap(history -> history.versions().stream())
            .filter(Commitment::isActive)
            .filter(
                version ->
                    claim.eventDate().isEmpty()
                        || version.publication().knownDate().isAfter(claim.eventDate().get()))
            .filter(version -> deal.customers().contains(version.parties().customer()))
            .filter(version -> providers.contains(version.parties().provider()))
            .toList();
    return later.stream()
        .flatMap(version -> version.timing().firstPowerDate().stream())
        .min(Comparator.naturalOrder())
        .map(first -> Reading.recordedDate("next-commitment", first).noted(FROM_ANNOUNCEMENT))
        .orElseGet(() -> Reading.missing("next-commitment", noDay(later)));
  }

  private static String noDay(List<Commitment> later) {
    return later.isEmpty()
        ? "no later commitment of the same parties is known"
        : "what the same parties added later states no day ("
            + later.stream()
                .map(version -> version.commitmentId() + " of " + version.publication().knownDate())
                .sorted()
                .collect(Collectors.joining(", "))
            + ")";
  }

  /** Commitments that the customers made to others than the subject after the earlier deal. */
  private Reading dealsBetween() {
    if (deal.earlier().isEmpty() || claim.eventDate().isEmpty()) {
      return Reading.missing(
          "deals-between",
          "no earlier deal of " + claim.about().subject() + " with the deal's customer is known");
    }
    Set<String> between =
        deal.histories().stream()
            .map(history -> history.versions().get(0))
            .filter(first -> deal.customers().contains(first.parties().customer()))
            .filter(first -> !first.parties().providers().contains(claim.about().subject()))
            .filter(
                first -> first.publication().knownDate().isAfter(deal.earlier().get().announced()))
            .filter(first -> first.publication().knownDate().isBefore(claim.eventDate().get()))
            .map(Commitment::dealId)
            .collect(Collectors.toCollection(TreeSet::new));
    return Reading.value("deals-between", between.size())
        .noted(
            "since " + deal.earlier().get().dealId() + " of " + deal.earlier().get().announced());
  }

  /** The deal's figure over the largest that its customers had been promised before. */
  private Reading besideTheLargest(
      String name, Function<Commitment, Optional<QuantityRange>> figure) {
    Optional<Commitment> largest =
        deal.histories().stream()
            .flatMap(
                history ->
                    claim
                        .eventDate()
                        .map(day -> history.asOf(day.minusDays(1)))
                        .orElseGet(Optional::empty)
                        .stream())
            .filter(Commitment::isActive)
            .filter(known -> figure.apply(known).isPresent())
            .max(
                Comparator.comparingDouble(
                        (Commitment known) -> figure.apply(known).orElseThrow().mid())
                    .thenComparing(Commitment::commitmentId));
    Optional<QuantityRange> mine =
        terms().commitments().stream()
            .flatMap(c -> figure.apply(c).stream())
            .reduce(QuantityRange::plus);
    return QuantityRange.quotient(mine, largest.flatMap(figure))
        .map(
            ratio -> Reading.estimate(name, ratio).noted("that of " + largest.get().commitmentId()))
        .orElseGet(() -> Reading.missing(name, "there is nothing before it to compare with"));
  }

  /** What the sentence asserts, each piece with a verdict of its own. */
  public List<Piece> pieces() {
    return Pieces.of(this, figure());
  }

  private Reading since() {
    if (deal.earlier().isEmpty() || claim.eventDate().isEmpty()) {
      return Reading.missing(
          "between-announcements",
          "no earlier deal of " + claim.about().subject() + " with the deal's customer is known");
    }
    return Reading.value(
            "between-announcements",
            (double)
                ChronoUnit.DAYS.between(deal.earlier().get().announced(), claim.eventDate().get()))
        .noted(
            "since " + deal.earlier().get().dealId() + " of " + deal.earlier().get().announced());
  }
}
