package io.dealimpact.run;

import java.util.regex.Pattern;

/**
 * Texts without the secrets that people put into URLs and settings. Whatever leaves the program
 * with a path or a command in it goes through here: the run log, the closing line, messages, the
 * printed configuration.
 */
public final class Secrets {
  private static final String MASK = "***";

  /** {@code scheme://user:password@host}; a password may have slashes in it. */
  private static final Pattern USER_AND_PASSWORD =
      Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*://)[^\\s'\"@]*:[^\\s'\"@]*@");

  /** {@code scheme://key@host}. Azure names a container before the @, which is no secret. */
  private static final Pattern KEY =
      Pattern.compile(
          "(?<![A-Za-z0-9+.-])((?!(?:abfss?|wasbs?)://)[A-Za-z][A-Za-z0-9+.-]*://)[^\\s/'\"@:]+@");

  /** {@code name=value} or {@code name: value}, where the name says that the value is secret. */
  private static final Pattern NAMED =
      Pattern.compile(
          "((?:[\\w.-]*(?:password|passwd|secret|token|credential|account\\.key|access[._-]?key"
              + "|api[._-]?key|signature)[\\w.-]*|(?<![\\w.-])(?:sig|pwd))"
              + "\\s*[=:]\\s*)(?:\"[^\"]*\"|'[^']*'|[^\\s&;,'\"}]+)",
          Pattern.CASE_INSENSITIVE);

  private Secrets() {}

  /** The text with three stars in the place of every secret. */
  public static String mask(String text) {
    String masked = USER_AND_PASSWORD.matcher(text).replaceAll("$1" + MASK + "@");
    masked = KEY.matcher(masked).replaceAll("$1" + MASK + "@");
    return NAMED.matcher(masked).replaceAll("$1" + MASK);
  }
}
