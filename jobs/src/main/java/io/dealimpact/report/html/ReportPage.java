package io.dealimpact.report.html;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dealimpact.report.NetOf;
import io.dealimpact.report.Verdicts;
import io.dealimpact.report.html.ReportInput.Deal;
import io.dealimpact.report.html.Sheet.Line;
import io.dealimpact.study.event.EventP;
import io.dealimpact.study.event.RankText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The report as one HTML file with its charts, styles and data inside. A report is a file that
 * people send each other, so it stays below 1.5 MB: what is too much leaves out the charts of the
 * oldest deals, then those of the smallest groups, and says so.
 */
public final class ReportPage {
  private static final int LARGEST_BYTES = 1_500_000;

  /** For the comment after the page that says what it was made of. */
  private static final int COMMENT_BYTES = 1_000;

  private static final String LEFT_OUT = "left out, so that this file stays below 1.5 MB.";

  /** Days from which a rank by dollars says anything, as in gold.daily_moves. */
  private static final int LEAST_DAYS = 60;

  private final ReportInput input;
  private final Html html = new Html();
  private final Map<String, Integer> queryLines = new LinkedHashMap<>();

  /** Deals with charts, of the newest; groups with charts, of the biggest. */
  private final int dealsInDetail;

  private final int groupsInDetail;
  private int figures;

  private ReportPage(ReportInput input, int dealsInDetail, int groupsInDetail) {
    this.input = input;
    this.dealsInDetail = dealsInDetail;
    this.groupsInDetail = groupsInDetail;
  }

  /** The page, below 1.5 MB. */
  public static String print(ReportInput input) {
    return print(input, LARGEST_BYTES - COMMENT_BYTES);
  }

  /**
   * The page.
   *
   * @param mostBytes in UTF-8. A page without charts of deals and groups may be larger still
   */
  static String print(ReportInput input, int mostBytes) {
    int deals = input.deals().rows().size();
    int groups = input.groups().size();
    while (true) {
      String page = new ReportPage(input, deals, groups).page();
      if (page.getBytes(UTF_8).length <= mostBytes || deals + groups == 0) {
        return page;
      }
      if (deals > 0) {
        deals--;
      } else {
        groups--;
      }
    }
  }

  private String page() {
    html.raw("<!DOCTYPE html>")
        .raw("<html lang=\"en\"><head><meta charset=\"utf-8\">")
        .raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
        .raw("<meta name=\"color-scheme\" content=\"light dark\">")
        // Nothing is loaded, from anywhere.
        .raw(
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src"
                + " 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:\">")
        .raw("<title>Deal Impact: " + Html.escaped(input.plan().study()) + "</title>")
        .raw("<style>" + resource("report.css") + "</style></head><body>");
    header();
    html.raw("<main>");
    glance();
    deals();
    capacity();
    shares();
    groups();
    html.raw("</main>");
    footer();
    html.raw(
            "<script type=\"application/json\" id=\"query-lines\">"
                + Chart.inScript(queryLines.keySet())
                + "</script>")
        .raw("<script>" + resource("echarts.common.min.js") + "</script>")
        .raw("<script>" + resource("report.js") + "</script></body></html>");
    return html.toString();
  }

  // ---------------------------------------------------------------- first lines

  private void header() {
    html.raw("<header><h1>Deal Impact</h1><p class=\"first\">" + firstLine() + "</p>")
        .raw("<nav aria-label=\"Parts of the report\"><a href=\"#glance\">At a glance</a>")
        .raw("<a href=\"#deals\">Deals</a><a href=\"#capacity\">Compute promised</a>")
        .raw("<a href=\"#shares\">Who depends on whom</a><a href=\"#study\">All deals together</a>")
        .raw("</nav></header>");
  }

  /** Prices to when, which night, what the audits said, what changed. */
  private String firstLine() {
    StringBuilder line = new StringBuilder();
    for (String sentence : input.night().sentences()) {
      if (!sentence.isEmpty()) {
        line.append(line.length() == 0 ? "" : " · ")
            .append("<span>")
            .append(Html.escaped(sentence))
            .append("</span>");
      }
    }
    return line.toString();
  }

