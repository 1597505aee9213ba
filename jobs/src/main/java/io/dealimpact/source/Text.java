package io.dealimpact.source;

/** What both tables and JSON ask of text. */
public final class Text {
  private Text() {}

  /** The text, or null when it is blank. */
  public static String orNull(String text) {
    return text == null || text.isBlank() ? null : text;
  }

  /** Whether it shows that the bytes were not UTF-8 text: U+FFFD, which stands for them, or NUL. */
  public static boolean isBinary(String text) {
    return text.indexOf('\uFFFD') >= 0 || text.indexOf('\0') >= 0;
  }
}
