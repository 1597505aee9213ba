package io.dealimpact.report;

import io.dealimpact.codec.ImpactLine;
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
          "net of market",
          "interval",
          "CAR[-1,+1]",
          "p",
          "verdict");

  /** Standard errors beyond which a day's abnormal return is named: some 5 % of days. */
  private static final double UNUSUAL = 2;

  private ImpactSummary() {}

  /**
   * Prints the deals in the order of the lines.
   *
   * @param lines events, those of one deal one after the other
   * @param model of the figures net of the market
   * @param confidence of the intervals, a fraction
   * @param significance p below which a move is more than noise
   */
  public static String print(
      List<ImpactLine> lines, String model, double confidence, double significance) {
    TextTable table = new TextTable(HEADER);
    Map<String, List<ImpactLine>> deals = new LinkedHashMap<>();
    for (ImpactLine line : lines) {
      deals.computeIfAbsent(line.deal().dealId(), id -> new ArrayList<>()).add(line);
      table.add(cells(line, significance));
    }
    Iterator<String> rows = table.print().lines().iterator();
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%nWhat the deals did, newest first. Billions of USD on day 0; net of market: %s, interval"
                + " %.0f %%; p two-sided.%n%n",
            model,
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
        Double.isNaN(line.deal().usd())
            ? "value not disclosed"
            : String.format(Locale.ROOT, "%,.1f bn", line.deal().usd() / 1e9)
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

  private static List<String> cells(ImpactLine line, double significance) {
    return List.of(
        "  " + line.party().instrumentId(),
        line.party().role(),
        line.dayZero().date() == null ? "" : line.dayZero().date().toString(),
        billions(line.dollars().rawClose()),
        billions(line.dollars().rawHigh()),
        billions(line.dollars().abnormal()),
        Double.isNaN(line.dollars().abnormalLow())
            ? ""
            : "["
                + billions(line.dollars().abnormalLow())
                + ", "
                + billions(line.dollars().abnormalHigh())
                + "]",
        Double.isNaN(line.threeDays().car())
            ? ""
            : String.format(Locale.ROOT, "%+.2f %%", 100 * line.threeDays().car()),
        Double.isNaN(line.dayZero().p())
            ? ""
            : String.format(Locale.ROOT, "%.4f", line.dayZero().p()),
        verdict(line, significance));
  }

  private static String billions(double usd) {
    return Double.isNaN(usd) ? "" : String.format(Locale.ROOT, "%+.1f", usd / 1e9);
  }

  /** In words: whether it moved beyond noise, and what a reader must know besides. */
  static String verdict(ImpactLine line, double significance) {
    if (!line.dayZero().status().equals("OK")) {
      return "not measured: "
          + (line.dayZero().statusReason() == null
              ? line.dayZero().status()
              : line.dayZero().statusReason());
    }
    StringBuilder text = new StringBuilder();
    if (line.dayZero().p() < significance) {
      text.append(line.dayZero().abnormalReturn() > 0 ? "gained" : "lost")
          .append(", more than noise");
    } else {
      text.append("within noise");
    }
    if (Boolean.TRUE.equals(line.dayZero().recordClose())) {
      text.append("; record close");
    }
    if (line.dayZero().confounders() != null) {
      text.append("; also ").append(line.dayZero().confounders());
    }
    text.append(dayBefore(line));
    if (Double.isNaN(line.dollars().abnormal())) {
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
