package io.dealimpact.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Rows of text in aligned columns; a column that holds only numbers is aligned to the right. */
public final class TextTable {
  private static final Pattern NUMBER = Pattern.compile("[+−-]?[\\d,.]+(E-?\\d+)?( %)?");

  private final List<String> header;
  private final List<List<String>> rows = new ArrayList<>();

  public TextTable(List<String> header) {
    this.header = List.copyOf(header);
  }

  /**
   * Adds a row.
   *
   * @throws IllegalArgumentException if it has not one cell for each column
   */
  public void add(List<String> row) {
    if (row.size() != header.size()) {
      throw new IllegalArgumentException(row.size() + " cells for " + header.size() + " columns");
    }
    rows.add(List.copyOf(row));
  }

  /** The table, a line for the header, a rule, a line for each row. */
  public String print() {
    int[] widths = new int[header.size()];
    boolean[] right = new boolean[header.size()];
    Arrays.fill(right, !rows.isEmpty());
    for (int c = 0; c < widths.length; c++) {
      widths[c] = header.get(c).length();
      for (List<String> row : rows) {
        String cell = row.get(c);
        widths[c] = Math.max(widths[c], cell.length());
        right[c] &= cell.isEmpty() || NUMBER.matcher(cell).matches();
      }
    }
    StringBuilder text = new StringBuilder();
    line(text, header, widths, right);
    line(text, Arrays.stream(widths).mapToObj("─"::repeat).toList(), widths, right);
    rows.forEach(row -> line(text, row, widths, right));
    return text.toString();
  }

  private static void line(StringBuilder text, List<String> cells, int[] widths, boolean[] right) {
    StringBuilder line = new StringBuilder();
    for (int c = 0; c < widths.length; c++) {
      String cell = cells.get(c);
      String padding = " ".repeat(widths[c] - cell.length());
      line.append(c == 0 ? "" : "  ").append(right[c] ? padding + cell : cell + padding);
    }
    text.append(line.toString().stripTrailing()).append('\n');
  }
}
