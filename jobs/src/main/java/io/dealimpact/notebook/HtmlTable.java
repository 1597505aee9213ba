package io.dealimpact.notebook;

import io.dealimpact.codec.Cells;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
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
  private static final MathContext SHOWN_DIGITS = new MathContext(5);
  private static final BigDecimal MANY = BigDecimal.valueOf(10_000);
  private static final BigDecimal FEW = new BigDecimal("0.0001");

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
      cell(html, "th", field.dataType(), field.name());
    }
    html.append("</tr></thead>\n<tbody>\n");
    List<String[]> cells = Cells.asText(rows, limit + 1);
    for (String[] row : cells.subList(0, Math.min(limit, cells.size()))) {
      html.append("<tr>");
      for (int i = 0; i < fields.length; i++) {
        DataType type = fields[i].dataType();
        cell(html, "td", type, type.equals(DataTypes.DoubleType) ? number(row[i]) : row[i]);
      }
      html.append("</tr>\n");
    }
    html.append("</tbody></table>\n");
    if (cells.size() > limit) {
      html.append("<p>… only the first ").append(limit).append(" rows.</p>\n");
    }
    return html.toString();
  }

  private static void cell(StringBuilder html, String tag, DataType type, String text) {
    String side = type instanceof NumericType ? "right" : "left";
    html.append("<%s style=\"text-align:%s\">%s</%s>".formatted(tag, side, escaped(text), tag));
  }

  /** Five significant digits, or all digits before the point if there are more of those. */
  static String number(String text) {
    if (text.isEmpty() || text.equals("NaN") || text.endsWith("Infinity")) {
      return text;
    }
    BigDecimal exact = new BigDecimal(text);
    BigDecimal size = exact.abs();
    String sign = exact.signum() < 0 ? "−" : "";
    if (size.compareTo(MANY) >= 0) {
      size = size.setScale(0, RoundingMode.HALF_EVEN);
    } else {
      size = size.round(SHOWN_DIGITS);
      if (size.signum() != 0 && size.compareTo(FEW) < 0) {
        return sign + size.stripTrailingZeros();
      }
    }
    return sign
        + new DecimalFormat("#,##0.#########", DecimalFormatSymbols.getInstance(Locale.ROOT))
            .format(size);
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