  private void footer() {
    html.raw("<footer><p>")
        .raw("A share’s own move is net of market and sector; of the market alone where it has no")
        .raw(" sector, which the table of the day says. Intervals of ")
        .raw(
            Html.number("%.0f", 100 * input.plan().confidence())
                + " %. Every figure is in the lake; the query beside it gives it again:"
                + " <code>deal-impact sql \"…\"</code>. Charts: Apache ECharts, Apache License"
                + " 2.0.</p>")
        .raw("</footer>");
  }

  // ---------------------------------------------------------------- at a glance

  private void glance() {
    html.raw("<section id=\"glance\"><h2>At a glance</h2>");
    List<Line> deals = input.deals().lines();
    if (deals.isEmpty()) {
      html.element("p", "", "No deal has been measured yet.").raw("</section>");
      return;
    }
    html.raw("<div class=\"cards\">");
    deals.stream()
        .filter(line -> Double.isFinite(line.number("net_abnormal_usd")))
        .limit(3)
        .forEach(this::card);
    html.raw("</div>");
    figure(
        "What the deals did",
        "The newest deals and the biggest, billions of USD net of market and sector on day 0 with"
            + " interval, all parties of a deal together."
            + " Grey: the interval holds zero, so the move may be chance. Deals whose parties have"
            + " no share count are not here.",
        Charts.deals(input.deals()),
        input.deals());
    html.raw("</section>");
  }

  private void card(Line deal) {
    double net = deal.number("net_abnormal_usd");
    html.raw("<a class=\"card\" href=\"#" + anchor(deal.text("deal_id")) + "\">")
        .element("span", "when", deal.text("announced_date"))
        .element("strong", "", Parts.signedBillions(net) + " bn")
        .element(
            "span", "interval", interval(deal, "net_abnormal_usd_low", "net_abnormal_usd_high"))
        .element("span", "what", deal.text("title"))
        .raw("</a>");
  }

  private static String interval(Line line, String low, String high) {
    return Double.isFinite(line.number(low))
        ? "["
            + Parts.signedBillions(line.number(low))
            + ", "
            + Parts.signedBillions(line.number(high))
            + "]"
        : "";
  }

  /** Letters, digits and dashes of an id; what else it has is left out. */
  private static String anchor(String dealId) {
    return "deal-" + dealId.replaceAll("[^A-Za-z0-9.-]", "_");
  }

  // ---------------------------------------------------------------- deals

  private void deals() {
    html.raw("<section id=\"deals\"><h2>Deals, newest first</h2>");
    List<Line> deals = input.deals().lines();
    if (dealsInDetail < deals.size()) {
      html.element(
          "p",
          "warn",
          "The charts and rows of the "
              + (deals.size() - dealsInDetail)
              + " oldest are "
              + LEFT_OUT);
    }
    boolean isFirst = true;
    for (int i = 0; i < deals.size(); i++) {
      Line deal = deals.get(i);
      Deal parts = input.deal().get(deal.text("deal_id"));
      boolean measured = Double.isFinite(deal.number("net_abnormal_usd"));
      html.raw(
          "<details class=\"deal\" id=\""
              + anchor(deal.text("deal_id"))
              + "\""
              + (isFirst && measured ? " open" : "")
              + ">");
      isFirst &= !measured;
      html.raw("<summary><h3>")
          .element("span", "when", deal.text("announced_date"))
          .element("span", "what", title(deal))
          .element("span", "figure", headline(deal, parts))
          .raw("</h3></summary>");
      deal(deal, parts, i < dealsInDetail ? Detail.ALL : Detail.NO_CHARTS);
      html.raw("</details>");
    }
    html.raw("</section>");
  }

  private static String title(Line deal) {
    return deal.text("title").isEmpty() ? deal.text("deal_id") : deal.text("title");
  }

  private static String headline(Line deal, Deal parts) {
    if (Double.isFinite(deal.number("net_abnormal_usd"))) {
      return Parts.signedBillions(deal.number("net_abnormal_usd"))
          + " bn "
          + interval(deal, "net_abnormal_usd_low", "net_abnormal_usd_high");
    }
    return byImportance(parts.events()).stream()
        .filter(line -> Double.isFinite(line.number("car")))
        .findFirst()
        .map(line -> line.text("instrument_id") + " " + percent(line.number("car")))
        .orElse("not measured");
  }

