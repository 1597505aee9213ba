package io.dealimpact.notebook;

import io.dealimpact.codec.RowsAsText;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;

/** Rows as an HTML table that every notebook shows, numbers to the right. */
final class HtmlTable {
  private static final int SIGNIFICANT_DIGITS = 5;
  private static final int FEWEST_DIGITS = 2;
  private static final DecimalFormatSymbols SYMBOLS = DecimalFormatSymbols.getInstance(Locale.ROOT);

  private HtmlTable() {}

  /**
   * The first rows, and a line that says so if there are more.
   *
   * @param limit most rows to show
   */
  static String of(Dataset<Row> rows, int limit) {
    StructField[] fields = rows.schema().fields();
    StringBuilder html = new StringBuilder("<table>\n<thead><tr>");
    for (StructField field : fields) {
      cell(html, "th", title(field), field.dataType(), field.name());
    }
    html.append("</tr></thead>\n<tbody>\n");
    List<String[]> cells = RowsAsText.asText(rows, limit + 1);
    List<String[]> shown = cells.subList(0, Math.min(limit, cells.size()));
    for (int i = 0; i < fields.length; i++) {
      if (fields[i].dataType().equals(DataTypes.DoubleType)) {
        int column = i;
        List<String> texts = numbers(shown.stream().map(row -> row[column]).toList());
        for (int r = 0; r < shown.size(); r++) {
          shown.get(r)[column] = texts.get(r);
        }
      }
    }
    for (String[] row : shown) {
      html.append("<tr>");
      for (int i = 0; i < fields.length; i++) {
        cell(html, "td", "", fields[i].dataType(), row[i]);
      }
      html.append("</tr>\n");
    }
    html.append("</tbody></table>\n");
    if (cells.size() > limit) {
      html.append("<p>… only the first ").append(limit).append(" rows.</p>\n");
    }
    return html.toString();
  }

  /** The column's comment, which browsers show when the mouse is on the name. */
  private static String title(StructField field) {
    return field.getComment().isDefined()
        ? " title=\"" + escaped(field.getComment().get()) + "\""
        : "";
  }

  private static void cell(
      StringBuilder html, String tag, String attributes, DataType type, String text) {
    String side = type instanceof NumericType ? "right" : "left";
    html.append(
        String.format(
            Locale.ROOT,
            "<%s%s style=\"text-align:%s\">%s</%s>",
            tag,
            attributes,
            side,
            escaped(text),
            tag));
  }

  /**
   * A column of doubles for reading: all with the same decimals, no more than give the largest five
   * significant digits; a value too small for them in powers of ten.
   */
  static List<String> numbers(List<String> stored) {
    List<BigDecimal> exact = stored.stream().map(HtmlTable::finite).toList();
    int decimals =
        exact.stream()
            .filter(value -> value != null && value.signum() != 0)
            .mapToInt(value -> SIGNIFICANT_DIGITS - value.precision() + value.scale())
            .min()
            .orElse(0);
    int stated =
        exact.stream()
            .filter(value -> value != null)
            .mapToInt(value -> value.stripTrailingZeros().scale())
            .max()
            .orElse(0);
    int shown = Math.max(Math.min(decimals, stated), 0);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < exact.size(); i++) {
      texts.add(exact.get(i) == null ? stored.get(i) : number(exact.get(i), shown));
    }
    return texts;
  }

  private static String number(BigDecimal exact, int decimals) {
    String sign = exact.signum() < 0 ? "−" : "";
    BigDecimal fixed = exact.abs().setScale(decimals, RoundingMode.HALF_EVEN);
    if (exact.signum() != 0 && fixed.precision() < FEWEST_DIGITS && decimals > 0) {
      return sign
          + new DecimalFormat("0.00E0", SYMBOLS).format(exact.abs().round(new MathContext(3)));
    }
    DecimalFormat format = new DecimalFormat("#,##0", SYMBOLS);
    format.setMinimumFractionDigits(decimals);
    return sign + format.format(fixed);
  }

  /** The number, or null for NULL, NaN and the infinities. */
  private static BigDecimal finite(String stored) {
    return stored.isEmpty() || stored.equals("NaN") || stored.endsWith("Infinity")
        ? null
        : new BigDecimal(stored);
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
