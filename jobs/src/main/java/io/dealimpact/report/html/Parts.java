package io.dealimpact.report.html;

import io.dealimpact.report.html.Option.Aria;
import io.dealimpact.report.html.Option.Axis;
import io.dealimpact.report.html.Option.Coordinate;
import io.dealimpact.report.html.Option.Description;
import io.dealimpact.report.html.Option.Grid;
import io.dealimpact.report.html.Option.Label;
import io.dealimpact.report.html.Option.MarkLine;
import io.dealimpact.report.html.Option.Series;
import io.dealimpact.report.html.Option.SplitLine;
import io.dealimpact.report.html.Option.Style;
import io.dealimpact.report.html.Option.Tooltip;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the charts have in common: axes, bands, intervals, in one look. */
final class Parts {
  static final String INK = "$ink";
  static final String MUTED = "$muted";
  static final String GAIN = "$gain";
  static final String LOSS = "$loss";
  static final String NET = "$net";
  static final String TRANSPARENT = "transparent";

  /** Colours that are told apart without red and green. */
  static final List<String> SERIES = List.of("$c1", "$c2", "$c3", "$c4", "$c5");

  private static final SplitLine GRID_LINES = new SplitLine(true, line("$grid", 1, "solid"));

  private Parts() {}

  static Axis values(String name, String format, int gridIndex) {
    return Axis.numbers(gridIndex, label(format, MUTED), GRID_LINES).titled(name);
  }

  static Axis categories(List<String> names, int gridIndex, Integer width) {
    String overflow = width == null ? null : "truncate";
    return Axis.categories(names, gridIndex, new Label(null, null, null, INK, 12, width, overflow));
  }

  /** An axis along which nothing is written. */
  static Axis bare(List<String> names, int gridIndex) {
    return Axis.categories(names, gridIndex, new Label(false, null, null, null, null, null, null));
  }

  static Label label(String format, String color) {
    return new Label(true, null, format, color, 12, null, null);
  }

  static Style fill(String color) {
    return new Style(color, null, null, null, null);
  }

  static Style line(String color, double width, String type) {
    return new Style(color, width, type, null, null);
  }

  static Grid grid(Object left, Object right, Object top, Object bottom) {
    return new Grid(left, right, top, bottom, null);
  }

  static Series points(String name, List<Object> data, Object size, MarkLine intervals) {
    return Series.of("scatter", name, data)
        .symbol("circle", size)
        .items(fill(NET))
        .lines(intervals)
        .at(3);
  }

  static Series path(String name, List<Object> data, String color, double width, Label end) {
    return Series.of("line", name, data)
        .symbol("circle", 5)
        .items(fill(color))
        .line(line(color, width, "solid"))
        .endLabel(end)
        .at(3);
  }

  /** The area between two lines: the lower one unseen, and the distance stacked on it. */
  static List<Series> band(String name, List<Object> low, List<Object> span, String color) {
    return List.of(
        area(name, low, fill(TRANSPARENT)),
        area(name, span, new Style(color, null, null, 0.18, null)));
  }

  private static Series area(String name, List<Object> data, Style area) {
    return Series.of("line", name, data)
        .stack("band " + name)
        .silent()
        .symbol("none", null)
        .items(fill(TRANSPARENT))
        .line(new Style(TRANSPARENT, 0.0, null, null, null))
        .area(area)
        .at(1);
  }

  /** Intervals as lines with a bar at each end, along x at the heights of categories. */
  static MarkLine intervals(List<Object> pairs, Style style) {
    return new MarkLine(
        true,
        List.of("rect", "rect"),
        // A mark is turned with its line: its height is along it.
        List.of(10, 2),
        style,
        new Label(false, null, null, null, null, null, null),
        pairs);
  }

  static Object interval(double low, double high, Object at) {
    return List.of(new Coordinate(List.of(low, at)), new Coordinate(List.of(high, at)));
  }

  static MarkLine zero(Object at) {
    return new MarkLine(
        true,
        "none",
        null,
        line(MUTED, 1, "solid"),
        new Label(false, null, null, null, null, null, null),
        List.of(at));
  }

  static Tooltip tooltip() {
    return new Tooltip("item", "richText", true);
  }

  static Aria aria(String description) {
    return new Aria(true, new Description(true, description));
  }

  /** With a fixed number of decimals; null for NaN, which ECharts leaves out. */
  static Double rounded(double value, int decimals) {
    if (!Double.isFinite(value)) {
      return null;
    }
    double scale = Math.pow(10, decimals);
    double shown = Math.rint(value * scale) / scale;
    return shown == 0 ? 0.0 : shown;
  }

  static Double billions(double usd) {
    return rounded(usd / 1e9, Math.abs(usd) < 1e9 ? 3 : 1);
  }

  static Double percent(double fraction) {
    return rounded(100 * fraction, 2);
  }

  static String signed(double value, int decimals) {
    return Double.isFinite(value)
        ? String.format(Locale.ROOT, "%+,." + decimals + "f", value).replace('-', '−')
        : "";
  }

  /** Billions with a sign; three decimals below one. */
  static String signedBillions(double usd) {
    return signed(usd / 1e9, Math.abs(usd) < 1e9 ? 3 : 1);
  }

  static List<Object> list(Iterable<? extends Object> values) {
    List<Object> list = new ArrayList<>();
    values.forEach(list::add);
    return list;
  }
}
