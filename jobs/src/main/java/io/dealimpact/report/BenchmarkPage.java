package io.dealimpact.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the benchmark measured, as a page.
 *
 * @param machine on what
 * @param parts one for each thing that is measured
 */
public record BenchmarkPage(String machine, List<Part> parts) {

  /**
   * One thing measured at growing sizes.
   *
   * @param title its name
   * @param what what was run, in a paragraph
   * @param runs in order of size
   * @param checks what was checked in the same run, and held
   */
  public record Part(String title, String what, List<Run> runs, List<String> checks) {}

  /**
   * One run.
   *
   * @param engine who ran what
   * @param rows rows in
   * @param seconds wall time
   * @param peer the engine that this one is compared with; empty for none
   */
  public record Run(String engine, long rows, double seconds, String peer) {}

  /** The page in Markdown. */
  public String markdown() {
    StringBuilder text =
        new StringBuilder(
            """
            # Benchmark

            Made by `deal-impact bench`, which fails if a check below does not hold. Each figure is one
            run, after a warm-up at the smallest size. `growth` is the exponent g of seconds ~ rows^g
            from the size before: 1 is linear. `times the peer` is our time over the peer's, same run,
            same files.

            """);
    text.append(machine).append('\n');
    for (Part part : parts) {
      text.append("\n## ").append(part.title()).append("\n\n").append(part.what()).append("\n\n");
      text.append("| engine | rows | seconds | rows a second | growth | times the peer |\n");
      text.append("|---|--:|--:|--:|--:|--:|\n");
      Map<String, List<Run>> byEngine = new LinkedHashMap<>();
      part.runs()
          .forEach(run -> byEngine.computeIfAbsent(run.engine(), e -> new ArrayList<>()).add(run));
      byEngine.forEach((engine, runs) -> append(text, runs, byEngine));
      text.append("\nChecked in the same run:\n");
      part.checks().forEach(check -> text.append("- ").append(check).append('\n'));
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