  private static String percent(double fraction) {
    return Double.isFinite(fraction) ? Parts.signed(100 * fraction, 2) + " %" : "";
  }

  /** The rows of day 0, the largest move in USD first, then those without dollars by return. */
  private static List<Line> byImportance(Sheet events) {
    return events.lines().stream()
        .filter(ReportPage::isDayZero)
        .sorted(
            (a, b) -> {
              int usd = Double.compare(size(b, "own_usd"), size(a, "own_usd"));
              return usd == 0 ? Double.compare(size(b, "car"), size(a, "car")) : usd;
            })
        .toList();
  }

  private static double size(Line line, String column) {
    double value = Math.abs(line.number(column));
    return Double.isNaN(value) ? -1 : value;
  }

  /** How much of a deal is shown. */
  private enum Detail {
    ALL,
    /** Neither charts nor the rows and queries behind them. */
    NO_CHARTS
  }

  private void deal(Line deal, Deal parts, Detail detail) {
    List<Line> events = byImportance(parts.events());
    html.raw("<div class=\"facts\">")
        .element("p", "", facts(deal))
        .element("p", "", parties(parts));
    if (!deal.text("confounders").isEmpty()) {
      html.element("p", "warn", "Other news near it: " + deal.text("confounders") + ".");
    }
    html.element("p", "", winners(deal)).raw("</div>");
    if (events.isEmpty()) {
      html.element("p", "", "No party is listed, so no share price says anything.");
    } else {
      dayZero(deal, events, parts);
    }
    if (detail == Detail.NO_CHARTS) {
      claims(parts);
      html.element("p", "warn", "The charts of this deal and their rows are " + LEFT_OUT);
      return;
    }
    if (!events.isEmpty()) {
      charts(parts, events);
    }
    claims(parts);
    data(parts.claims());
    choices(parts, events);
  }

  private static String facts(Line deal) {
    StringBuilder text = new StringBuilder();
    text.append(
            deal.text("deal_type").isEmpty() ? "Deal" : deal.text("deal_type").replace('-', ' '))
        .append(", ")
        .append(deal.text("deal_status"));
    double low = deal.number("value_low_usd");
    double high = deal.number("value_high_usd");
    if (Double.isFinite(low)) {
      text.append(", ")
          .append(Html.number("%,.1f", low / 1e9))
          .append(low == high ? "" : " to " + Html.number("%,.1f", high / 1e9))
          .append(" bn USD ")
          .append(deal.text("value_type").replace('_', ' '));
    } else {
      text.append(", value not disclosed");
    }
    if (Double.isFinite(deal.number("term_years"))) {
      text.append(" over ").append(Html.number("%.3g", deal.number("term_years"))).append(" years");
    }
    text.append(
        deal.text("source_title").isEmpty() ? "." : ". Source: " + deal.text("source_title") + ".");
    return text.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + text.substring(1);
  }

  private static String parties(Deal parts) {
    Map<String, List<String>> roles = new LinkedHashMap<>();
    for (Line party : parts.parties().lines()) {
      roles
          .computeIfAbsent(party.text("role"), role -> new ArrayList<>())
          .add(
              party.text("organisation")
                  + (party.text("instrument_id").isEmpty()
                      ? " (not listed)"
                      : " (" + party.text("instrument_id") + ")"));
    }
    List<String> texts = new ArrayList<>();
    roles.forEach((role, names) -> texts.add(role + " " + String.join(", ", names)));
    return "Parties: " + String.join("; ", texts) + ".";
  }

  private static String winners(Line deal) {
    if (!Double.isFinite(deal.number("net_abnormal_usd"))) {
      return "";
    }
    String gained = deal.text("gained");
    String lost = deal.text("lost");
    return (gained.isEmpty() ? "Nobody gained" : "Gained net of market and sector: " + gained)
        + (lost.isEmpty() ? "; nobody lost" : "; lost: " + lost)
        + ". All "
        + deal.text("parties_measured")
        + " of "
        + deal.text("parties_listed")
        + " listed parties with dollars together: "
        + Parts.signedBillions(deal.number("net_abnormal_usd"))
        + " bn "
        + interval(deal, "net_abnormal_usd_low", "net_abnormal_usd_high")
        + ".";
  }

