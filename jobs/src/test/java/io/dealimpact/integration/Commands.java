package io.dealimpact.integration;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dealimpact.testing.Folders;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Processes started in the project's folder, as a user would start them. */
final class Commands {
  private static final int SHOWN_LINES = 40;

  private Commands() {}

  /**
   * What a process left behind.
   *
   * @param out lines of standard output
   * @param err lines of standard error
   */
  record Ended(List<String> command, int status, List<String> out, List<String> err) {

    /** The last line of standard error that is not blank. */
    String lastLine() {
      return err.stream().filter(line -> !line.isBlank()).reduce("", (first, second) -> second);
    }

    /** For a failed assertion: the command and the end of what it said. */
    String failureText() {
      return "%s%nended with %d. The end of its standard error:%n%s%n… and of its standard output:%n%s"
          .formatted(String.join(" ", command), status, end(err), end(out));
    }

    private static String end(List<String> lines) {
      return String.join(
          "\n", lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()));
    }
  }

  /** The project's folder. */
  static Path project() {
    return Path.of(System.getProperty("project.root", "..")).toAbsolutePath().normalize();
  }

  /** A folder for this test run's files: {@code jobs/target/integration/<name>}, emptied. */
  static Path fresh(String name) {
    Path folder = project().resolve("jobs/target/integration").resolve(name);
    try {
      if (Files.exists(folder)) {
        Folders.delete(folder);
      }
      Files.createDirectories(folder.getParent());
      return folder;
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  /** Runs a command to its end, in the project's folder. */
  static Ended run(Duration limit, Map<String, String> environment, List<String> command) {
    try {
      Path logs = Files.createDirectories(project().resolve("jobs/target/integration/logs"));
      Path out = Files.createTempFile(logs, "command-", ".out");
      Path err = Files.createTempFile(logs, "command-", ".err");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(project().toFile())
              .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      builder.environment().putAll(environment);
      Process process = builder.start();
      if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
        throw new AssertionError(
            "still running after " + limit + ": " + String.join(" ", command) + ", see " + err);
      }
      return new Ended(command, process.exitValue(), lines(out), lines(err));
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    } catch (InterruptedException error) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(error);
    }
  }

  static List<String> lines(Path file) throws IOException {
    return Files.readString(file, UTF_8).lines().toList();
  }
}
