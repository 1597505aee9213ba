package io.dealimpact.report;

import io.dealimpact.codec.CapacityLine;
import io.dealimpact.codec.ClaimLine;
import io.dealimpact.codec.CompanyDayLine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a night ends with, on one screen of {@value #WIDTH} columns: the state of the lake, the
 * newest deals and the biggest moves, compute and printed figures in a line each.
 */
public final class NightSummary {
  /** Columns of the screen. */
  public static final int WIDTH = 80;

  private static final int NEWEST = 3;
  private static final int SHARES_OF_A_DEAL = 2;
  private static final int BIGGEST = 3;

  private static final List<String> FIRM = List.of("signed", "announced");

  private static final List<String> CLAIM_VERDICTS =
      List.of("contradicted", "supported under a reading", "not measurable", "supported");

  private final StringBuilder text = new StringBuilder();

  private NightSummary() {}

  /**
   * The screen.
   *
   * @param days all company-days, the newest deal first
   * @param capacity at the ends of some years, in any order
   * @param claims one line for each
   * @param report the path of the HTML report; empty if it could not be written
   */
  public static String print(
      NightFacts night,
      List<CompanyDayLine> days,
      List<CapacityLine> capacity,
      List<ClaimLine> claims,
      Optional<String> report) {
    NightSummary page = new NightSummary();
    page.state(night);
    page.deals(days);
    page.rest(capacity, claims);
    report.ifPresent(path -> page.text.append("Report: ").append(path).append('\n'));
    page.line("More: deal-impact nightly --all; one event: deal-impact explain event DEAL:SHARE");
    return page.text.toString();
  }

  private void state(NightFacts night) {
    text.append('\n');
    wrap(
        night.sentences().stream()
                .filter(sentence -> !sentence.isEmpty())
                .collect(Collectors.joining("; "))
            + ".");
  }

  private void deals(List<CompanyDayLine> days) {
    if (days.isEmpty()) {
      line("");
      line("No event has been measured yet. See: sql \"select * from gold.event_impact\"");
      return;
    }
    long measured = days.stream().filter(day -> !day.judged().verdict().isEmpty()).count();
    long outstanding =
        days.stream().filter(day -> day.judged().verdict().equals("stands-out")).count();
    wrap(
        String.format(
            Locale.ROOT,
            "Billions of USD on day 0, net of market and sector; interval (95 %%) and p by the"
                + " share's own history. Of %d company-days %d stand%s out (q).",
            measured,
            outstanding,
            outstanding == 1 ? "s" : ""));
    Map<String, List<CompanyDayLine>> deals = new LinkedHashMap<>();
    days.forEach(
        day -> deals.computeIfAbsent(day.deal().dealId(), id -> new ArrayList<>()).add(day));
    Set<String> shown = new LinkedHashSet<>();
    line("");
    line("The newest deals");
    deals.entrySet().stream()
        .limit(NEWEST)
        .forEach(
            deal -> {
              heading(deal.getValue().get(0).deal());
              deal.getValue().stream().limit(SHARES_OF_A_DEAL).forEach(this::share);
              shown.add(deal.getKey());
            });
    List<CompanyDayLine> biggest =
        days.stream()
            .filter(day -> !shown.contains(day.deal().dealId()))
            .filter(day -> Double.isFinite(day.own().usd()))
            .sorted(Comparator.comparingDouble((CompanyDayLine day) -> -Math.abs(day.own().usd())))
            .limit(BIGGEST)
            .toList();
    if (!biggest.isEmpty()) {
      line("The biggest moves besides");
      biggest.forEach(
          day -> {
            heading(day.deal());
            share(day);
          });
    }
  }

  /** Day, title and value, the title cut where the line ends. */
  private void heading(CompanyDayLine.Deal deal) {
    String value = " (" + deal.status() + value(deal.lowUsd(), deal.highUsd()) + ")";
    String title = deal.title().isEmpty() ? deal.dealId() : deal.title();
    int room = WIDTH - 12 - value.length();
    line(
        deal.announced()
            + "  "
            + (title.length() <= room ? title : title.substring(0, room - 1).strip() + "…")
            + value);
  }

  private static String value(double low, double high) {
    if (!Double.isFinite(high)) {
      return "";
    }
    String from = String.format(Locale.ROOT, "%,.3g", low / 1e9);
    String to = String.format(Locale.ROOT, "%,.3g", high / 1e9);
    return ", " + (from.equals(to) ? plain(low) : plain(low) + " to " + plain(high)) + " bn";
  }

  private static String plain(double usd) {
    return String.format(Locale.ROOT, usd < 10e9 ? "%,.1f" : "%,.0f", usd / 1e9);
  }

  private void share(CompanyDayLine day) {
    if (!day.status().equals("OK")) {
      line("  %-5s %s  not measured: %s", day.instrumentId(), day.date(), day.status());
      return;
    }
    String interval =
        Double.isFinite(day.own().lowUsd())
            ? "[" + billions(day.own().lowUsd()) + ", " + billions(day.own().highUsd()) + "]"
            : "";
    String net =
        Double.isFinite(day.own().usd())
            ? billions(day.own().usd())
            : String.format(Locale.ROOT, "%+.1f %%", 100 * day.car());
    line(
        "  %-5s %7s %-16s p %-17s %s",
        day.instrumentId(),
        net,
        interval,
        day.judged().p(),
        Verdicts.words(day.judged().verdict()));
  }

  private static String billions(double usd) {
    return String.format(Locale.ROOT, "%+.1f", usd / 1e9);
  }

  private void rest(List<CapacityLine> capacity, List<ClaimLine> claims) {
    if (!capacity.isEmpty()) {
      line("");
      line("Compute promised, GW, smallest to largest");
      FIRM.forEach(status -> compute(status, capacity));
    }
    if (!claims.isEmpty()) {
      Map<String, Long> counts =
          claims.stream().collect(Collectors.groupingBy(ClaimLine::verdict, Collectors.counting()));
      wrap(
          "Printed figures: "
              + CLAIM_VERDICTS.stream()
                  .filter(counts::containsKey)
                  .map(verdict -> counts.get(verdict) + " " + verdict)
                  .collect(Collectors.joining(", "))
              + ".");
    }
  }

  private void compute(String status, List<CapacityLine> capacity) {
    List<CapacityLine> totals =
        capacity.stream()
            .filter(line -> line.status().equals(status) && CapacitySummary.isTotal(line))
            .sorted(Comparator.comparingInt(CapacityLine::year))
            .toList();
    if (totals.isEmpty()) {
      return;
    }
    int known = totals.get(0).asOf().getYear();
    TreeSet<Integer> years = new TreeSet<>(List.of(known, known + 2));
    String online =
        totals.stream()
            .filter(line -> years.contains(line.year()))
            .map(line -> CapacitySummary.span(line.onlineGw(), 1) + " end of " + line.year())
            .collect(Collectors.joining(", "));
    line(
        "  %-9s %s; online %s",
        status, CapacitySummary.span(totals.get(0).promised().powerGw(), 1), online);
  }

  private void line(String format, Object... values) {
    String line = values.length == 0 ? format : String.format(Locale.ROOT, format, values);
    text.append(line.stripTrailing()).append('\n');
  }

  private void wrap(String sentence) {
    StringBuilder line = new StringBuilder();
    for (String word : sentence.split(" ", -1)) {
      if (line.length() > 0 && line.length() + 1 + word.length() > WIDTH) {
        text.append(line).append('\n');
        line = new StringBuilder();
      }
      line.append(line.length() == 0 ? "" : " ").append(word);
    }
    text.append(line).append('\n');
  }
}