  private void dayZero(Line deal, List<Line> events, Deal parts) {
    Map<String, Line> ranks = new LinkedHashMap<>();
    parts.ranks().lines().forEach(line -> ranks.put(line.text("event_id"), line));
    List<Line> measured =
        events.stream().filter(event -> Double.isFinite(event.number("car"))).toList();
    if (!measured.isEmpty()) {
      dollars(deal, measured);
      sureness(measured, ranks);
    }
    List<String> notes = new ArrayList<>();
    for (Line event : events) {
      if (!event.text("status").equals("OK")) {
        notes.add(event.text("instrument_id") + ": not measured, " + event.text("status_reason"));
      } else if (!event.text("confounders").isEmpty()) {
        notes.add(event.text("instrument_id") + ", same day: " + event.text("confounders"));
      }
    }
    if (!notes.isEmpty()) {
      html.raw("<ul class=\"warn\">");
      notes.forEach(note -> html.element("li", "", note));
      html.raw("</ul>");
    }
  }

  private void sureness(List<Line> events, Map<String, Line> ranks) {
    List<List<String>> rows = new ArrayList<>();
    for (Line event : events) {
      Line rank = ranks.get(event.text("event_id"));
      rows.add(
          List.of(
              event.text("instrument_id"),
              percent(event.number("car")),
              usd(event, "own_usd"),
              interval(event, "abnormal_usd_low", "abnormal_usd_high"),
              p(event.number("car_p")),
              interval(event, "own_ci_low_usd", "own_ci_high_usd"),
              RankText.of(event.number("history_p"), whole(event, "history_n")),
              event.text("verdict").isEmpty()
                  ? ""
                  : Verdicts.words(event.text("verdict"))
                      + (Double.isNaN(event.number("q_value"))
                          ? ""
                          : ", q " + Verdicts.q(event.number("q_value"))),
              rank == null ? "" : rank(rank)));
    }
    html.table(
        "How sure that is: the share’s own move, "
            + NetOf.words(events.get(0).text("model"))
            + ", with the model’s interval and p, and with those by its own history",
        List.of(
            "company",
            "#return",
            "#bn USD",
            "interval",
            "#p",
            "by own history",
            "p (rank)",
            "~verdict over the study",
            "~base rate of the day"),
        rows);
  }

  /** Where the dollars of the close came from. */
  private void dollars(Line deal, List<Line> events) {
    List<List<String>> rows = new ArrayList<>();
    for (Line event : events) {
      String sector = event.text("sector_benchmark");
      rows.add(
          List.of(
              event.text("instrument_id"),
              event.text("role"),
              usd(event, "raw_open_usd"),
              usd(event, "raw_high_usd"),
              usd(event, "raw_close_usd"),
              usd(event, "market_usd"),
              sector.isEmpty() ? "" : usd(event, "sector_usd"),
              usd(event, "own_usd"),
              usd(event, "drift_usd"),
              sector.isEmpty() ? "none: the market alone" : sector));
    }
    html.table(
        "Day 0, "
            + deal.text("event_date")
            + ": change of value, billions of USD. Close = market + sector + own + rest",
        List.of(
            "company",
            "role",
            "#at open",
            "#at high",
            "#at close",
            "#market",
            "#sector",
            "#own",
            "#rest",
            "sector is"),
        rows);
  }

  private static int whole(Line line, String column) {
    double value = line.number(column);
    return Double.isNaN(value) ? 0 : (int) value;
  }

  private static String p(double p) {
    return Double.isNaN(p) ? "" : EventP.text(p);
  }

  private static String usd(Line line, String column) {
    double value = line.number(column);
    return Double.isFinite(value) ? Parts.signedBillions(value) : "";
  }

