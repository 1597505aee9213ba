package io.dealimpact.report.html;

import static io.dealimpact.report.html.Parts.GAIN;
import static io.dealimpact.report.html.Parts.INK;
import static io.dealimpact.report.html.Parts.LOSS;
import static io.dealimpact.report.html.Parts.MUTED;
import static io.dealimpact.report.html.Parts.NET;
import static io.dealimpact.report.html.Parts.SERIES;
import static io.dealimpact.report.html.Parts.billions;
import static io.dealimpact.report.html.Parts.fill;
import static io.dealimpact.report.html.Parts.percent;

import io.dealimpact.report.html.Option.AtX;
import io.dealimpact.report.html.Option.AtY;
import io.dealimpact.report.html.Option.Axis;
import io.dealimpact.report.html.Option.Grid;
import io.dealimpact.report.html.Option.Label;
import io.dealimpact.report.html.Option.Legend;
import io.dealimpact.report.html.Option.MarkLine;
import io.dealimpact.report.html.Option.Point;
import io.dealimpact.report.html.Option.Series;
import io.dealimpact.report.html.Sheet.Line;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** The charts of the report and of notebooks, each made from the rows of one query. */
public final class Charts {
  /** Instruments of one deal that are drawn. */
  private static final int DRAWN = 4;

  /** Instruments of one deal whose dollars are drawn part by part. */
  private static final int DRAWN_WITH_DOLLARS = 3;

  /** Normal quantile of a band of 95 %. */
  private static final double BAND = 1.959964;

  private static final int ROW = 26;

  private Charts() {}

