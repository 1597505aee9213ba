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
      SplitLine splitLine) {

    /** Categories, without a line and marks. */
    static Axis categories(List<String> names, int gridIndex, Label label) {
      return new Axis(
          "category",
          null,
          null,
          null,
          gridIndex,
          names,
          null,
          null,
          new Show(false),
          new Show(false),
          label,
          new SplitLine(false, null));
    }

    /** Numbers; the axis need not begin at zero. */
    static Axis numbers(int gridIndex, Label label, SplitLine lines) {
      return new Axis(
          "value",
          null,
          null,
          null,
          gridIndex,
          null,
          null,
          true,
          new Show(false),
          new Show(false),
          label,
          lines);
    }

    /** This axis with a title in its middle; without one where {@code title} is null. */
    Axis titled(String title) {
      return new Axis(
          type,
          title,
          title == null ? null : "middle",
          title == null ? null : 28,
          gridIndex,
          data,
          inverse,
          scale,
          axisLine,
          axisTick,
          axisLabel,
          splitLine);
    }

    /** This axis with zero on it: the length of a bar is its figure. */
    Axis fromZero() {
      return new Axis(
          type,
          name,
          nameLocation,
          nameGap,
          gridIndex,
          data,
          inverse,
          false,
          axisLine,
          axisTick,
          axisLabel,
          splitLine);
    }

    /** This axis from top to bottom. */
    Axis downwards() {
      return new Axis(
          type,
          name,
          nameLocation,
          nameGap,
          gridIndex,
          data,
          true,
          scale,
          axisLine,
          axisTick,
          axisLabel,
          splitLine);
    }
  }

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
      Style itemStyle,
      Style lineStyle,
      Style areaStyle,
      Label endLabel,
      MarkLine markLine,
      Integer z) {

    /** A series on the first pair of axes that has nothing else yet. */
    static Builder of(String type, String name, List<Object> data) {
      return new Builder(type, name, data);
    }

    /** Collects what a series has; the rest stays out of the options. */
    static final class Builder {
      private final String type;
      private final String name;
      private final List<Object> data;
      private int axes;
      private String stack;
      private Boolean silent;
      private String symbol;
      private Object symbolSize;
      private Integer barMaxWidth;
      private Style itemStyle;
      private Style lineStyle;
      private Style areaStyle;
      private Label endLabel;
      private MarkLine markLine;

      private Builder(String type, String name, List<Object> data) {
        this.type = type;
        this.name = name;
        this.data = data;
      }

      Builder axes(int index) {
        axes = index;
        return this;
      }

      /** Stacked on what has the same name, whatever its sign. */
      Builder stack(String ofName) {
        stack = ofName;
        return this;
      }

      Builder silent() {
        silent = true;
        return this;
      }

      Builder symbol(String shape, Object size) {
        symbol = shape;
        symbolSize = size;
        return this;
      }

      Builder barMaxWidth(int pixels) {
        barMaxWidth = pixels;
        return this;
      }

      Builder items(Style style) {
        itemStyle = style;
        return this;
      }

      Builder line(Style style) {
        lineStyle = style;
        return this;
      }

      Builder area(Style style) {
        areaStyle = style;
        return this;
      }

      Builder endLabel(Label shown) {
        endLabel = shown;
        return this;
      }

      Builder lines(MarkLine over) {
        markLine = over;
        return this;
      }

      /**
       * The series.
       *
       * @param z what is above what
       */
      Series at(int z) {
        return new Series(
            type,
            name,
            data,
            axes,
            axes,
            stack,
            stack == null ? null : "all",
            silent,
            symbol,
            symbolSize,
            barMaxWidth,
            itemStyle,
            lineStyle,
            areaStyle,
            endLabel,
            markLine,
            z);
      }
    }
  }

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
