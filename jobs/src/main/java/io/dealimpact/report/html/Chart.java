package io.dealimpact.report.html;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;

/**
 * A chart: what ECharts draws, and what it shows in words.
 *
 * @param description for those who cannot see it
 * @param height CSS pixels
 */
public record Chart(String description, int height, Option option) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The option for {@code echarts.setOption}, safe inside a script element. */
  public String json() {
    return inScript(option);
  }

  /** JSON in which no text can end the script element that holds it. */
  static String inScript(Object value) {
    try {
      return JSON.writeValueAsString(value)
          .replace("<", "\\u003c")
          .replace(">", "\\u003e")
          .replace("&", "\\u0026")
          .replace("\u2028", "\\u2028")
          .replace("\u2029", "\\u2029");
    } catch (JsonProcessingException error) {
      throw new UncheckedIOException(error);
    }
  }
}