  /**
   * Deals with their net abnormal value and its interval.
   *
   * @param deals rows with deal_id, announced_date, title, net_abnormal_usd and its interval; those
   *     without a figure are left out
   */
  public static Chart deals(Sheet deals) {
    List<Line> lines =
        deals.lines().stream()
            .filter(line -> Double.isFinite(line.number("net_abnormal_usd")))
            .toList();
    List<String> names =
        lines.stream()
            .map(line -> line.text("announced_date") + "  " + line.text("title"))
            .toList();
    List<Object> points = new ArrayList<>();
    List<Object> intervals = new ArrayList<>();
    List<Object> ends = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      double low = lines.get(i).number("net_abnormal_usd_low");
      double high = lines.get(i).number("net_abnormal_usd_high");
      double net = lines.get(i).number("net_abnormal_usd");
      points.add(new Point(List.of(billions(net), i), fill(color(low, high)), null));
      if (Double.isFinite(low)) {
        intervals.add(Parts.interval(billions(low), billions(high), i));
        ends.add(List.of(billions(low), i));
        ends.add(List.of(billions(high), i));
      }
    }
    String says =
        "Change of value net of market and sector on day 0 with its interval, billions of USD, for "
            + lines.size()
            + " deals, newest first.";
    return new Chart(
        says,
        70 + ROW * lines.size(),
        option(
            List.of(Parts.grid(8, 24, 8, 44)),
            List.of(Parts.values("billion USD, net of market and sector", null, 0)),
            List.of(Parts.categories(names, 0, 230).downwards()),
            List.of(
                Parts.points(
                    "net of market and sector",
                    points,
                    9,
                    Parts.intervals(intervals, Parts.line(NET, 2, "solid"))),
                unseen(ends),
                zeroLine(new AtX(0))),
            null,
            says));
  }

  /** Coloured where the interval leaves zero out. */
  private static String color(double low, double high) {
    if (low > 0) {
      return GAIN;
    }
    return high < 0 ? LOSS : MUTED;
  }

  /**
   * Unseen points that keep the axis as long as the intervals: a line that leaves it is not drawn.
   */
  private static Series unseen(List<Object> ends) {
    return Series.of("scatter", "interval ends", ends)
        .symbol("circle", 0)
        .items(fill(Parts.TRANSPARENT))
        .silent()
        .at(1);
  }

  /** An empty series that carries the line at zero. */
  private static Series zeroLine(Object at) {
    return Parts.points("zero", List.of(), 1, Parts.zero(at));
  }

  /**
   * One deal's dollars: at the close and the high of day 0, and what the close is made of: market,
   * sector and the share's own, with its interval.
   *
   * @param events rows of the window [0,0] with instrument_id, the raw dollars and their parts
   */
  public static Chart dollars(Sheet events) {
    List<Line> lines =
        events.lines().stream()
            .filter(Charts::isDayZero)
            .filter(line -> Double.isFinite(line.number("raw_close_usd")))
            .sorted(
                Comparator.comparingDouble((Line line) -> -Math.abs(line.number("raw_close_usd"))))
            .limit(DRAWN_WITH_DOLLARS)
            .toList();
    List<String> names = new ArrayList<>();
    List<Object> bars = new ArrayList<>();
    List<Object> intervals = new ArrayList<>();
    List<Object> ends = new ArrayList<>();
    for (Line line : lines) {
      String instrument = line.text("instrument_id");
      bar(names, bars, instrument + ", close", line.number("raw_close_usd"), "$raw");
      bar(names, bars, instrument + ", day's high", line.number("raw_high_usd"), "$raw");
      bar(names, bars, "of the close: market", line.number("market_usd"), "$faint");
      if (!line.text("sector_benchmark").isEmpty()) {
        bar(
            names,
            bars,
            "sector (" + line.text("sector_benchmark") + ")",
            line.number("sector_usd"),
            "$faint");
      }
      double own = line.number("own_usd");
      if (Double.isFinite(own)) {
        // The figure beside the name: at the bar the interval would cross it.
        names.add(instrument + "’s own, " + Parts.signedBillions(own));
        bars.add(new Point(billions(own), fill(NET), null));
        double low = line.number("abnormal_usd_low");
        if (Double.isFinite(low)) {
          double high = line.number("abnormal_usd_high");
          int row = names.size() - 1;
          intervals.add(Parts.interval(billions(low), billions(high), row));
          ends.add(List.of(billions(low), row));
          ends.add(List.of(billions(high), row));
        }
      }
    }
    String says =
        "Change of market value on day 0, billions of USD, at the close and the day's high, and what"
            + " the close is made of: market, sector and the share's own with its interval.";
    Series drawn =
        Series.of("bar", "change of value, billion USD", bars)
            .barMaxWidth(14)
            .lines(Parts.intervals(intervals, Parts.line(INK, 1.5, "solid")))
            .at(3);
    return new Chart(
        says,
        60 + ROW * names.size(),
        option(
            List.of(Parts.grid(8, 64, 8, 44)),
            List.of(Parts.values("billion USD", null, 0).fromZero()),
            List.of(Parts.categories(names, 0, null).downwards()),
            List.of(drawn, unseen(ends), zeroLine(new AtX(0))),
            null,
            says));
  }

  private static void bar(
      List<String> names, List<Object> bars, String name, double usd, String color) {
    if (Double.isFinite(usd)) {
      names.add(name);
      bars.add(
          new Point(
              billions(usd),
              fill(color),
              new Label(
                  true,
                  usd < 0 ? "insideLeft" : "right",
                  Parts.signedBillions(usd),
                  usd < 0 ? "$onbar" : INK,
                  12,
                  null,
                  null)));
    }
  }

  private static boolean isDayZero(Line line) {
    return line.number("window_start") == 0 && line.number("window_end") == 0;
  }

  /**
   * Cumulative abnormal returns of one deal's instruments; the first one's with a band, over its
   * paths of other days.
   *
   * @param path rows with event_id, instrument_id, relative_day, car and car_sd, in the order of
   *     event and day
   * @param placebo rows with begins, relative_day and car, in their order; none draws none
   */
  public static Chart path(Sheet path, Sheet placebo) {
    Map<String, List<Line>> events = grouped(path, "instrument_id");
    List<String> days = days(path);
    List<Series> series = new ArrayList<>();
    for (Map.Entry<String, List<Line>> event : events.entrySet()) {
      if (series.size() > DRAWN) {
        break;
      }
      List<Line> lines = event.getValue();
      boolean isFirst = series.isEmpty();
      if (isFirst) {
        series.addAll(
            band(
                event.getKey() + " ± band",
                lines,
                line -> line.number("car") - BAND * line.number("car_sd"),
                line -> line.number("car") + BAND * line.number("car_sd"),
                SERIES.get(0)));
      }
      String color = SERIES.get(isFirst ? 0 : series.size() - 2);
      series.add(
          Parts.path(
              event.getKey(),
              values(lines, line -> percent(line.number("car"))),
              color,
              isFirst ? 2.5 : 1.5,
              new Label(true, null, "{a}", color, 12, null, null)));
    }
    Map<String, List<Line>> others = grouped(placebo, "begins");
    for (List<Line> other : others.values()) {
      List<Line> drawn =
          other.stream().filter(line -> days.contains(line.text("relative_day"))).toList();
      series.add(
          Series.of("line", "other days", values(drawn, line -> percent(line.number("car"))))
              .silent()
              .symbol("none", null)
              .items(fill("$faint"))
              .line(new Option.Style("$faint", 1.0, "solid", 0.45, null))
              .at(0));
    }
    series.add(zeroLine(new AtY(0)));
    series.add(dayZero());
    String says =
        "Cumulative abnormal return in percent by trading day around day 0, for "
            + String.join(", ", events.keySet().stream().limit(DRAWN).toList())
            + "; the first with its band"
            + (others.isEmpty()
                ? "."
                : ", and in grey its paths over " + others.size() + " earlier stretches.");
    return new Chart(says, 320, byDay(days, "trading days from day 0", series, null, says));
  }

  /**
   * Average cumulative abnormal return of a group of events with its interval.
   *
   * @param paths rows of one group and model with relative_day, caar, caar_low and caar_high
   */
  public static Chart caar(Sheet paths) {
    List<Line> lines = paths.lines();
    List<Series> series = new ArrayList<>();
    series.addAll(
        band(
            "interval",
            lines,
            line -> line.number("caar_low"),
            line -> line.number("caar_high"),
            SERIES.get(0)));
    series.add(
        Parts.path(
            "CAAR", values(lines, line -> percent(line.number("caar"))), SERIES.get(0), 2.5, null));
    series.add(zeroLine(new AtY(0)));
    series.add(dayZero());
    String says =
        "Average cumulative abnormal return in percent by trading day around day 0 with its"
            + " interval.";
    return new Chart(says, 300, byDay(days(paths), "trading days from day 0", series, null, says));
  }

  private static Series dayZero() {
    return Parts.points(
        "day 0",
        List.of(),
        1,
        new MarkLine(
            true,
            "none",
            null,
            Parts.line(MUTED, 1, "dashed"),
            new Label(true, "end", "day 0", MUTED, 11, null, null),
            List.of(Collections.singletonMap("xAxis", "0"))));
  }

  private static List<String> days(Sheet path) {
    return path.lines().stream()
        .map(line -> line.text("relative_day"))
        .distinct()
        .sorted(Comparator.comparingInt(Integer::parseInt))
        .toList();
  }

  private static List<Series> band(
      String name,
      List<Line> lines,
      ToDoubleFunction<Line> low,
      ToDoubleFunction<Line> high,
      String color) {
    return Parts.band(
        name,
        values(lines, line -> percent(low.applyAsDouble(line))),
        values(lines, line -> percent(high.applyAsDouble(line) - low.applyAsDouble(line))),
        color);
  }

  /** A value of a line; null where there is none. */
  private interface Value {
    Double of(Line line);
  }

  private static List<Object> values(List<Line> lines, Value value) {
    List<Object> values = new ArrayList<>();
    lines.forEach(line -> values.add(value.of(line)));
    return values;
  }

  private static Option byDay(
      List<String> days, String name, List<Series> series, Legend legend, String says) {
    Axis named = Axis.categories(days, 0, Parts.label(null, MUTED)).titled(name);
    return option(
        List.of(Parts.grid(8, 60, 28, 44)),
        List.of(named),
        List.of(Parts.values(null, "{value} %", 0)),
        series,
        legend,
        says);
  }

  /**
   * A specification curve: the answer under every choice, sorted, and below it which choice it was.
   *
   * @param choices rows of one subject and window with benchmark, model, test, car, p_value and
   *     is_baseline
   * @param significance p below which a figure counts as more than noise
   */
  public static Chart specification(Sheet choices, double significance) {
    List<Line> lines =
        choices.lines().stream()
            .filter(line -> Double.isFinite(line.number("car")))
            .sorted(
                Comparator.comparingDouble((Line line) -> line.number("car"))
                    .thenComparing(line -> line.number("p_value")))
            .toList();
    Set<String> names = new LinkedHashSet<>();
    for (String choice : List.of("benchmark", "model", "test")) {
      lines.stream().map(line -> line.text(choice)).sorted().forEach(names::add);
    }
    List<String> rows = List.copyOf(names);
    List<String> order = new ArrayList<>();
    List<Object> answers = new ArrayList<>();
    List<Object> quietAnswers = new ArrayList<>();
    List<Object> marks = new ArrayList<>();
    List<Object> quietMarks = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      Line line = lines.get(i);
      order.add(String.valueOf(i + 1));
      boolean isLoud = line.number("p_value") < significance;
      List<Object> answer = List.of(i, percent(line.number("car")));
      String color = isLoud ? NET : "$faint";
      (isLoud ? answers : quietAnswers)
          .add(
              line.isTrue("is_baseline")
                  ? new Point(answer, new Option.Style(color, 2.0, null, null, INK), null)
                  : answer);
      for (String choice : List.of("benchmark", "model", "test")) {
        (isLoud ? marks : quietMarks).add(List.of(i, rows.indexOf(line.text(choice))));
      }
    }
    Series quiet =
        Series.of("scatter", "abnormal return, no more than chance", quietAnswers)
            .symbol("circle", 9)
            .items(fill("$faint"))
            .at(3);
    int matrix = 20 * rows.size();
    String says =
        "Specification curve: the abnormal return under "
            + lines.size()
            + " choices of benchmark, model and test, smallest to largest.";
    return new Chart(
        says,
        200 + matrix,
        option(
            List.of(new Grid(130, 24, 16, null, 140), new Grid(130, 24, 172, null, matrix)),
            List.of(Parts.bare(order, 0), Parts.bare(order, 1)),
            List.of(Parts.values(null, "{value} %", 0), Parts.categories(rows, 1, 120).downwards()),
            List.of(
                Parts.points("abnormal return", answers, 9, null),
                quiet,
                below(marks, NET),
                below(quietMarks, "$faint"),
                zeroLine(new AtY(0))),
            null,
            says));
  }

  private static Series below(List<Object> marks, String color) {
    return Series.of("scatter", "choice", marks)
        .axes(1)
        .silent()
        .symbol("rect", List.of(7, 9))
        .items(fill(color))
        .at(2);
  }

  /**
   * Power online by quarter with the range of what was promised, a line for each status: statuses
   * are never added.
   *
   * @param quarters rows of one cell with commitment_status, quarter and power_online_gw_low, _mid
   *     and _high
   */
  public static Chart capacity(Sheet quarters) {
    Map<String, List<Line>> statuses = grouped(quarters, "commitment_status");
    List<String> names =
        quarters.lines().stream().map(line -> line.text("quarter")).distinct().sorted().toList();
    List<Series> series = new ArrayList<>();
    int drawn = 0;
    for (Map.Entry<String, List<Line>> status : statuses.entrySet()) {
      List<Line> lines = status.getValue();
      String color = SERIES.get(drawn % SERIES.size());
      series.addAll(
          Parts.band(
              status.getKey() + ", range",
              values(lines, line -> gigawatts(line.number("power_online_gw_low"))),
              values(
                  lines,
                  line ->
                      gigawatts(
                          line.number("power_online_gw_high")
                              - line.number("power_online_gw_low"))),
              color));
      series.add(gigawatts(status.getKey(), lines, "power_online_gw_mid", color));
      drawn++;
    }
    String says =
        "Power online at the end of each quarter by the ramps of what was promised, GW, with its"
            + " range, for each status: "
            + String.join(", ", statuses.keySet())
            + ".";
    return inGigawatts(names, series, 340, says);
  }

  /** The firmest status that has commitments; empty if there are none. */
  static String firmest(Sheet quarters) {
    return quarters.isEmpty() ? "" : quarters.lines().get(0).text("commitment_status");
  }

  /**
   * Power of the firmest status by quarter: on schedule, expected with the range of its draws, and
   * built as far as it was seen.
   *
   * @param quarters rows as those of {@link #capacity}, the firmest status first, with expected_gw,
   *     forecast_gw_p05, forecast_gw_p95 and built_gw
   */
  public static Chart expected(Sheet quarters) {
    String status = firmest(quarters);
    List<Line> lines =
        quarters.lines().stream()
            .filter(line -> line.text("commitment_status").equals(status))
            .toList();
    List<Series> series =
        new ArrayList<>(
            Parts.band(
                "expected, 5 to 95 %",
                values(lines, line -> gigawatts(line.number("forecast_gw_p05"))),
                values(
                    lines,
                    line ->
                        gigawatts(line.number("forecast_gw_p95") - line.number("forecast_gw_p05"))),
                SERIES.get(1)));
    series.add(gigawatts("on schedule", lines, "power_online_gw_mid", SERIES.get(0)));
    series.add(gigawatts("expected", lines, "expected_gw", SERIES.get(1)));
    series.add(gigawatts("built", lines, "built_gw", SERIES.get(2)));
    String says =
        "Power of what is "
            + status
            + " at the end of each quarter, GW: on schedule, expected with its range, and built.";
    List<String> names = lines.stream().map(line -> line.text("quarter")).toList();
    return inGigawatts(names, series, 300, says);
  }

  /** Series by quarter, their axis in GW. */
  private static Chart inGigawatts(
      List<String> quarters, List<Series> series, int height, String says) {
    return new Chart(
        says,
        height,
        option(
            List.of(Parts.grid(8, 84, 16, 28)),
            byDay(quarters, null, series, null, says).xAxis(),
            List.of(Parts.values(null, "{value} GW", 0).fromZero()),
            series,
            null,
            says));
  }

  private static Series gigawatts(String name, List<Line> lines, String column, String color) {
    return Parts.path(
        name,
        values(lines, line -> gigawatts(line.number(column))),
        color,
        2.5,
        new Label(true, null, "{a}", color, 12, null, null));
  }

  private static Double gigawatts(double gw) {
    return Parts.rounded(gw, 3);
  }

  /**
   * How an organisation's commitments are shared out, before and after their newest change.
   *
   * @param shares rows of one organisation with moment, counterparty and share_mid
   */
  public static Chart shares(Sheet shares) {
    Map<String, Double> before = new LinkedHashMap<>();
    Map<String, Double> after = new LinkedHashMap<>();
    for (Line line : shares.lines()) {
      (line.text("moment").equals("after") ? after : before)
          .put(line.text("counterparty"), line.number("share_mid"));
    }
    Set<String> names = new LinkedHashSet<>(after.keySet());
    names.addAll(before.keySet());
    List<Series> series =
        List.of(share("before", names, before, "$raw"), share("after", names, after, NET));
    String says =
        "Share of the commitments with each provider in percent, before and after the newest"
            + " change.";
    return new Chart(
        says,
        88 + 38 * names.size(),
        option(
            List.of(Parts.grid(8, 56, 34, 28)),
            List.of(Parts.values(null, "{value} %", 0).fromZero()),
            List.of(Parts.categories(List.copyOf(names), 0, null).downwards()),
            series,
            new Legend(0, 0, new Label(null, null, null, INK, 12, null, null), null),
            says));
  }

  private static Series share(
      String name, Set<String> names, Map<String, Double> shares, String color) {
    List<Object> data = new ArrayList<>();
    for (String counterparty : names) {
      double share = shares.getOrDefault(counterparty, 0.0);
      data.add(
          new Point(
              Parts.rounded(100 * share, 1),
              null,
              new Label(
                  true,
                  "right",
                  String.format(Locale.ROOT, "%.1f %%", 100 * share),
                  INK,
                  12,
                  null,
                  null)));
    }
    return Series.of("bar", name, data).barMaxWidth(14).items(fill(color)).at(2);
  }

  private static Map<String, List<Line>> grouped(Sheet sheet, String column) {
    Map<String, List<Line>> groups = new LinkedHashMap<>();
    for (Line line : sheet.lines()) {
      groups.computeIfAbsent(line.text(column), name -> new ArrayList<>()).add(line);
    }
    return groups;
  }

  private static Option option(
      List<Grid> grid,
      List<Axis> xAxis,
      List<Axis> yAxis,
      List<Series> series,
      Legend legend,
      String says) {
    return new Option(grid, xAxis, yAxis, series, legend, Parts.tooltip(), Parts.aria(says), false);
  }
}
