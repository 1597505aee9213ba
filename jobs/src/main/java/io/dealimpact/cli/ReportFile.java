package io.dealimpact.cli;

import io.dealimpact.run.Failures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where the report lies, and how it gets there: whole, or not at all. */
final class ReportFile {
  private static final Pattern SCHEME = Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]+:.*");

  private ReportFile() {}

  /** The report of a lake: in its folder, or in the working directory if that is elsewhere. */
  static Path place(String lake) {
    String local = lake.startsWith("file:") ? lake.replaceFirst("^file:/*", "/") : lake;
    return SCHEME.matcher(local).matches()
        ? Path.of("deal-impact-report.html")
        : Path.of(local).resolve("report.html");
  }

  /** Whether the report is there, made of this. */
  static boolean isMadeOf(Path file, String source) {
    try {
      return Files.exists(file) && Files.readString(file).endsWith(mark(source));
    } catch (IOException unreadable) {
      return false;
    }
  }

  private static String mark(String source) {
    return "<!-- made of " + source + " -->\n";
  }

  /**
   * Writes the report.
   *
   * @param source what {@link #isMadeOf} will know it by; empty for a page of this moment
   */
  static void write(Path file, String page, Optional<String> source) {
    Path whole = file.toAbsolutePath();
    Path part = whole.resolveSibling(whole.getFileName() + ".part");
    try {
      Files.createDirectories(whole.getParent());
      Files.writeString(part, page + source.map(ReportFile::mark).orElse(""));
      Files.move(part, whole, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException error) {
      throw Failures.storage("writing the report " + file, error);
    }
  }
}
