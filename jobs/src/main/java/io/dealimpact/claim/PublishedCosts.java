package io.dealimpact.claim;

import io.dealimpact.capacity.QuantityRange;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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

  /**
   * What others say that 1 GW costs in general: a reading for each publisher, for 35 of one and 50
   * to 60 of another are no interval.
   */
  List<Reading> byModels(Function<PublishedSite, Optional<Double>> figure) {
    List<PublishedSite> stated = stated(PublishedSite.Basis.MODEL, figure);
    if (stated.isEmpty()) {
      return List.of(Reading.missing("by-published-models", "no published model states it"));
    }
    return bySource(stated, figure);
  }

  /** How many of all that was published is below, and how many there are: newest of each site. */
  Optional<String> position(Function<PublishedSite, Optional<Double>> figure, double claimed) {
    Map<String, Double> newest = new TreeMap<>();
    sites.forEach(
        site ->
            figure
                .apply(site)
                .ifPresent(value -> newest.put(site.publisher() + ":" + site.site(), value)));
    long below = newest.values().stream().filter(value -> value < claimed).count();
    return newest.isEmpty()
        ? Optional.empty()
        : Optional.of("above " + below + " of " + newest.size() + " published estimates");
  }

  private static List<Reading> bySource(
      List<PublishedSite> stated, Function<PublishedSite, Optional<Double>> figure) {
    return stated.stream()
        .map(PublishedSite::publisher)
        .distinct()
        .sorted()
        .map(
            publisher ->
                published(
                        Reading.BY_MODEL_OF
                            + publisher.strip().toLowerCase(Locale.ROOT).replaceAll("\\s+", "-"),
                        stated.stream().filter(site -> site.publisher().equals(publisher)).toList(),
                        figure)
                    .orElseThrow()
                    .noted("the model of " + publisher))
        .toList();
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
