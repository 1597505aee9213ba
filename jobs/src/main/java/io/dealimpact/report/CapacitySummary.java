package io.dealimpact.report;

import io.dealimpact.codec.CapacityLine;
import io.dealimpact.codec.SiteLine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What compute was promised, by whom and to whom, at the ends of years; and what others count. */
public final class CapacitySummary {
  private static final String ALL = "ALL";

  /** The ladder from the top. */
  private static final List<String> STATUSES =
      List.of("signed", "announced", "planned", "rumoured");

  private CapacitySummary() {}

  /**
   * Prints a block for each status: the total, then providers, then customers. Statuses are never
   * added.
   *
   * @param lines at the ends of some years
   * @param sites published sites beside ours; empty for none
   */
  public static String print(List<CapacityLine> lines, List<SiteLine> sites) {
    StringBuilder text =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "%nWhat compute was promised. GW online at the end of the year by the ramps, smallest to"
                    + " largest; what is%nplanned, announced and signed is never added.%n%n"));
    TreeSet<Integer> years = new TreeSet<>();
    lines.forEach(line -> years.add(line.year()));
    List<String> header = new ArrayList<>(List.of("  whose", "count", "promised GW", "GPUs"));
    years.forEach(year -> header.add("end " + year));
    TextTable table = new TextTable(header);
    List<String> headings = new ArrayList<>();
    for (String status : STATUSES) {
      List<List<String>> rows = block(status, lines, years);
      for (int i = 0; i < rows.size(); i++) {
        table.add(rows.get(i));
        headings.add(i == 0 ? status : "");
      }
    }
    append(text, table, headings);
    if (!sites.isEmpty()) {
      text.append(published(sites));
    }
    return text.toString();
  }

  private static void append(StringBuilder text, TextTable table, List<String> headings) {
    List<String> printed = table.print().lines().toList();
    text.append(printed.get(0)).append('\n').append(printed.get(1)).append('\n');
    for (int i = 0; i < headings.size(); i++) {
      if (!headings.get(i).isEmpty()) {
        text.append(headings.get(i)).append('\n');
      }
      text.append(printed.get(i + 2)).append('\n');
    }
  }

  private static List<List<String>> block(
      String status, List<CapacityLine> lines, Set<Integer> years) {
    Map<String, List<CapacityLine>> byParty = new LinkedHashMap<>();
    lines.stream()
        .filter(line -> line.status().equals(status))
        .sorted(
            Comparator.comparingInt(CapacitySummary::rank)
                .thenComparing(Comparator.comparingDouble(CapacityLine::committedHighGw).reversed())
                .thenComparing(CapacitySummary::whose)
                .thenComparingInt(CapacityLine::year))
        .filter(line -> rank(line) == 0 || line.committedHighGw() > 0 || line.gpusHigh() > 0)
        .forEach(
            line -> byParty.computeIfAbsent(whose(line), party -> new ArrayList<>()).add(line));
    List<List<String>> rows = new ArrayList<>();
    byParty.forEach((whose, ofParty) -> rows.add(row(whose, ofParty, years)));
    return rows;
  }

  private static List<String> row(String whose, List<CapacityLine> ofParty, Set<Integer> years) {
    CapacityLine any = ofParty.get(0);
    List<String> cells = new ArrayList<>();
    cells.add("  " + whose + remarks(any));
    cells.add(String.valueOf(any.commitments()));
    cells.add(span(any.committedLowGw(), any.committedHighGw(), "%.2f"));
    cells.add(any.gpusHigh() > 0 ? span(any.gpusLow(), any.gpusHigh(), "%,.0f") : "");
    for (int year : years) {
      cells.add(
          ofParty.stream()
              .filter(line -> line.year() == year)
              .findFirst()
              .map(line -> span(line.onlineLowGw(), line.onlineHighGw(), "%.2f"))
              .orElse(""));
    }
    return cells;
  }

  private static String remarks(CapacityLine line) {
    if (rank(line) != 0) {
      return "";
    }
    return String.format(
        Locale.ROOT,
        " (%d without power, %d without dates)",
        line.withoutPower(),
        line.withoutDates());
  }

  private static int rank(CapacityLine line) {
    if (line.provider().equals(ALL)) {
      return line.customer().equals(ALL) ? 0 : 2;
    }
    return 1;
  }

  private static String whose(CapacityLine line) {
    return switch (rank(line)) {
      case 0 -> "total";
      case 1 -> "by " + line.provider();
      default -> "for " + line.customer();
    };
  }

  private static String span(double low, double high, String format) {
    String from = String.format(Locale.ROOT, format, low);
    String to = String.format(Locale.ROOT, format, high);
    return from.equals(to) ? from : from + " – " + to;
  }

  private static String published(List<SiteLine> sites) {
    TextTable table =
        new TextTable(
            List.of("  published by", "whose", "sites", "as of", "GW", "ours signed", "announced"));
    for (SiteLine line : sites) {
      table.add(
          List.of(
              "  " + line.publisher(),
              line.provider() + (line.customer().equals(ALL) ? "" : " for " + line.customer()),
              String.valueOf(line.sites()),
              line.asOf().toString(),
              gw(line.publishedGw()),
              gw(line.signedGw()),
              gw(line.announcedGw())));
    }
    return String.format(
            Locale.ROOT,
            "%nIn operation, as others count it, beside the GW that the commitments here would have"
                + " online at the end of that quarter.%nNot the same thing: their sites serve other"
                + " customers too, and most commitments here tell no power.%n%n")
        + table.print();
  }

  private static String gw(double value) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.2f", value);
  }
}
