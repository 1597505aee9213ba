package io.dealimpact.report;

import io.dealimpact.codec.CapacityLine;
import io.dealimpact.codec.SiteLine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What compute was promised, at a glance: a line for each status, the biggest providers and
 * customers, and what others count as built. All else is in gold.capacity_by_quarter.
 */
public final class CapacitySummary {
  private static final String ALL = "ALL";

  /** How many providers and customers of a status are named. */
  private static final int NAMED = 4;

  /** Statuses from the most to the least firm. */
  private static final List<String> STATUSES =
      List.of("signed", "announced", "planned", "rumoured");

  private CapacitySummary() {}

  /**
   * Prints a line for each status: statuses are never added.
   *
   * @param lines at the ends of some years; not empty
   * @param sites published sites beside ours; empty for none
   */
  public static String print(List<CapacityLine> lines, List<SiteLine> sites) {
    return String.format(
            Locale.ROOT,
            "%nWhat compute was promised, as known on %s; GW, smallest to largest. What is signed,"
                + " announced and planned is never added.%nOnline is by stated dates alone, without"
                + " options. \"Without GW\" is the share of the dollars whose power nobody stated.%n%n",
            lines.get(0).asOf())
        + totals(lines)
        + "\nThe biggest, GW promised. Chips (by AMD, Broadcom, NVIDIA) may stand in data centers"
        + " that are promised by others here.\n\n"
        + biggest(lines)
        + (sites.isEmpty() ? "" : published(sites));
  }

  private static String totals(List<CapacityLine> lines) {
    TreeSet<Integer> years = new TreeSet<>();
    lines.forEach(line -> years.add(line.year()));
    List<String> header =
        new ArrayList<>(
            List.of(
                "  status",
                "count",
                "no power",
                "billion USD",
                "without GW",
                "no date",
                "promised",
                "GPUs, million"));
    years.forEach(year -> header.add("online end " + year));
    TextTable table = new TextTable(header);
    for (String status : STATUSES) {
      List<CapacityLine> total = of(status, lines).filter(CapacitySummary::isTotal).toList();
      if (!total.isEmpty()) {
        CapacityLine any = total.get(0);
        List<String> cells = new ArrayList<>();
        cells.add("  " + status);
        cells.add(String.valueOf(any.counts().commitments()));
        cells.add(String.valueOf(any.counts().withoutPower()));
        cells.add(billions(any.promised().valueUsd()));
        cells.add(uncovered(any.promised()));
        cells.add(String.valueOf(any.counts().withoutDates()));
        cells.add(span(any.promised().powerGw(), 1));
        cells.add(any.promised().gpus().high() > 0 ? span(any.promised().gpus(), 1e6) : "");
        for (int year : years) {
          cells.add(
              total.stream()
                  .filter(line -> line.year() == year)
                  .findFirst()
                  .map(line -> span(line.onlineGw(), 1))
                  .orElse(""));
        }
        table.add(cells);
      }
    }
    return table.print();
  }

  private static String biggest(List<CapacityLine> lines) {
    TextTable table = new TextTable(List.of("  status", "by", "for"));
    int year = lines.get(0).year();
    for (String status : STATUSES) {
      List<CapacityLine> parties =
          of(status, lines)
              .filter(
                  line ->
                      line.year() == year && !isTotal(line) && line.promised().powerGw().high() > 0)
              .sorted(
                  Comparator.comparingDouble(
                          (CapacityLine line) -> line.promised().powerGw().high())
                      .reversed()
                      .thenComparing(CapacityLine::provider)
                      .thenComparing(CapacityLine::customer))
              .toList();
      String by = named(parties.stream().filter(line -> !line.provider().equals(ALL)).toList());
      String of = named(parties.stream().filter(line -> !line.customer().equals(ALL)).toList());
      if (!by.isEmpty()) {
        table.add(List.of("  " + status, by, of));
      }
    }
    return table.print();
  }

  private static String named(List<CapacityLine> parties) {
    String first =
        parties.stream()
            .limit(NAMED)
            .map(
                line ->
                    (line.provider().equals(ALL) ? line.customer() : line.provider())
                        + " "
                        + span(line.promised().powerGw(), 1))
            .collect(Collectors.joining(", "));
    return parties.size() > NAMED ? first + ", " + (parties.size() - NAMED) + " more" : first;
  }

  private static Stream<CapacityLine> of(String status, List<CapacityLine> lines) {
    return lines.stream().filter(line -> line.status().equals(status));
  }

  static boolean isTotal(CapacityLine line) {
    return line.provider().equals(ALL) && line.customer().equals(ALL);
  }

  static String span(CapacityLine.Span span, double unit) {
    String from = String.format(Locale.ROOT, "%.2f", span.low() / unit);
    String to = String.format(Locale.ROOT, "%.2f", span.high() / unit);
    return from.equals(to) ? from : from + "–" + to;
  }

  private static String billions(CapacityLine.Span usd) {
    return usd.high() > 0 ? whole(usd.low() / 1e9, usd.high() / 1e9) : "";
  }

  /** The share of the dollars that is of commitments without power, at their least and most. */
  private static String uncovered(CapacityLine.Promised promised) {
    if (!(promised.valueUsd().low() > 0)) {
      return "";
    }
    double atLeast = 100 * promised.uncoveredUsd().low() / promised.valueUsd().low();
    double atMost = 100 * promised.uncoveredUsd().high() / promised.valueUsd().high();
    return whole(Math.min(atLeast, atMost), Math.max(atLeast, atMost)) + " %";
  }

  private static String whole(double low, double high) {
    String from = String.format(Locale.ROOT, "%.0f", low);
    String to = String.format(Locale.ROOT, "%.0f", high);
    return from.equals(to) ? from : from + "–" + to;
  }

  private static String published(List<SiteLine> sites) {
    TextTable table =
        new TextTable(
            List.of("  whose", "sites", "as of", "in operation", "ours signed", "ours announced"));
    for (SiteLine line : sites) {
      table.add(
          List.of(
              "  "
                  + line.provider()
                  + (line.customer().equals(ALL) ? "" : " for " + line.customer()),
              String.valueOf(line.sites()),
              line.asOf().toString(),
              gw(line.publishedGw()),
              gw(line.ours().signedGw()),
              gw(line.ours().announcedGw())));
    }
    String publishers =
        sites.stream()
            .map(line -> line.source().publisher() + ", " + line.source().title())
            .distinct()
            .collect(Collectors.joining("; "));
    return String.format(
            Locale.ROOT,
            "%nGW in operation by %s,%nbeside what the commitments here would have online at the end"
                + " of that quarter. Its sites serve other customers too, and most%ncommitments here"
                + " do not state a power: the two need not agree.%n%n",
            publishers)
        + table.print();
  }

  private static String gw(double value) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.2f", value);
  }
}
