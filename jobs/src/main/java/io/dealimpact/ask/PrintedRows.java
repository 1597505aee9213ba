package io.dealimpact.ask;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.translate;

import io.dealimpact.codec.RowsAsText;
import io.dealimpact.report.TextTable;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * How rows are printed: instants in UTC, arrays, maps and structs as JSON. Doubles have full
 * precision for programs, and {@value #DIGITS} significant digits in tables, which people read.
 */
final class PrintedRows {
  private static final int TABLE_ROWS = 10_000;

  /** Significant digits of a double in a table. */
  private static final int DIGITS = 6;

  /** A double of as many digits before or after the point is printed with a power of ten. */
  private static final int LONGEST = 15;

  /** Instants of CSV and JSON in ISO 8601. */
  private static final Map<String, String> JSON_OPTIONS =
      Map.of("ignoreNullFields", "false", "timestampFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSSSSXXX");

  private static final DecimalFormatSymbols SYMBOLS = DecimalFormatSymbols.getInstance(Locale.ROOT);

  private PrintedRows() {}

  /** Prints rows; a table is as wide as its cells. */
  static void print(Dataset<Row> rows, ReadCommands.Format format, PrintStream out) {
    print(rows, format, OptionalInt.empty(), out);
  }

  /**
   * Prints rows.
   *
   * @param width of the screen that a table has to fit, in characters; empty if there is none
   */
  static void print(
      Dataset<Row> rows, ReadCommands.Format format, OptionalInt width, PrintStream out) {
    switch (format) {
      case TABLE -> printTable(rows, width, out);
      case CSV -> printCsv(rows, UnaryOperator.identity(), out);
      case SPREADSHEET -> printCsv(rows, PrintedRows::defused, out);
      case JSON -> printJson(rows, out);
    }
  }

  private static void printTable(Dataset<Row> rows, OptionalInt width, PrintStream out) {
    boolean[] isDouble = columnsOf(rows, DoubleType.class);
    TextTable table = new TextTable(List.of(rows.columns()));
    List<String[]> cells =
        RowsAsText.asText(
            text(rows, (column, type) -> column.cast(DataTypes.StringType)), TABLE_ROWS + 1);
    for (String[] row : cells.subList(0, Math.min(cells.size(), TABLE_ROWS))) {
      for (int i = 0; i < row.length; i++) {
        row[i] = isDouble[i] ? rounded(row[i]) : onOneLine(row[i]);
      }
      table.add(List.of(row));
    }
    out.print(width.isPresent() ? table.print(width.getAsInt()) : table.print());
    if (cells.size() > TABLE_ROWS) {
      out.println("… only the first " + TABLE_ROWS + " rows; --format csv prints them all");
    }
  }

  /**
   * A double for reading: rounded half to even to {@value #DIGITS} significant digits, without the
   * zeros behind them.
   *
   * @param printed as Spark prints it; empty for NULL
   */
  static String rounded(String printed) {
    if (printed.isEmpty() || printed.equals("NaN") || printed.endsWith("Infinity")) {
      return printed;
    }
    BigDecimal value =
        new BigDecimal(printed)
            .round(new MathContext(DIGITS, RoundingMode.HALF_EVEN))
            .stripTrailingZeros();
    boolean isShort = Math.max(value.precision() - value.scale(), value.scale()) <= LONGEST;
    return isShort ? value.toPlainString() : new DecimalFormat("0.#####E0", SYMBOLS).format(value);
  }

  private static boolean[] columnsOf(Dataset<Row> rows, Class<? extends DataType> type) {
    StructField[] fields = rows.schema().fields();
    boolean[] are = new boolean[fields.length];
    for (int i = 0; i < fields.length; i++) {
      are[i] = type.isInstance(fields[i].dataType());
    }
    return are;
  }

  private static String onOneLine(String cell) {
    return cell.replace("\r", "\\r").replace("\n", "\\n").replace("\t", "\\t");
  }

  private static void printCsv(Dataset<Row> rows, UnaryOperator<String> texts, PrintStream out) {
    boolean[] isText = columnsOf(rows, StringType.class);
    Iterator<String[]> lines = RowsAsText.stream(text(rows, PrintedRows::iso));
    // Whether there is a first row is known only when the query runs, and it may fail.
    boolean more = lines.hasNext();
    out.println(csv(Arrays.stream(rows.columns()).map(texts).toArray(String[]::new)));
    while (more) {
      String[] cells = lines.next();
      for (int i = 0; i < cells.length; i++) {
        cells[i] = isText[i] && cells[i] != null ? texts.apply(cells[i]) : cells[i];
      }
      out.println(csv(cells));
      more = lines.hasNext();
    }
  }

  /** A text that a spreadsheet program would run as a formula, with an apostrophe before it. */
  private static String defused(String text) {
    return !text.isEmpty() && "=+-@\t\r\n".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
  }

  /** As RFC 4180 has it; NULL is nothing, an empty text is a pair of quotes. */
  private static String csv(String[] cells) {
    return Arrays.stream(cells).map(PrintedRows::csv).collect(Collectors.joining(","));
  }

  private static String csv(String cell) {
    if (cell == null) {
      return "";
    }
    boolean plain = !cell.isEmpty() && cell.chars().noneMatch(c -> ",\"\r\n".indexOf(c) >= 0);
    return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }

  private static void printJson(Dataset<Row> rows, PrintStream out) {
    Dataset<Row> numbered = RowsAsText.numbered(rows);
    List<Column> fields = new ArrayList<>();
    for (int i = 0; i < rows.columns().length; i++) {
      fields.add(col("c" + i).as(rows.columns()[i]));
    }
    Iterator<String[]> lines =
        RowsAsText.stream(
            numbered.select(to_json(struct(fields.toArray(Column[]::new)), JSON_OPTIONS)));
    boolean more = lines.hasNext();
    out.println("[");
    while (more) {
      String line = lines.next()[0];
      more = lines.hasNext();
      out.println(line + (more ? "," : ""));
    }
    out.println("]");
  }

  /** How a column that is neither nested nor text becomes text. */
  private interface Printed {
    Column of(Column column, DataType type);
  }

  private static Column iso(Column column, DataType type) {
    Column text = column.cast(DataTypes.StringType);
    return type.equals(DataTypes.TimestampType)
        ? concat(translate(text, " ", "T"), lit("Z"))
        : text;
  }

  private static Dataset<Row> text(Dataset<Row> rows, Printed printed) {
    StructField[] fields = rows.schema().fields();
    Column[] text = new Column[fields.length];
    for (int i = 0; i < fields.length; i++) {
      DataType type = fields[i].dataType();
      boolean nested =
          type instanceof ArrayType || type instanceof MapType || type instanceof StructType;
      Column column = col("c" + i);
      text[i] = nested ? to_json(column, JSON_OPTIONS) : printed.of(column, type);
    }
    return RowsAsText.numbered(rows).select(text);
  }
}
