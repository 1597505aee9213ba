package io.dealimpact.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** How far our figures are from an oracle's: a table for people, and the largest difference. */
public final class Agreement {
  private static final String PREAMBLE =
      """
      # Agreement with figures that others computed

      Figures that other programs and papers computed, and how far ours are from them. Differences are absolute.
      Not every source may be redistributed. A test whose figures are not in the repository skips, and says what is missing; the sections
      below are of a machine that had all of them. They are made again by

          mvn test -pl jobs -Dtest='*Oracle*Test,RaggedTest,AgainstRTest,EstudyStataTest' \\
              -Dagreement.page=docs/agreement.md
          mvn verify -pl jobs -Dit.test=AdditionsThroughTheProgramTest -Dagreement.page=docs/agreement.md

      - "ties by rounding": values that tie in exact arithmetic. The other program ranks them by its rounding errors, we take mid-ranks.
      - insider-2020 has one firm with 201 days among 311 with 250. Its r is the variant `pairwise`.
      - "service": a commercial service's own output at four decimals, compared with the variant that rounds in the same way.
      - "r-": R scripts of jobs/src/test/r, kept with their figures.
      - "stata-estudy": output of Stata 18. That program keeps abnormal returns in single precision.
      - "eventstudy2-engine": an engine in Python whose author compares it with Stata.
      """;

  private final TreeMap<String, double[]> rows = new TreeMap<>();

  public void compare(String oracle, String quantity, double theirs, double ours) {
    double[] row = rows.computeIfAbsent(oracle + "\t" + quantity, k -> new double[2]);
    row[0]++;
    double difference = theirs == ours ? 0 : Math.abs(theirs - ours);
    row[1] = Math.max(row[1], Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference);
  }

  /** The largest difference among quantities without any of these marks. */
  public double largest(String... marks) {
    return rows.entrySet().stream()
        .filter(row -> Arrays.stream(marks).noneMatch(row.getKey()::contains))
        .mapToDouble(row -> row.getValue()[1])
        .max()
        .orElse(Double.NaN);
  }

  public String table() {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, double[]> row : rows.entrySet()) {
      String[] key = row.getKey().split("\t", -1);
      text.append(
          String.format(
              Locale.ROOT,
              "%-22s %-44s %5d %9.1e%n",
              key[0],
              key[1],
              (int) row.getValue()[0],
              row.getValue()[1]));
    }
    return text.toString();
  }

  /**
   * Writes {@code target/agreement-NAME.txt}; under {@code -Dagreement.page=docs/agreement.md} also
   * its section of that page, the other sections left as they are.
   */
  public void save(String name) throws IOException {
    Path target = Path.of("target");
    Files.createDirectories(target);
    Files.writeString(target.resolve("agreement-" + name + ".txt"), table());
    String page = System.getProperty("agreement.page", "");
    if (!page.isEmpty()) {
      saveSection(Path.of(page), name, markdown());
    }
  }

  private static synchronized void saveSection(Path page, String name, String section)
      throws IOException {
    Map<String, String> sections = sections(page);
    sections.put(name, section);
    StringBuilder text = new StringBuilder(PREAMBLE);
    sections.forEach((title, body) -> text.append("\n## " + title + "\n\n" + body));
    Files.writeString(page, text.toString());
  }

  private String markdown() {
    StringBuilder text =
        new StringBuilder("| quantity | how many | largest difference |\n|---|---:|---:|\n");
    rows.forEach(
        (key, row) ->
            text.append(
                String.format(
                    Locale.ROOT,
                    "| %s | %d | %s |%n",
                    key.substring(key.indexOf('\t') + 1),
                    (int) row[0],
                    row[1] == 0 ? "0" : String.format(Locale.ROOT, "%.1e", row[1]))));
    return text.toString();
  }

  private static Map<String, String> sections(Path file) throws IOException {
    Map<String, String> sections = new TreeMap<>();
    if (Files.exists(file)) {
      String[] parts = Files.readString(file).split("(?m)^## ", -1);
      for (String part : Arrays.asList(parts).subList(1, parts.length)) {
        int line = part.indexOf('\n');
        sections.put(part.substring(0, line), part.substring(line).strip() + "\n");
      }
    }
    return sections;
  }
}
