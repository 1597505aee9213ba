package io.dealimpact.report.html;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;

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
