package io.dealimpact.report.html;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the page and a chart outside of it share: the library, and the colours by name. */
public final class PageParts {
  private static final Pattern ROOT = Pattern.compile("(?s)^:root \\{(.*?)}");
  private static final Pattern COLOUR = Pattern.compile("--([a-z0-9]+): (#[0-9a-f]{6});");

  private PageParts() {}

  /** Hexadecimal colours of the light form by name: {@code ink} for the {@code $ink} of a chart. */
  public static Map<String, String> light() {
    Map<String, String> colours = new TreeMap<>();
    Matcher root = ROOT.matcher(resource("report.css"));
    if (root.find()) {
      COLOUR
          .matcher(root.group(1))
          .results()
          .forEach(found -> colours.put(found.group(1), found.group(2)));
    }
    return colours;
  }

  /** The library that draws the charts. */
  public static String library() {
    return resource("echarts.common.min.js");
  }

  static String resource(String name) {
    return text(PageParts.class, name);
  }

  /**
   * A text that the program brings.
   *
   * @param beside a class in whose package it is
   */
  public static String text(Class<?> beside, String name) {
    try (InputStream stream = beside.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException(name + " is missing from the program");
      }
      return new String(stream.readAllBytes(), UTF_8);
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }
}
