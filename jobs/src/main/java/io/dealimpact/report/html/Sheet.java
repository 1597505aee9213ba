package io.dealimpact.report.html;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The rows that a query answered: what a chart, its table and its download are made of.
 *
 * @param sql the query, as a reader can run it
 * @param columns in the order of the cells
 * @param rows cells as text, doubles in full precision; NULL is the empty text
 */
public record Sheet(String sql, List<Column> columns, List<List<String>> rows) {

  /** What a column holds. */
  public enum Kind {
    TEXT,
    NUMBER
  }

  /** A column. */
  public record Column(String name, Kind kind) {}

  /** One row, its cells by the names of the columns. */
  public record Line(Sheet sheet, List<String> cells) {

    /** The cell as text; empty for NULL. */
    public String text(String column) {
      return cells.get(sheet.index(column));
    }

    /** The cell as a number; NaN for NULL. */
    public double number(String column) {
      String cell = text(column);
      return cell.isEmpty() ? Double.NaN : Double.parseDouble(cell);
    }

    boolean isTrue(String column) {
      return text(column).equals("true");
    }
  }

  public Sheet {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
  }

  /** The rows, their cells by name. */
  public List<Line> lines() {
    return rows.stream().map(cells -> new Line(this, cells)).toList();
  }

  /** The same rows, those with the first value of a column first; rows of no value are left out. */
  Sheet inOrder(String column, List<String> values) {
    int at = index(column);
    return new Sheet(
        sql,
        columns,
        values.stream()
            .flatMap(value -> rows.stream().filter(row -> row.get(at).equals(value)))
            .toList());
  }

  /**
   * The rows as the page holds them: by column; one cell alone for a column of equal cells; cells
   * that occur again and again as their list ({@code of}) and places in it ({@code at}), where that
   * is shorter; numbers with seven significant digits. The query is a list of places of its lines.
   *
   * @param lines of all queries of the page, each with its place; those of this query are added
   */
  Map<String, Object> packed(Map<String, Integer> lines) {
    Map<String, Object> packed = new LinkedHashMap<>();
    packed.put(
        "sql",
        sql.lines().map(line -> lines.computeIfAbsent(line, unknown -> lines.size())).toList());
    packed.put("names", columns.stream().map(Column::name).toList());
    packed.put(
        "numbers", columns.stream().map(column -> column.kind() == Kind.NUMBER ? 1 : 0).toList());
    packed.put("count", rows.size());
    List<Object> cells = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      int at = i;
      boolean isNumber = columns.get(i).kind() == Kind.NUMBER;
      List<Object> column = new ArrayList<>();
      rows.forEach(row -> column.add(isNumber ? shortened(row.get(at)) : row.get(at)));
      cells.add(column(column));
    }
    packed.put("cells", cells);
    return packed;
  }

  private static Object column(List<Object> cells) {
    List<Object> different = List.copyOf(new LinkedHashSet<>(cells));
    if (different.size() == 1) {
      return different.get(0);
    }
    Map<Object, Integer> places = new HashMap<>();
    different.forEach(cell -> places.put(cell, places.size()));
    List<Object> at = cells.stream().<Object>map(places::get).toList();
    return length(different) + length(at) < length(cells)
        ? new TreeMap<>(Map.of("of", different, "at", at))
        : cells;
  }

  private static int length(List<Object> cells) {
    return cells.stream().mapToInt(cell -> cell.toString().length() + 1).sum();
  }

  /** Seven significant digits; a whole number as it is; the empty text for none. */
  private static Object shortened(String cell) {
    if (cell.isEmpty()) {
      return "";
    }
    double value = Double.parseDouble(cell);
    if (!Double.isFinite(value)) {
      return cell;
    }
    BigDecimal rounded = new BigDecimal(cell).round(new MathContext(7)).stripTrailingZeros();
    return rounded.signum() == 0 ? (Object) 0 : rounded;
  }

  @JsonIgnore
  public boolean isEmpty() {
    return rows.isEmpty();
  }

  private int index(String column) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(column)) {
        return i;
      }
    }
    throw new IllegalArgumentException("no column " + column + " in " + columns);
  }
}
