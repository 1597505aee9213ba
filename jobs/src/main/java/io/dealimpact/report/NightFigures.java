package io.dealimpact.report;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the benchmark of nights measured, as a section of the page.
 *
 * @param machine on what
 * @param command how
 * @param figures in the order they were measured
 */
public record NightFigures(String machine, String command, List<Figure> figures) {
  /** Title of the section. */
  public static final String TITLE = "Nights";

  /** The night that begins with an empty lake. */
  public static final String FIRST = "first night";

  /** What DuckDB does after the first night, with the same files. */
  public static final String PEER = "DuckDB, bars typed and checked";

  private static final int STAGES_NAMED = 5;
  private static final List<String> BARS = List.of("ingest-bars", "conform-bars");
  private static final String OF_IT = "of it ingest-bars and conform-bars";

  /**
   * One work on one lake.
   *
   * @param market its size
   * @param work what was run
   * @param wallSeconds of one run
   * @param cpuSeconds of all threads of the process
   * @param stages that did something, in order
   */
  public record Figure(
      String market, String work, double wallSeconds, double cpuSeconds, List<StageTime> stages) {}

  /**
   * A stage of a night.
   *
   * @param stage its name
   * @param seconds by the clock, other stages beside it
   * @param rows written
   */
  public record StageTime(String stage, double seconds, long rows) {}

  /** The section in Markdown. */
  public BenchmarkPage.Section section() {
    StringBuilder text = new StringBuilder();
    text.append(machine).append("\n\n    ").append(command).append("\n\n");
    text.append(
        """
        Nights as `nightly` runs them, landing zone to published gold, one after the other on one lake, in one
        process after the nights of a small market. The start of the session, the report and the text of
        the night are not in it. `ingest-bars` and `conform-bars` are from the run log of each night, in
        which other stages run beside them. The stages named are the longest.

        | lake | work | wall s | CPU s | ÷ DuckDB | stages, s |
        |---|---|--:|--:|--:|---|
        """);
    for (Figure figure : figures) {
      row(text, figure, String.format(Locale.ROOT, "%.2f", figure.cpuSeconds()), "");
      double bars =
          figure.stages().stream()
              .filter(stage -> BARS.contains(stage.stage()))
              .mapToDouble(StageTime::seconds)
              .sum();
      if (bars > 0) {
        String ratio = figure.work().equals(FIRST) ? ratio(figure.market(), bars) : "";
        row(text, new Figure(figure.market(), OF_IT, bars, 0, List.of()), "", ratio);
      }
    }
    text.append(
        figures.stream().anyMatch(figure -> figure.work().equals(PEER))
            ? "\nDuckDB types and checks the files of the first night, and finds the same bars.\n"
            : "\nDuckDB was not on the class path: there is no peer in this run.\n");
    return new BenchmarkPage.Section(TITLE, text.toString());
  }

  private String ratio(String market, double seconds) {
    Optional<Figure> peer =
        figures.stream().filter(f -> f.market().equals(market) && f.work().equals(PEER)).findAny();
    return peer.map(p -> String.format(Locale.ROOT, "%.1f", seconds / p.wallSeconds())).orElse("");
  }

  private static void row(StringBuilder text, Figure figure, String cpu, String ratio) {
    text.append(
        String.format(
            Locale.ROOT,
            "| %s | %s | %.2f | %s | %s | %s |%n",
            figure.market(),
            figure.work(),
            figure.wallSeconds(),
            cpu,
            ratio,
            figure.stages().stream()
                .sorted(Comparator.comparingDouble(StageTime::seconds).reversed())
                .limit(STAGES_NAMED)
                .map(s -> String.format(Locale.ROOT, "%s %.1f", s.stage(), s.seconds()))
                .collect(Collectors.joining(", "))));
  }
}
