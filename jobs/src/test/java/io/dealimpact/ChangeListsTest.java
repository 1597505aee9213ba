package io.dealimpact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** CONTRIBUTING.md names the files that an addition touches: those that know the example. */
class ChangeListsTest {
  private static final Path ROOT = Path.of(System.getProperty("project.root"));
  private static final Path CODE = ROOT.resolve("jobs/src/main/java/io/dealimpact");
  private static final Pattern LISTED = Pattern.compile("(?m)^- `([^`]+\\.java)`");

  @ParameterizedTest
  @CsvSource({
    "A statistic, \\bJOHNSON_T\\b",
    "A return model, \\b(SYNTHETIC_CONTROL|SyntheticControl)\\b",
    "A feed, \\b(EARNINGS|ConformEarnings)\\b",
    "A vendor's format, \\bStooqCsv\\b",
    "A gold column, gpus_per_gw\"",
    "A ramp, (S_CURVE|s-curve)",
  })
  void theListIsComplete(String task, String example) throws IOException {
    assertThat(listed(task)).isEqualTo(knowing(Pattern.compile(example)));
  }

  private static Set<String> listed(String task) throws IOException {
    String page = Files.readString(ROOT.resolve("CONTRIBUTING.md"));
    String heading = "### " + task + "\n";
    assertThat(page).contains(heading);
    String section = page.substring(page.indexOf(heading) + heading.length()).split("\n##", 2)[0];
    Matcher file = LISTED.matcher(section);
    Set<String> files = new TreeSet<>();
    while (file.find()) {
      files.add(file.group(1));
    }
    return files;
  }

  private static Set<String> knowing(Pattern example) throws IOException {
    try (Stream<Path> files = Files.walk(CODE)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> example.matcher(text(file)).find())
          .map(file -> CODE.relativize(file).toString().replace('\\', '/'))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }
}
