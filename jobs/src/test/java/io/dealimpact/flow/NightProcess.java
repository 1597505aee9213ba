package io.dealimpact.flow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A night in a process of its own, {@link KilledNight}.
 *
 * @param at what its clock says
 * @param said file that what it prints is written to
 */
record NightProcess(String landing, String lake, List<String> settings, Instant at, Path said) {
  /** Status of a process that SIGKILL ended, as a shell and the JDK give it. */
  static final int KILLED = 128 + 9;

  private static final Duration LIMIT = Duration.ofMinutes(20);

  /**
   * Runs it and has it killed. Returns its status; {@link #KILLED} unless it ended before.
   *
   * @param operation of the storage, the number of it in the night
   * @param millis from there to the signal
   */
  int killedAfter(int operation, int millis) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add("@conf/jvm.options");
    // Short of life: what the second compiler makes would not pay for itself.
    command.addAll(List.of("-Xmx1g", "-XX:TieredStopAtLevel=1", "-XX:ReservedCodeCacheSize=240m"));
    command.add("-D" + ProgramRuns.PATIENCE + "=" + ProgramRuns.patience());
    command.addAll(List.of("-cp", String.join(SEPARATOR, classPath())));
    command.addAll(List.of(KilledNight.class.getName(), landing, lake, at.toString()));
    command.addAll(List.of(Integer.toString(operation), Integer.toString(millis)));
    command.addAll(settings);
    Process process = start(command, said);
    try {
      assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS))
          .as(() -> read(said))
          .isTrue();
    } finally {
      process.destroyForcibly();
    }
    return process.exitValue();
  }

  /** What separates the entries of a class path. */
  static final String SEPARATOR = System.getProperty("path.separator");

  /** Starts a JVM of this one's version in the folder of the jobs, with both outputs in a file. */
  static Process start(List<String> arguments, Path said) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(arguments);
    return new ProcessBuilder(command)
        .directory(jobs().toFile())
        .redirectErrorStream(true)
        .redirectOutput(said.toFile())
        .start();
  }

  /** The class path of the tests, its entries absolute. */
  static List<String> classPath() {
    String all =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<String> entries = new ArrayList<>();
    for (String entry : all.split(SEPARATOR, -1)) {
      if (!entry.isEmpty()) {
        entries.add(jobs().resolve(entry).normalize().toString());
      }
    }
    return entries;
  }

  private static Path jobs() {
    return Path.of(System.getProperty("project.root", "..")).resolve("jobs");
  }

  static String read(Path file) {
    try {
      return Files.readString(file, UTF_8);
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }
}
