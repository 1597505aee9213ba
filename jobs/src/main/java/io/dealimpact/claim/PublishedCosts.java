package io.dealimpact.claim;

import io.dealimpact.capacity.QuantityRange;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What others published of the cost to build, as readings of a claim: any value between the least
 * and the most that somebody published will do.
 *
 * @param sites published sites and models
 */
record PublishedCosts(List<PublishedSite> sites) {

  /** What sites in operation cost, as others published: a statement on building in general. */
  Reading atSites(Function<PublishedSite, Optional<Double>> figure) {
    List<PublishedSite> stated = stated(PublishedSite.Basis.BUILT, figure);
    long names = stated.stream().map(PublishedSite::site).distinct().count();
    return published("at-published-sites", stated, figure)
        .map(
            reading ->
                reading.noted(
                    "estimates of " + names + " sites in operation (" + publishers(stated) + ")"))
        .orElseGet(() -> Reading.missing("at-published-sites", "no published site states it"));
  }

  /** What others say that 1 GW costs in general. */
  Reading byModels(Function<PublishedSite, Optional<Double>> figure) {
    List<PublishedSite> stated = stated(PublishedSite.Basis.MODEL, figure);
    return published("by-published-models", stated, figure)
        .map(reading -> reading.noted("models of 1 GW (" + publishers(stated) + ")"))
        .orElseGet(() -> Reading.missing("by-published-models", "no published model states it"));
  }

  /** A share of the cost, by sites and models alike. */
  Reading share(String name, Function<PublishedSite, Optional<Double>> figure) {
    List<PublishedSite> stated =
        sites.stream().filter(site -> figure.apply(site).isPresent()).toList();
    return published(name, stated, figure)
        .map(reading -> reading.noted("(" + publishers(stated) + ")"))
        .orElseGet(() -> Reading.missing(name, "nobody published it"));
  }

  private List<PublishedSite> stated(
      PublishedSite.Basis basis, Function<PublishedSite, Optional<Double>> figure) {
    return sites.stream()
        .filter(site -> site.basis() == basis && figure.apply(site).isPresent())
        .toList();
  }

  private static Optional<Reading> published(
      String name, List<PublishedSite> stated, Function<PublishedSite, Optional<Double>> figure) {
    DoubleSummaryStatistics values =
        stated.stream().mapToDouble(site -> figure.apply(site).orElseThrow()).summaryStatistics();
    return stated.isEmpty()
        ? Optional.empty()
        : Optional.of(Reading.attained(name, QuantityRange.of(values.getMin(), values.getMax())));
  }

  private static String publishers(List<PublishedSite> stated) {
    return stated.stream()
        .map(PublishedSite::publisher)
        .distinct()
        .sorted()
        .collect(Collectors.joining(", "));
  }
}
