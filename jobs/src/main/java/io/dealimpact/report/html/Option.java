package io.dealimpact.report.html;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.List;

/**
 * What ECharts is given: the part of its options that our charts use, under its own names. A colour
 * that begins with {@code $} is the page's: {@code $gain} is the CSS variable {@code --gain}, so
 * that a chart follows light and dark.
 */
@JsonInclude(Include.NON_NULL)
record Option(
    List<Grid> grid,
    List<Axis> xAxis,
    List<Axis> yAxis,
    List<Series> series,
    Legend legend,
    Tooltip tooltip,
    Aria aria,
    Boolean animation) {

  /** Where a chart's axes lie. */
  @JsonInclude(Include.NON_NULL)
  record Grid(Object left, Object right, Object top, Object bottom, Object height) {}

  @JsonInclude(Include.NON_NULL)
  record Axis(
      String type,
      String name,
      String nameLocation,
      Integer nameGap,
      Integer gridIndex,
      List<String> data,
      Boolean inverse,
      Boolean scale,
      Show axisLine,
      Show axisTick,
      Label axisLabel,
      SplitLine splitLine) {}

  record Show(boolean show) {}

  @JsonInclude(Include.NON_NULL)
  record SplitLine(boolean show, Style lineStyle) {}

  @JsonInclude(Include.NON_NULL)
  record Label(
      Boolean show,
      String position,
      String formatter,
      String color,
      Integer fontSize,
      Integer width,
      String overflow) {}

  @JsonInclude(Include.NON_NULL)
  record Style(String color, Double width, String type, Double opacity, String borderColor) {}

  @JsonInclude(Include.NON_NULL)
  record Series(
      String type,
      String name,
      List<Object> data,
      Integer xAxisIndex,
      Integer yAxisIndex,
      String stack,
      String stackStrategy,
      Boolean silent,
      String symbol,
      Object symbolSize,
      Integer barMaxWidth,
      String step,
      Style itemStyle,
      Style lineStyle,
      Style areaStyle,
      Label label,
      Label endLabel,
      MarkLine markLine,
      Integer z) {}

  /** Straight lines over a series; how intervals are drawn. */
  @JsonInclude(Include.NON_NULL)
  record MarkLine(
      boolean silent,
      Object symbol,
      Object symbolSize,
      Style lineStyle,
      Label label,
      List<Object> data) {}

  /** A point with a value of its own look. */
  @JsonInclude(Include.NON_NULL)
  record Point(Object value, Style itemStyle, Label label) {}

  record Coordinate(List<Object> coord) {}

  record AtX(double xAxis) {}

  record AtY(double yAxis) {}

  @JsonInclude(Include.NON_NULL)
  record Legend(Object top, Object left, Label textStyle, List<String> data) {}

  /** Drawn as text, never as HTML. */
  record Tooltip(String trigger, String renderMode, boolean confine) {}

  /** What a screen reader says of the chart. */
  record Aria(boolean enabled, Description label) {}

  record Description(boolean enabled, String description) {}
}
