package io.dealimpact.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.dealimpact.source.Feed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Pages that a stranger reads: their links, their words, and what they say of the feeds. */
class DocumentationTest {
  private static final Path PROJECT = Path.of(System.getProperty("project.root", "..")).normalize();

  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");

  /** Our own words for things that have an ordinary name. */
  private static final Pattern DIALECT =
      Pattern.compile(
          "(?i)\\b(rungs?|ladders?|imitat(e[sd]?|ions?)|the house|mend(s|ed)?|tells? (no|people)"
              + "|(calls?|tells?) somebody|is (not )?told)\\b");

  /** What only those who work on the project have. */
  private static final Pattern PRIVATE =
      Pattern.compile("\\.\\./shared|(?<![\\w/&])#\\d+\\b|\\bissue \\d+|/tmp/");

  private static final Pattern JAVADOC = Pattern.compile("/\\*\\*\\s+(?:\\*\\s+)?(Of\\b[^\\n]*)");

  @Test
  void everyRelativeLinkLeadsSomewhere() throws IOException {
    List<String> broken = new ArrayList<>();
    int links = 0;
    for (Path page : pages()) {
      List<MatchResult> found = LINK.matcher(Files.readString(page)).results().toList();
      for (MatchResult link : found) {
        String target = link.group(1);
        if (target.matches("[a-z]+:.*")) {
          continue;
        }
        links++;
        String[] parts = target.split("#", 2);
        Path file = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
        boolean leads =
            Files.exists(file) && (parts.length == 1 || anchors(file).contains(parts[1]));
        if (!leads) {
          broken.add(PROJECT.relativize(page) + ": " + target);
        }
      }
    }

    assertThat(links).as("links that were found").isGreaterThan(100);
    assertThat(broken).isEmpty();
  }

  /** Anchors as GitHub makes them of headings. */
  private static List<String> anchors(Path page) throws IOException {
    return Files.readAllLines(page).stream()
        .filter(line -> line.matches("#+ .*"))
        .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT))
        .map(line -> line.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .toList();
  }

  @Test
  void pagesUseOrdinaryWordsAndNameNothingPrivate() throws IOException {
    List<String> found = new ArrayList<>();
    for (Path page : pages()) {
      String text = Files.readString(page);
      for (Pattern pattern : List.of(DIALECT, PRIVATE)) {
        pattern
            .matcher(text)
            .results()
            .forEach(match -> found.add(PROJECT.relativize(page) + ": " + match.group()));
      }
    }

    assertThat(found).isEmpty();
  }

  /** A summary is read alone in an index. */
  @Test
  void noJavadocSummaryBeginsInTheMiddleOfASentence() throws IOException {
    List<String> found = new ArrayList<>();
    for (Path source : files(PROJECT.resolve("jobs/src/main/java"), ".java")) {
      JAVADOC
          .matcher(Files.readString(source))
          .results()
          .forEach(match -> found.add(PROJECT.relativize(source) + ": " + match.group(1)));
    }

    assertThat(found).isEmpty();
  }

  @Test
  void theReadmeIsShort() throws IOException {
    assertThat(Files.readAllLines(PROJECT.resolve("README.md"))).hasSizeLessThanOrEqualTo(150);
  }

  /** Ranges and nested fields of JSON stand under their common name. */
  @Test
  void theLandingZonesPageHasEveryFeedAndColumn() throws IOException {
    String page = Files.readString(PROJECT.resolve("jobs/docs/landing-zone.md"));
    Function<Feed, String> rowOf =
        feed ->
            page.lines()
                .filter(line -> line.startsWith("| `" + feed.folder() + "/` | "))
                .findFirst()
                .orElse("");
    List<String> missing = new ArrayList<>();
    for (Feed feed : Feed.values()) {
      String row = rowOf.apply(feed);
      if (!row.contains(feed.isRequired() ? "| required |" : "| optional |")) {
        missing.add(feed.folder() + ": required or optional");
      }
      for (String column : feed.columns()) {
        boolean named =
            row.contains("`" + column + "`")
                || row.contains("`" + column.replaceFirst("_(low|high)(?=_|$)", "") + "`")
                || row.contains("`" + column.replaceFirst("^source_(title|url)$", "source") + "`");
        if (!named) {
          missing.add(feed.folder() + ": " + column);
        }
      }
    }

    assertThat(missing).isEmpty();
  }

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>(files(PROJECT.resolve("jobs/docs"), ".md"));
    pages.addAll(files(PROJECT.resolve("jobs/deploy"), ".md"));
    for (String page : List.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md")) {
      pages.add(PROJECT.resolve(page));
    }
    pages.add(PROJECT.resolve("data-samples/README.md"));
    return pages;
  }

  private static List<Path> files(Path folder, String suffix) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
    }
  }
}
