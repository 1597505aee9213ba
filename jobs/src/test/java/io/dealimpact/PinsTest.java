package io.dealimpact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What comments and pages say is pinned by a test is pinned by a test that exists. */
class PinsTest {
  private static final Path JOBS =
      Path.of(System.getProperty("project.root", "..")).resolve("jobs");

  /** From "Pinned by" to the end of the sentence. */
  private static final Pattern PINNED = Pattern.compile("[Pp]inned by (.+?)(\\.(\\s|$)|;|\\*/)");

  private static final Pattern REMARK = Pattern.compile("\\([^)]*\\)");

  /** Names in code font. A name with other signs is an expression of R or a path. */
  private static final Pattern NAME = Pattern.compile("(?:\\{@(?:code|link) |`)([\\w-]+)[}`]");

  @Test
  void everyPinNamesATestOrAnOracle() throws IOException {
    Set<String> known = new TreeSet<>();
    for (Path test : files(JOBS.resolve("src/test/java"), ".java")) {
      known.add(test.getFileName().toString().replace(".java", ""));
    }
    String oracles = Files.readString(JOBS.resolve("docs/agreement.md"));
    List<String> pins = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    List<Path> read = new ArrayList<>(files(JOBS.resolve("src/main/java"), ".java"));
    read.addAll(files(JOBS.resolve("docs"), ".md"));
    for (Path file : read) {
      String text =
          Files.readString(file).lines().map(PinsTest::words).collect(Collectors.joining(" "));
      Matcher pinned = PINNED.matcher(text);
      while (pinned.find()) {
        Matcher names = NAME.matcher(REMARK.matcher(pinned.group(1)).replaceAll(""));
        while (names.find()) {
          String name = names.group(1);
          pins.add(name);
          boolean isOracle = name.contains("-") && oracles.contains(name);
          if (!known.contains(name) && !isOracle) {
            unknown.add(JOBS.relativize(file) + ": " + name);
          }
        }
      }
    }

    assertThat(pins).as("pins that were found").hasSizeGreaterThan(20);
    assertThat(unknown).as("pinned by what does not exist").isEmpty();
  }

  /** A line of a comment without its margin. */
  private static String words(String line) {
    return line.strip().replaceFirst("^(/\\*\\*|\\*(?!/)|//)\\s*", "");
  }

  private static List<Path> files(Path folder, String suffix) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
    }
  }
}
