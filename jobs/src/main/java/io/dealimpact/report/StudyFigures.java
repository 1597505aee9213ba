package io.dealimpact.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the benchmark of the study measured: a section of the page, and JSON.
 *
 * @param machine on what
 * @param command how
 * @param repeats runs of which each figure is the median
 * @param figures in order of markets
 * @param growth one for each thing that grows and each work
 * @param checks what was checked in the same run, and held
 */
public record StudyFigures(
    String machine,
    String command,
    int repeats,
    List<Figure> figures,
    List<Growth> growth,
    List<String> checks) {

  /** Title of the section. */
  public static final String TITLE = "Study of events";

  /** The works that are compared; a stage of the program is a figure of its own name. */
  public static final String OURS = "silver to gold in Delta";

  public static final String EVERYTHING = "all tables of the study, default settings";
  public static final String OBVIOUS = "DuckDB, range join";
  public static final String RUNNING_SUMS = "DuckDB, running sums";

  /**
   * One work on one market.
   *
   * @param market its size
   * @param work what was run
   * @param wallSeconds median of the runs
   * @param cpuSeconds median of the runs; all threads of the process
   */
  public record Figure(String market, String work, double wallSeconds, double cpuSeconds) {}

  /**
   * One work on growing markets.
   *
   * @param what grows
   * @param work what was run
   * @param sizes ascending
   * @param wallSeconds of each size
   * @param cpuSeconds of each size
   */
  public record Growth(
      String what,
      String work,
      List<Long> sizes,
      List<Double> wallSeconds,
      List<Double> cpuSeconds) {

    /** Slope of ln seconds on ln size, least squares; 1 is linear. */
    public static double slope(List<Long> sizes, List<Double> seconds) {
      double meanX = sizes.stream().mapToDouble(Math::log).average().orElse(Double.NaN);
      double meanY = seconds.stream().mapToDouble(Math::log).average().orElse(Double.NaN);
      double xy = 0;
      double xx = 0;
      for (int i = 0; i < sizes.size(); i++) {
        double x = Math.log(sizes.get(i)) - meanX;
        xy += x * (Math.log(seconds.get(i)) - meanY);
        xx += x * x;
      }
      return xy / xx;
    }
  }

  /** The section in Markdown. */
  public BenchmarkPage.Section section() {
    StringBuilder text = new StringBuilder();
    text.append(machine).append("\n\n    ").append(command).append("\n\n");
    text.append(
        """
        Market model, estimation over 250 days up to day −11, window [−10, +10], all events in one
        group, no bootstrap. `silver to gold in Delta` are the stages of the program: fits, abnormal
        returns, impacts, AAR and CAAR, Patell and BMP. DuckDB reads the files of the same silver tables and
        writes the same to Parquet.
        Each figure is the median of\s""");
    text.append(repeats == 1 ? "1 run" : repeats + " runs");
    text.append(
        """
         in turn, in one process, after a warm-up on a small market; the
        start of the session is not in it. CPU seconds are of all threads.
        """);
    if (figures.stream().anyMatch(figure -> figure.work().equals(EVERYTHING))) {
      text.append(
          """

          `all tables of the study, default settings`: the models, windows, groups, measures, tests, replicates and
          choices that the program has by default, with the sectors of instruments known, from the same silver
          tables to every gold table of the study. It is held against what the peers take for their one model.
          """);
    }
    text.append(
        """

        | market | work | wall s | CPU s | wall ÷ range join | wall ÷ running sums |
        |---|---|--:|--:|--:|--:|
        """);
    for (Figure figure : figures) {
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %s | %.2f | %.2f | %s | %s |%n",
              figure.market(),
              figure.work(),
              figure.wallSeconds(),
              figure.cpuSeconds(),
              ratio(figure, OBVIOUS),
              ratio(figure, RUNNING_SUMS)));
    }
    if (!growth.isEmpty()) {
      text.append(
          """

          Growth: the slope of ln seconds on ln size, 1 is linear. Fixed costs flatten it.

          | what grows | work | sizes | wall s | slope of wall | slope of CPU |
          |---|---|---|---|--:|--:|
          """);
      for (Growth each : growth) {
        text.append(
            String.format(
                Locale.ROOT,
                "| %s | %s | %s | %s | %.2f | %.2f |%n",
                each.what(),
                each.work(),
                joined(
                    each.sizes().stream().map(n -> String.format(Locale.ROOT, "%,d", n)).toList()),
                joined(
                    each.wallSeconds().stream()
                        .map(s -> String.format(Locale.ROOT, "%.2f", s))
                        .toList()),
                Growth.slope(each.sizes(), each.wallSeconds()),
                Growth.slope(each.sizes(), each.cpuSeconds())));
      }
    }
    text.append("\nChecked in the same run:\n");
    checks.forEach(check -> text.append("- ").append(check).append('\n'));
    return new BenchmarkPage.Section(TITLE, text.toString());
  }

  private static String joined(List<String> words) {
    return String.join(" → ", words);
  }

  private String ratio(Figure ours, String peer) {
    if (!ours.work().equals(OURS) && !ours.work().equals(EVERYTHING)) {
      return "";
    }
    Optional<Figure> theirs =
        figures.stream()
            .filter(f -> f.market().equals(ours.market()) && f.work().equals(peer))
            .findFirst();
    return theirs
        .map(f -> String.format(Locale.ROOT, "%.2f", ours.wallSeconds() / f.wallSeconds()))
        .orElse("");
  }

  /** The same in JSON. */
  public String json() {
    try {
      return JsonMapper.builder()
              .enable(SerializationFeature.INDENT_OUTPUT)
              .build()
              .writeValueAsString(this)
          + "\n";
    } catch (JsonProcessingException error) {
      throw new IllegalStateException("figures are not JSON", error);
    }
  }
}
