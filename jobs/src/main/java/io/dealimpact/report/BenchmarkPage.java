package io.dealimpact.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the benchmark measured, as a page of sections. A section that is not measured again is kept
 * from the page before.
 *
 * @param sections in order
 */
public record BenchmarkPage(List<Section> sections) {
  private static final String BEFORE_TITLE = "\n## ";

  /**
   * A part of the page.
   *
   * @param title its heading
   * @param text what follows it, in Markdown
   */
  public record Section(String title, String text) {}

  /**
   * One thing measured at growing sizes.
   *
   * @param title its name
   * @param machine on what
   * @param command how
   * @param what what was run, in a paragraph
   * @param runs in order of size
   * @param checks what was checked in the same run, and held
   */
  public record Part(
      String title,
      String machine,
      String command,
      String what,
      List<Run> runs,
      List<String> checks) {

    /** The section in Markdown. */
    public Section section() {
      StringBuilder text = new StringBuilder();
      text.append(machine).append("\n\n    ").append(command).append("\n\n").append(what);
      text.append(
          """
           Each figure is one run, after a warm-up at the smallest size. `growth` is the exponent g of
          seconds ~ rows^g from the size before: 1 is linear. `times the peer` is our time over the
          peer's, same run, same files.

          | engine | rows | seconds | rows a second | growth | times the peer |
          |---|--:|--:|--:|--:|--:|
          """);
      Map<String, List<Run>> byEngine = new LinkedHashMap<>();
      runs.forEach(run -> byEngine.computeIfAbsent(run.engine(), e -> new ArrayList<>()).add(run));
      byEngine.forEach((engine, each) -> append(text, each, byEngine));
      text.append("\nChecked in the same run:\n");
      checks.forEach(check -> text.append("- ").append(check).append('\n'));
      return new Section(title, text.toString());
    }
  }

  /**
   * One run.
   *
   * @param engine who ran what
   * @param rows rows in
   * @param seconds wall time
   * @param peer the engine that this one is compared with; empty for none
   */
  public record Run(String engine, long rows, double seconds, String peer) {}

  /** The page with the sections of an earlier one that this one does not have. */
  public BenchmarkPage over(String earlier) {
    Map<String, Section> all = new LinkedHashMap<>();
    String[] parts = earlier.split(BEFORE_TITLE, -1);
    for (int i = 1; i < parts.length; i++) {
      int end = parts[i].indexOf("\n\n");
      if (end > 0) {
        String title = parts[i].substring(0, end);
        all.put(title, new Section(title, parts[i].substring(end + 2)));
      }
    }
    sections.forEach(section -> all.put(section.title(), section));
    return new BenchmarkPage(List.copyOf(all.values()));
  }

  /** The page in Markdown. */
  public String markdown() {
    StringBuilder text =
        new StringBuilder(
            """
            # Benchmark

            Made by `deal-impact bench`, which fails if a check below does not hold.
            """);
    for (Section section : sections) {
      text.append(BEFORE_TITLE).append(section.title()).append("\n\n");
      text.append(section.text().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private static void append(StringBuilder text, List<Run> runs, Map<String, List<Run>> all) {
    Run before = null;
    for (Run run : runs) {
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %,d | %.2f | %,.0f | %s | %s |%n",
              run.engine(),
              run.rows(),
              run.seconds(),
              run.rows() / run.seconds(),
              growth(before, run),
              all.getOrDefault(run.peer(), List.of()).stream()
                  .filter(other -> other.rows() == run.rows())
                  .map(other -> String.format(Locale.ROOT, "%.2f", run.seconds() / other.seconds()))
                  .findFirst()
                  .orElse("")));
      before = run;
    }
  }

  /** ln(t₂ / t₁) / ln(n₂ / n₁); empty for the first. */
  private static String growth(Run before, Run run) {
    return before == null
        ? ""
        : String.format(
            Locale.ROOT,
            "%.2f",
            Math.log(run.seconds() / before.seconds())
                / Math.log((double) run.rows() / before.rows()));
  }
}
