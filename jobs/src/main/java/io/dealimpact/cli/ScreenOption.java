package io.dealimpact.cli;

import io.dealimpact.run.Failures;
import java.util.OptionalInt;
import picocli.CommandLine.Option;

/** The width that a table has to fit. */
final class ScreenOption {
  @Option(
      names = "--width",
      paramLabel = "COLUMNS",
      description =
          "Characters that a line of a table has; a table that is wider is printed a record below"
              + " the other. Default: those of the terminal, no limit where the output goes to a"
              + " file or a program. 0: no limit.")
  private Integer given;

  /**
   * The width that was given, else the terminal's, which the launcher puts into COLUMNS; empty for
   * no limit.
   */
  OptionalInt width() {
    if (given != null && given < 0) {
      throw Failures.usage("--width is " + given + ". It is a number of characters, or 0");
    }
    int width = given == null ? ofTheTerminal() : given;
    return width == 0 ? OptionalInt.empty() : OptionalInt.of(width);
  }

  /** 0 where it is not known. */
  private static int ofTheTerminal() {
    String columns = System.getenv().getOrDefault("COLUMNS", "");
    return columns.matches("[1-9]\\d{0,4}") ? Integer.parseInt(columns) : 0;
  }
}
