package io.dealimpact.report;

import io.dealimpact.codec.ImpactLine;
import io.dealimpact.study.event.EventP;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The table that a night ends with: what each deal did to every listed company it touches. */
public final class ImpactSummary {
  private static final List<String> HEADER =
      List.of(
          "  company",
          "role",
          "day 0",
          "at close",
          "at high",
          "own",
          "interval",
          "p",
          "q",
          "CAR[-1,+1]",
          "its p",
          "verdict");

  /** Standard errors beyond which a day's abnormal return is named: some 5 % of days. */
  private static final double UNUSUAL = 2;

  private ImpactSummary() {}

  /**
   * Prints the deals in the order of the lines.
   *
   * @param lines events, those of one deal one after the other
   * @param confidence of the intervals, a fraction
   */
  public static String print(List<ImpactLine> lines, double confidence) {
    TextTable table = new TextTable(HEADER);
    Map<String, List<ImpactLine>> deals = new LinkedHashMap<>();
    for (ImpactLine line : lines) {
      deals.computeIfAbsent(line.deal().dealId(), id -> new ArrayList<>()).add(line);
      table.add(cells(line));
    }
    Iterator<String> rows = table.print().lines().iterator();
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%nWhat the deals did, newest first. Billions of USD on day 0. own: net of market and sector,"
                + " of the market alone where a share has no sector.%nIts interval (%.0f %%) and p are"
                + " by the share's own history, q over all company-days; p of CAR[-1,+1]: of its t.%n%n",
            100 * confidence));
    text.append(rows.next()).append('\n').append(rows.next()).append('\n');
    for (List<ImpactLine> deal : deals.values()) {
      text.append(heading(deal.get(0))).append('\n');
      if (deal.get(0).deal().statedConfounders() != null) {
        text.append("  its record names other news: ")
            .append(deal.get(0).deal().statedConfounders())
            .append('\n');
      }
      for (int i = 0; i < deal.size(); i++) {
        text.append(rows.next()).append('\n');
      }
    }
    return text.toString();
  }

  private static String heading(ImpactLine line) {
    String value =
        Double.isNaN(line.deal().lowUsd())
            ? "value not disclosed"
            : value(line.deal().lowUsd(), line.deal().highUsd())
                + (line.deal().valueType() == null
                    ? ""
                    : " " + line.deal().valueType().replace('_', ' '));
    return line.deal().announced()
        + "  "
        + line.deal().dealId()
        + (line.deal().title() == null ? "" : ": " + line.deal().title())
        + " ("
        + line.deal().status()
        + ", "
        + value
        + ")";
  }

  /** A range as one: its middle is nobody's figure. */
  private static String value(double low, double high) {
    String from = String.format(Locale.ROOT, "%,.1f", low / 1e9);
    String to = String.format(Locale.ROOT, "%,.1f", high / 1e9);
    return (from.equals(to) ? from : from + " to " + to) + " bn";
  }

  private static List<String> cells(ImpactLine line) {
    return List.of(
        "  " + line.party().instrumentId(),
        line.party().role(),
        line.dayZero().date() == null ? "" : line.dayZero().date().toString(),
        billions(line.dollars().rawClose()),
        billions(line.dollars().rawHigh()),
        billions(line.dollars().own()),
        Double.isNaN(line.dollars().ownLow())
            ? ""
            : "["
                + billions(line.dollars().ownLow())
                + ", "
                + billions(line.dollars().ownHigh())
                + "]",
        line.dayZero().judged().p(),
        Double.isNaN(line.dayZero().judged().q()) ? "" : Verdicts.q(line.dayZero().judged().q()),
        Double.isNaN(line.threeDays().car())
            ? ""
            : String.format(Locale.ROOT, "%+.2f %%", 100 * line.threeDays().car()),
        Double.isNaN(line.threeDays().p()) ? "" : EventP.text(line.threeDays().p()),
        verdict(line));
  }

  private static String billions(double usd) {
    return Double.isNaN(usd) ? "" : String.format(Locale.ROOT, "%+.1f", usd / 1e9);
  }

  /** In words: the verdict, and what a reader must know besides. */
  static String verdict(ImpactLine line) {
    if (!line.dayZero().status().equals("OK")) {
      return "not measured: "
          + (line.dayZero().statusReason() == null
              ? line.dayZero().status()
              : line.dayZero().statusReason());
    }
    StringBuilder text = new StringBuilder();
    text.append(Verdicts.words(line.dayZero().judged().verdict()));
    if (Boolean.TRUE.equals(line.dayZero().recordClose())) {
      text.append("; record close");
    }
    if (line.dayZero().confounders() != null) {
      text.append("; also ").append(line.dayZero().confounders());
    }
    text.append(dayBefore(line));
    if (Double.isNaN(line.dollars().own())) {
      text.append(
          String.format(
              Locale.ROOT,
              "; AR %+.2f %%, no share count for dollars",
              100 * line.dayZero().abnormalReturn()));
    }
    return text.toString();
  }

  /** What moved it before the announcement could: results, a report, a leak. */
  private static String dayBefore(ImpactLine line) {
    StringBuilder text = new StringBuilder();
    double before = line.threeDays().dayBefore();
    if (Math.abs(line.threeDays().dayBeforeStandardized()) > UNUSUAL) {
      boolean most =
          Math.abs(before) > Math.abs(line.threeDays().car()) / 2
              && Math.signum(before) == Math.signum(line.threeDays().car());
      text.append(
          String.format(
              Locale.ROOT,
              "; day -1 AR %+.2f %%%s",
              100 * before,
              most ? ", most of CAR[-1,+1]" : ""));
    }
    if (line.threeDays().confounders() != null) {
      List<String> known =
          line.dayZero().confounders() == null
              ? List.of()
              : List.of(line.dayZero().confounders().split("; ", -1));
      String more =
          Arrays.stream(line.threeDays().confounders().split("; ", -1))
              .filter(news -> !known.contains(news))
              .collect(Collectors.joining("; "));
      text.append(more.isEmpty() ? "" : "; in CAR[-1,+1] also " + more);
    }
    return text.toString();
  }
}