  /** "of 461 days, 6 were larger": by dollars where enough days have them, else by return. */
  private static String rank(Line rank) {
    boolean usd =
        Double.isFinite(rank.number("change_close_usd")) && rank.number("days_usd") >= LEAST_DAYS;
    String suffix = usd ? "_usd" : "";
    double move = rank.number(usd ? "change_close_usd" : "simple_return");
    if (!Double.isFinite(move)) {
      return "";
    }
    double beyond = rank.number((move < 0 ? "smaller" : "larger") + suffix);
    return "of "
        + Html.number("%,.0f", rank.number("days" + suffix))
        + " days, "
        + (beyond == 0
            ? "none was "
            : Html.number("%,.0f", beyond) + (beyond == 1 ? " was " : " were "))
        + (move < 0 ? "lower" : "larger");
  }

  private void charts(Deal parts, List<Line> events) {
    boolean dollars = events.stream().anyMatch(e -> Double.isFinite(e.number("raw_close_usd")));
    html.raw("<div class=\"pair\">");
    if (dollars) {
      figure(
          "Dollars on day 0",
          "Shares known the day before times the change of the price, and what the close is made"
              + " of. The line over a bar is the model’s interval.",
          Charts.dollars(parts.events()),
          parts.events());
    }
    List<String> order = events.stream().map(line -> line.text("event_id")).toList();
    Sheet paths = parts.paths().inOrder("event_id", order);
    if (!paths.isEmpty()) {
      figure(
          "Days around it",
          "Cumulative abnormal return. The band is 1.96 forecast-error deviations of the days so"
              + " far, taken as independent; the windows in the table of dollars have the exact"
              + " errors."
              + (parts.placebo().isEmpty()
                  ? ""
                  : " Grey: the same share over earlier stretches of as many days, under the same"
                      + " fit: what it does without this news."),
          Charts.path(paths, parts.placebo()),
          List.of(
              new ReportInput.Named("Table, SQL, CSV", parts.paths()),
              new ReportInput.Named("The grey paths: table, SQL, CSV", parts.placebo())));
    }
    html.raw("</div>");
  }

  private void claims(Deal parts) {
    if (parts.claims().isEmpty()) {
      return;
    }
    html.raw("<h4>What was printed</h4><ul class=\"claims\">");
    for (Line claim : parts.claims().lines()) {
      html.claim(claim.text("verdict"), claim.text("explanation"));
    }
    html.raw("</ul>");
  }

  private void choices(Deal parts, List<Line> events) {
    List<Line> lines =
        parts.choices().lines().stream()
            .filter(line -> Double.isFinite(line.number("car")))
            .toList();
    if (lines.isEmpty() || events.isEmpty()) {
      return;
    }
    figure(
        "Does the answer depend on the choice?",
        lines.get(0).text("subject").replaceFirst(".*:", "")
            + " on day 0, "
            + lines.get(0).text("range")
            + ": "
            + lines.get(0).text("verdict")
            + ". Blue: p below "
            + Html.number("%.2f", 1 - input.plan().confidence())
            + "; outlined: the study's own choice.",
        Charts.specification(parts.choices(), 1 - input.plan().confidence()),
        parts.choices());
  }

  // ---------------------------------------------------------------- compute

  private void capacity() {
    html.raw("<section id=\"capacity\"><h2>Compute promised</h2>");
    if (input.capacity().isEmpty()) {
      html.element("p", "", "No commitment of compute is known.").raw("</section>");
      return;
    }
    Line any = input.capacity().lines().get(0);
    html.element(
        "p",
        "",
        "As known on "
            + any.text("as_of")
            + ". How firm a commitment is, is never added up: a planned GW may be the announced"
            + " one.");
    Map<String, Line> last = new LinkedHashMap<>();
    input.capacity().lines().forEach(line -> last.put(line.text("commitment_status"), line));
    List<List<String>> rows = new ArrayList<>();
    for (Line line : last.values()) {
      rows.add(
          List.of(
              line.text("commitment_status"),
              line.text("commitments"),
              line.text("without_power"),
              line.text("without_dates"),
              range(line, "power_committed_gw"),
              range(line, "power_online_gw")));
    }
    html.table(
        "GW promised, smallest to largest",
        List.of(
            "status",
            "#commitments",
            "#no power stated",
            "#no date stated",
            "#GW promised",
            "#online, end of " + last.values().iterator().next().text("quarter")),
        rows);
    figure(
        "Online by quarter",
        "By the ramps of the commitments. Band: smallest to largest that the sources state.",
        Charts.capacity(input.capacity()),
        input.capacity());
    figure(
        "On schedule, expected and built",
        "Of what is "
            + Charts.firmest(input.capacity())
            + ". On schedule: by stated dates alone. Expected: with delays, dates that are assumed,"
            + " options and what is never completed; band from the 5th to the 95th percentile."
            + " Built: seen in operation at the sites of providers and customers that are known,"
            + " whatever promised it.",
        Charts.expected(input.capacity()),
        input.capacity());
    html.raw("</section>");
  }

