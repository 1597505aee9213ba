package io.dealimpact.source.vendor;

import io.dealimpact.source.text.CsvCells;
import io.dealimpact.source.text.Lines;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a delimited file writes numbers and days, where its first rows leave no doubt: a decimal
 * comma, and days as month/day/year or day.month.year. Such cells are brought to {@code 12.5} and
 * {@code 2025-11-03}. Where in doubt a cell stays as it is, and the checks refuse it.
 */
record Dialect(char delimiter, boolean hasDecimalComma, DayOrder days) {
  private static final Pattern DAY = Pattern.compile("(\\d{1,2})[/.](\\d{1,2})[/.](\\d{4})");
  private static final Pattern POINT = Pattern.compile("[-+]?\\d+\\.\\d+");
  private static final Pattern COMMA = Pattern.compile("[-+]?\\d+,(\\d{1,2}|\\d{4,})");
  private static final Pattern WITH_COMMA = Pattern.compile("[-+]?\\d+,\\d+([eE][-+]?\\d+)?");
  private static final Pattern DOLLARS = Pattern.compile("\\$\\d+(\\.\\d+)?");

  private enum DayOrder {
    MONTH_FIRST,
    DAY_FIRST,
    UNKNOWN
  }

  /** A file of which nothing but its delimiter is known. */
  static Dialect plain(char delimiter) {
    return new Dialect(delimiter, false, DayOrder.UNKNOWN);
  }

  /** The dialect of a file's first rows. */
  static Dialect of(char delimiter, List<Lines.Line> rows) {
    boolean hasPoint = false;
    boolean hasComma = false;
    int largestFirst = 0;
    int largestSecond = 0;
    List<String> cells = new ArrayList<>();
    for (Lines.Line row : rows) {
      CsvCells.split(row.text(), delimiter, cells);
      for (String cell : cells) {
        hasPoint |= POINT.matcher(cell).matches();
        hasComma |= COMMA.matcher(cell).matches();
        Matcher day = DAY.matcher(cell);
        if (day.matches()) {
          largestFirst = Math.max(largestFirst, Integer.parseInt(day.group(1)));
          largestSecond = Math.max(largestSecond, Integer.parseInt(day.group(2)));
        }
      }
    }
    boolean isDayFirst = largestFirst > 12 && largestSecond <= 12;
    boolean isMonthFirst = largestSecond > 12 && largestFirst <= 12;
    return new Dialect(
        delimiter,
        delimiter != ',' && hasComma && !hasPoint,
        isDayFirst ? DayOrder.DAY_FIRST : isMonthFirst ? DayOrder.MONTH_FIRST : DayOrder.UNKNOWN);
  }

  /** Brings a row's cells to the plain way of writing. */
  void normalise(List<String> cells) {
    cells.replaceAll(this::plain);
  }

  private String plain(String cell) {
    if (hasDecimalComma && WITH_COMMA.matcher(cell).matches()) {
      return cell.replace(',', '.');
    }
    if (DOLLARS.matcher(cell).matches()) {
      return cell.substring(1);
    }
    Matcher day = DAY.matcher(cell);
    if (days != DayOrder.UNKNOWN && day.matches()) {
      String first = two(day.group(1));
      String second = two(day.group(2));
      return day.group(3)
          + (days == DayOrder.DAY_FIRST ? "-" + second + "-" + first : "-" + first + "-" + second);
    }
    return cell;
  }

  private static String two(String digits) {
    return digits.length() == 1 ? "0" + digits : digits;
  }
}
