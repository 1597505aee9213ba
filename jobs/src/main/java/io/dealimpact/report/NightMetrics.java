package io.dealimpact.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * How the last run went and when nights are published, in the text format of OpenMetrics 1.0: for a
 * collector that reads files, such as the one of Prometheus' node exporter.
 */
public final class NightMetrics {
  private NightMetrics() {}

  /**
   * The last run that ended.
   *
   * @param exitStatus of the process
   */
  public record Run(int exitStatus, Instant startedAt, double tookSeconds, List<Stage> stages) {
    /** Copies the list. */
    public Run {
      stages = List.copyOf(stages);
    }
  }

  /** A stage of that run, with its account of rows. */
  public record Stage(
      String name,
      double tookSeconds,
      long rowsIn,
      long rowsAccepted,
      long rowsDuplicate,
      long rowsQuarantined,
      long rowsWritten) {}

  /**
   * The metrics, ending as the format asks.
   *
   * @param run empty before the first run
   * @param night number of the newest published night; 0 before the first
   * @param published when the last nights were published, the newest last
   */
  public static String print(Optional<Run> run, long night, List<Instant> published) {
    StringBuilder text = new StringBuilder();
    run.ifPresent(last -> print(text, last));
    head(text, "deal_impact_night", "", "number of the newest published night, 0 for none");
    line(text, "deal_impact_night", "", Long.toString(night));
    if (!published.isEmpty()) {
      head(
          text,
          "deal_impact_published_timestamp_seconds",
          "seconds",
          "when the newest published night was published");
      line(
          text,
          "deal_impact_published_timestamp_seconds",
          "",
          seconds(published.get(published.size() - 1)));
      head(
          text,
          "deal_impact_published_by_seconds",
          "seconds",
          "time of the day in UTC by which that share of the last nights was published");
      List<Integer> times =
          published.stream()
              .map(at -> LocalTime.ofInstant(at, ZoneOffset.UTC).toSecondOfDay())
              .sorted()
              .toList();
      for (double share : new double[] {0.5, 0.95, 1}) {
        // The smallest time by which at least that share was published.
        int rank = (int) Math.ceil(share * times.size());
        line(
            text,
            "deal_impact_published_by_seconds",
            label("share", number(share)),
            times.get(rank - 1).toString());
      }
    }
    return text.append("# EOF\n").toString();
  }

  private static void print(StringBuilder text, Run run) {
    head(text, "deal_impact_run_exit_status", "", "exit status of the last run that ended");
    line(text, "deal_impact_run_exit_status", "", Integer.toString(run.exitStatus()));
    head(text, "deal_impact_run_started_timestamp_seconds", "seconds", "when it began");
    line(text, "deal_impact_run_started_timestamp_seconds", "", seconds(run.startedAt()));
    head(text, "deal_impact_run_duration_seconds", "seconds", "how long it took");
    line(text, "deal_impact_run_duration_seconds", "", number(run.tookSeconds()));
    head(text, "deal_impact_stage_duration_seconds", "seconds", "how long a stage of it took");
    for (Stage stage : run.stages()) {
      line(
          text,
          "deal_impact_stage_duration_seconds",
          label("stage", stage.name()),
          number(stage.tookSeconds()));
    }
    head(text, "deal_impact_stage_rows", "", "rows of a stage of it, by what became of them");
    for (Stage stage : run.stages()) {
      rows(text, stage, "in", Stage::rowsIn);
      rows(text, stage, "accepted", Stage::rowsAccepted);
      rows(text, stage, "duplicate", Stage::rowsDuplicate);
      rows(text, stage, "quarantined", Stage::rowsQuarantined);
      rows(text, stage, "written", Stage::rowsWritten);
    }
  }

  private static void rows(
      StringBuilder text, Stage stage, String what, ToDoubleFunction<Stage> rows) {
    line(
        text,
        "deal_impact_stage_rows",
        label("stage", stage.name()) + "," + label("rows", what),
        number(rows.applyAsDouble(stage)));
  }

  private static void head(StringBuilder text, String name, String unit, String help) {
    text.append("# TYPE ").append(name).append(" gauge\n");
    if (!unit.isEmpty()) {
      text.append("# UNIT ").append(name).append(' ').append(unit).append('\n');
    }
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
  }

  private static void line(StringBuilder text, String name, String labels, String value) {
    text.append(name)
        .append(labels.isEmpty() ? "" : "{" + labels + "}")
        .append(' ')
        .append(value)
        .append('\n');
  }

  private static String label(String name, String value) {
    return name
        + "=\""
        + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n")
        + "\"";
  }

  private static String seconds(Instant at) {
    return number(Duration.between(Instant.EPOCH, at).toMillis() / 1000.0);
  }

  /** At most three digits behind the point. */
  private static String number(double value) {
    return BigDecimal.valueOf(value)
        .setScale(3, RoundingMode.HALF_EVEN)
        .stripTrailingZeros()
        .toPlainString();
  }
}