  private static String range(Line line, String column) {
    String low = Html.number("%.2f", line.number(column + "_low"));
    String high = Html.number("%.2f", line.number(column + "_high"));
    return low.equals(high) ? low : low + "–" + high;
  }

  private void shares() {
    html.raw("<section id=\"shares\"><h2>Who depends on whom</h2>");
    html.element(
        "p",
        "",
        "Dollars that each customer committed to its providers, announced or firmer, before and"
            + " after the newest change. HHI is the sum of squared shares: 1 is one provider.");
    html.raw("<div class=\"pair\">");
    for (ReportInput.Named focal : input.shares()) {
      figure(focal.name(), hhi(focal.sheet()), Charts.shares(focal.sheet()), focal.sheet());
    }
    html.raw("</div></section>");
  }

  private static String hhi(Sheet shares) {
    Map<String, Line> moments = new LinkedHashMap<>();
    shares.lines().forEach(line -> moments.putIfAbsent(line.text("moment"), line));
    Line after = moments.get("after");
    Line before = moments.get("before");
    if (after == null) {
      return "";
    }
    return "HHI "
        + (before == null ? "(none before)" : hhi(before))
        + " → "
        + hhi(after)
        + " by "
        + after.text("deal_ids").replace(",", ", ");
  }

  private static String hhi(Line line) {
    String low = Html.number("%.2f", line.number("hhi_low"));
    String high = Html.number("%.2f", line.number("hhi_high"));
    return Html.number("%.2f", line.number("hhi_mid"))
        + (low.equals(high) ? "" : " (" + low + "–" + high + ")");
  }

  // ---------------------------------------------------------------- the study

  private void groups() {
    html.raw("<section id=\"study\"><h2>All deals together</h2>");
    html.element(
        "p",
        "",
        "Average cumulative abnormal return ("
            + NetOf.words(input.plan().model())
            + "). Each group is decided by one test, which is named with its reason; a company-day"
            + " counts once. Below 5 company-days there is no verdict. All other tests are"
            + " folded.");
    overview();
    List<ReportInput.Group> groups = input.groups();
    if (groupsInDetail < groups.size()) {
      html.element(
          "p",
          "warn",
          "The charts and tests of the "
              + (groups.size() - groupsInDetail)
              + " smallest groups are "
              + LEFT_OUT);
    }
    boolean isFirst = true;
    for (ReportInput.Group group : groups.subList(0, groupsInDetail)) {
      double n =
          group.paths().lines().stream().mapToDouble(line -> line.number("n")).max().orElse(0);
      html.raw("<details class=\"group\"" + (isFirst ? " open" : "") + "><summary><h3>")
          .element("span", "what", group.name())
          .element("span", "figure", Html.number("%.0f", n) + " company-days")
          .raw("</h3></summary>");
      figure(
          group.name() + ", day by day",
          "Percent, trading days around day 0, with the cross-sectional interval.",
          Charts.caar(group.paths()),
          group.paths());
      tests(group.tests());
      html.raw("</details>");
      isFirst = false;
    }
    html.raw("</section>");
  }

  /** Day 0 of every group by the test that decides it. */
  private void overview() {
    List<List<String>> rows = new ArrayList<>();
    for (ReportInput.Group group : input.groups()) {
      Map<String, String> intervals = intervals(group.tests());
      for (Line line : group.tests().lines()) {
        if (line.isTrue("decides") && isDayZero(line)) {
          List<String> row = new ArrayList<>(List.of(group.name()));
          row.addAll(answer(line, intervals));
          rows.add(row);
        }
      }
    }
    if (!rows.isEmpty()) {
      html.table(
          "Day 0 of each group, by its deciding test; the interval is by the spread of its events",
          List.of(
              "group",
              "#n",
              "#CAAR",
              "interval",
              "#CAAR by value",
              "test",
              "#statistic",
              "#p",
              "answer"),
          rows);
    }
  }

