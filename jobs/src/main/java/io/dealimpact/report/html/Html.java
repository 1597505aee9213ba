package io.dealimpact.report.html;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Text that becomes HTML: everything that is data goes through {@link #escaped}. */
final class Html {
  private static final Map<String, String> VERDICT_CLASSES =
      Map.of("supported", "good", "supported under a reading", "fair", "contradicted", "bad");

  private final StringBuilder text = new StringBuilder();

  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  /** Appends markup of ours. */
  Html raw(String markup) {
    text.append(markup).append('\n');
    return this;
  }

  /** Appends an element with a text in it. */
  Html element(String tag, String classes, String content) {
    text.append('<').append(tag);
    if (!classes.isEmpty()) {
      text.append(" class=\"").append(classes).append('"');
    }
    text.append('>').append(escaped(content)).append("</").append(tag).append(">\n");
    return this;
  }

  /**
   * Appends a table.
   *
   * @param rows cells; those of the columns whose header begins with {@code #} are numbers, those
   *     whose header begins with {@code ~} are sentences that may break
   */
  Html table(String caption, List<String> header, List<List<String>> rows) {
    List<String> sides = new ArrayList<>();
    text.append("<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"")
        .append(escaped(caption))
        .append("\"><table><caption><span>")
        .append(escaped(caption))
        .append("</span></caption><thead><tr>");
    for (String name : header) {
      String side =
          switch (name.charAt(0)) {
            case '#' -> " class=\"n\"";
            case '~' -> " class=\"t\"";
            default -> "";
          };
      sides.add(side);
      text.append("<th scope=\"col\"")
          .append(side)
          .append('>')
          .append(escaped(side.isEmpty() ? name : name.substring(1)))
          .append("</th>");
    }
    text.append("</tr></thead><tbody>\n");
    for (List<String> row : rows) {
      text.append("<tr>");
      for (int i = 0; i < row.size(); i++) {
        text.append("<td")
            .append(sides.get(i))
            .append('>')
            .append(escaped(row.get(i)))
            .append("</td>");
      }
      text.append("</tr>\n");
    }
    text.append("</tbody></table></div>\n");
    return this;
  }

  /**
   * Appends a claim with its verdict.
   *
   * @param explanation begins with the print
   */
  Html claim(String verdict, String explanation) {
    text.append("<li><span class=\"verdict ")
        .append(VERDICT_CLASSES.getOrDefault(verdict, "open"))
        .append("\">")
        .append(escaped(verdict))
        .append("</span> ")
        .append(escaped(explanation))
        .append("</li>\n");
    return this;
  }

  static String number(String format, double value) {
    return Double.isFinite(value)
        ? String.format(Locale.ROOT, format, value).replace('-', '−')
        : "";
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
