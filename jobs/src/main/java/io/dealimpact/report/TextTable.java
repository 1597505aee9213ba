package io.dealimpact.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Rows of text in aligned columns; a column that holds only numbers is aligned to the right. */
public final class TextTable {
  /** A column of texts is not broken into lines shorter than this. */
  private static final int SHORTEST_LINE = 30;

  private static final Pattern NUMBER = Pattern.compile("[+−-]?[\\d,.]+(E-?\\d+)?( %)?");

  private static final String GAP = "  ";

  /** The line above a record goes on for this many characters behind the names. */
  private static final int RULE = 20;

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
    return print(widths());
  }

  /**
   * The table as it fits a screen: whole, else with the widest column of texts broken into lines,
   * else one record below the other. Nothing is cut off.
   *
   * @param width of the screen, in characters
   */
  public String print(int width) {
    int[] widths = widths();
    int excess = Arrays.stream(widths).sum() + GAP.length() * (widths.length - 1) - width;
    if (excess <= 0) {
      return print(widths);
    }
    return widestText(widths)
        .filter(
            widest ->
                widths[widest] - excess >= Math.max(SHORTEST_LINE, header.get(widest).length()))
        .map(
            widest -> {
              widths[widest] -= excess;
              return print(widths);
            })
        .orElseGet(this::printRecords);
  }

  /** Each row as lines of a column's name and its value. */
  private String printRecords() {
    int names = header.stream().mapToInt(String::length).max().orElse(0);
    StringBuilder text = new StringBuilder();
    for (int r = 0; r < rows.size(); r++) {
      String title = "─ row " + (r + 1) + " ";
      text.append(title)
          .append("─".repeat(Math.max(0, names + RULE - title.length())))
          .append('\n');
      for (int c = 0; c < header.size(); c++) {
        String name = header.get(c);
        String line = name + " ".repeat(names - name.length()) + GAP + rows.get(r).get(c);
        text.append(line.stripTrailing()).append('\n');
      }
    }
    return rows.isEmpty() ? print() : text.toString();
  }

  private int[] widths() {
    int[] widths = new int[header.size()];
    for (int c = 0; c < widths.length; c++) {
      int column = c;
      widths[c] =
          Math.max(
              header.get(c).length(),
              rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0));
    }
    return widths;
  }

  private Optional<Integer> widestText(int[] widths) {
    return IntStream.range(0, widths.length)
        .filter(c -> !isNumeric(c))
        .boxed()
        .max(Comparator.comparingInt(c -> widths[c]));
  }

  private boolean isNumeric(int column) {
    return !rows.isEmpty()
        && rows.stream()
            .map(row -> row.get(column))
            .allMatch(cell -> cell.isEmpty() || NUMBER.matcher(cell).matches());
  }

  private String print(int[] widths) {
    boolean[] right = new boolean[widths.length];
    for (int c = 0; c < right.length; c++) {
      right[c] = isNumeric(c);
    }
    StringBuilder text = new StringBuilder();
    line(text, header, widths, right);
    line(text, Arrays.stream(widths).mapToObj("─"::repeat).toList(), widths, right);
    rows.forEach(row -> lines(text, row, widths, right));
    return text.toString();
  }

  /** A row, on as many lines as its longest cell takes. */
  private static void lines(StringBuilder text, List<String> row, int[] widths, boolean[] right) {
    List<List<String>> cells = new ArrayList<>();
    for (int c = 0; c < widths.length; c++) {
      cells.add(broken(row.get(c), widths[c]));
    }
    int lines = cells.stream().mapToInt(List::size).max().orElse(1);
    for (int l = 0; l < lines; l++) {
      int at = l;
      line(
          text,
          cells.stream().map(cell -> at < cell.size() ? cell.get(at) : "").toList(),
          widths,
          right);
    }
  }

  /** A text in lines of at most a width, broken at blanks, or within a word that is longer. */
  private static List<String> broken(String text, int width) {
    List<String> lines = new ArrayList<>();
    String left = text;
    while (left.length() > width) {
      int blank = left.lastIndexOf(' ', width);
      int end = blank > 0 ? blank : width;
      lines.add(left.substring(0, end));
      left = left.substring(blank > 0 ? end + 1 : end);
    }
    lines.add(left);
    return lines;
  }

  private static void line(StringBuilder text, List<String> cells, int[] widths, boolean[] right) {
    StringBuilder line = new StringBuilder();
    for (int c = 0; c < widths.length; c++) {
      String cell = cells.get(c);
      String padding = " ".repeat(widths[c] - cell.length());
      line.append(c == 0 ? "" : GAP).append(right[c] ? padding + cell : cell + padding);
    }
    text.append(line.toString().stripTrailing()).append('\n');
  }
}