  /** The cross-sectional interval of the CAAR, by window. */
  private static Map<String, String> intervals(Sheet tests) {
    Map<String, String> intervals = new HashMap<>();
    for (Line line : tests.lines()) {
      double low = line.number("caar_low");
      if (line.text("test").equals("cross-sectional-t") && Double.isFinite(low)) {
        intervals.put(
            window(line),
            "["
                + Parts.signed(100 * low, 2)
                + ", "
                + Parts.signed(100 * line.number("caar_high"), 2)
                + "]");
      }
    }
    return intervals;
  }

  private static String window(Line line) {
    return "[" + line.text("window_start") + "," + line.text("window_end") + "]";
  }

  private static boolean isDayZero(Line line) {
    return line.number("window_start") == 0 && line.number("window_end") == 0;
  }

  private List<String> answer(Line line, Map<String, String> intervals) {
    double p = line.number("p_value");
    String answer = "no verdict";
    if (Double.isFinite(p)) {
      answer =
          p < 1 - input.plan().confidence()
              ? line.number("caar") > 0 ? "gained" : "lost"
              : "no more than chance";
    }
    return List.of(
        line.text("n"),
        percent(line.number("caar")),
        intervals.getOrDefault(window(line), ""),
        percent(line.number("value_weighted_caar")),
        line.text("test"),
        Html.number("%.2f", line.number("statistic")),
        p(p),
        answer);
  }

  private void tests(Sheet tests) {
    Map<String, String> intervals = intervals(tests);
    List<List<String>> rows = new ArrayList<>();
    for (Line line : tests.lines()) {
      if (line.isTrue("decides")) {
        List<String> row = new ArrayList<>(List.of(window(line)));
        row.addAll(answer(line, intervals));
        row.add(line.text("deciding_reason"));
        rows.add(row);
      }
    }
    if (rows.isEmpty()) {
      html.element("p", "", "No test decides this group: it has too few company-days.");
    } else {
      html.table(
          "The test that decides each window",
          List.of(
              "window",
              "#n",
              "#CAAR",
              "interval",
              "#CAAR by value",
              "test",
              "#statistic",
              "#p",
              "answer",
              "~why this test"),
          rows);
    }
    data(tests, "All " + tests.rows().size() + " tests: table, SQL, CSV");
  }

  // ---------------------------------------------------------------- figures

  private void figure(String title, String note, Chart chart, Sheet sheet) {
    figure(title, note, chart, List.of(new ReportInput.Named("Table, SQL, CSV", sheet)));
  }

  /** A chart, and what it is made of. */
  private void figure(String title, String note, Chart chart, List<ReportInput.Named> sheets) {
    figures++;
    html.raw("<figure><figcaption>")
        .element("h4", "", title)
        .element("p", "", note)
        .raw("</figcaption>")
        .raw(
            "<div class=\"plot\" role=\"img\" aria-label=\""
                + Html.escaped(chart.description())
                + "\" data-option=\"option-"
                + figures
                + "\" style=\"height:"
                + chart.height()
                + "px\"></div>")
        .raw(
            "<script type=\"application/json\" id=\"option-"
                + figures
                + "\">"
                + chart.json()
                + "</script>");
    sheets.forEach(sheet -> data(sheet.sheet(), sheet.name()));
    html.raw("</figure>");
  }

  private void data(Sheet sheet) {
    data(sheet, "Table, SQL, CSV");
  }

  /** The rows of a query, folded; the page's script makes the table when it is unfolded. */
  private void data(Sheet sheet, String title) {
    if (sheet.isEmpty()) {
      return;
    }
    html.raw("<details class=\"data\">")
        .element("summary", "", title)
        .raw(
            "<div class=\"sheet\"></div><script type=\"application/json\">"
                + Chart.inScript(sheet.packed(queryLines))
                + "</script></details>");
  }

  private static String resource(String name) {
    return PageParts.resource(name).replace("</script", "<\\/script");
  }
}
