package io.dealimpact.ask;

import static org.apache.spark.sql.functions.col;

import io.dealimpact.codec.RunLogCodec;
import io.dealimpact.config.Configuration;
import io.dealimpact.config.ConfigurationReader;
import io.dealimpact.lake.Lake;
import io.dealimpact.lake.Published;
import io.dealimpact.lake.Tables;
import io.dealimpact.row.RowReader;
import io.dealimpact.row.RowWriter;
import io.dealimpact.run.DealImpactException;
import io.dealimpact.run.Failures;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What changed between two published nights, and why: each headline figure that moved, from what to
 * what, and what it rests on that changed: the program, a setting, rows that were delivered,
 * restated or withdrawn.
 */
public final class NightDiff {
  /** What this prints. */
  private static final StructType MOVED =
      new StructType()
          .add("table_name", DataTypes.StringType)
          .add("subject", DataTypes.StringType)
          .add("figure", DataTypes.StringType)
          .add("before", DataTypes.StringType)
          .add("after", DataTypes.StringType)
          .add("kind", DataTypes.StringType)
          .add("cause", DataTypes.StringType);

  /** Settings that no figure depends on. */
  private static final List<String> PLACES = List.of("landing", "lake", "maintain.", "publish.");

  private final Lake lake;
  private final Configuration configuration;

  /**
   * Opens a lake for comparing its nights.
   *
   * @param spark a session with Delta's extension
   */
  public NightDiff(SparkSession spark, Configuration configuration) {
    this.lake = new Lake(spark, configuration.lake(), Lake.Writes.SUPPRESSED);
    this.configuration = configuration;
  }

  /**
   * One of the two nights.
   *
   * @param lake in the night's versions
   * @param program that published it; empty where the run log does not have it
   * @param settings by dotted key; none where the run log does not have them
   */
  record Side(Published night, Lake lake, String program, Map<String, String> settings) {}

  /**
   * Prints it.
   *
   * @param given none: the last two nights; one: that night and the one before it; two: these. Each
   *     is the number of a night, or the id of the run that published it
   * @throws DealImpactException if there is no such night, or it is no longer kept
   */
  public void print(
      List<String> given, ReadCommands.Format format, OptionalInt width, PrintStream out) {
    List<Published> pair = pair(Published.all(lake), given);
    List<Side> sides = sides(pair);
    Side before = sides.get(0);
    Side after = sides.get(1);
    NightCauses causes = NightCauses.of(before, after, changedSettings(before, after));
    List<MovedFigures.Moved> moved =
        new MovedFigures(before.lake(), after.lake(), configuration.study().headlineModel())
            .find(before.night(), after.night());
    if (format == ReadCommands.Format.TABLE) {
      out.print(heading(before, after, causes));
      if (moved.isEmpty()) {
        out.println("No headline figure moved.");
        return;
      }
      out.println("Headline figures that moved: " + moved.size() + "\n");
    }
    Map<String, Set<String>> parties = new TreeMap<>();
    for (MovedFigures.Moved figure : moved) {
      parties.computeIfAbsent(figure.deal(), deal -> new TreeSet<>()).add(figure.instrument());
    }
    RowWriter writer = new RowWriter(MOVED);
    List<Row> rows = new ArrayList<>();
    for (MovedFigures.Moved figure : moved) {
      NightCauses.Cause cause =
          causes.of(figure, configuration.study().benchmark(), parties.get(figure.deal()));
      rows.add(
          writer
              .row()
              .text("table_name", figure.table())
              .text("subject", figure.subject())
              .text("figure", figure.figure())
              .textOrNull("before", Objects.requireNonNullElse(figure.before(), ""))
              .textOrNull("after", Objects.requireNonNullElse(figure.after(), ""))
              .text("kind", cause.kind())
              .text("cause", cause.text())
              .build());
    }
    PrintedRows.print(
        lake.spark()
            .createDataFrame(rows, MOVED)
            .coalesce(1)
            .orderBy("table_name", "subject", "figure"),
        format,
        width,
        out);
  }

  private List<Published> pair(List<Published> nights, List<String> given) {
    if (nights.size() < 2) {
      throw Failures.tooFewNights(configuration.lake(), nights.size());
    }
    if (given.isEmpty()) {
      return nights.subList(nights.size() - 2, nights.size());
    }
    int last = index(nights, given.get(given.size() - 1));
    int first = given.size() == 2 ? index(nights, given.get(0)) : last - 1;
    if (first < 0) {
      throw Failures.nightNotKept(
          "the night before " + given.get(0), nights.get(0).night(), newest(nights));
    }
    return List.of(nights.get(first), nights.get(last));
  }

  private static int index(List<Published> nights, String given) {
    for (int i = 0; i < nights.size(); i++) {
      if (given.equals(Long.toString(nights.get(i).night()))
          || given.equals(nights.get(i).runId())) {
        return i;
      }
    }
    throw Failures.nightNotKept(given, nights.get(0).night(), newest(nights));
  }

  private static long newest(List<Published> nights) {
    return nights.get(nights.size() - 1).night();
  }

  private List<Side> sides(List<Published> nights) {
    Map<String, RowReader.Cells> runs = new TreeMap<>();
    if (lake.exists(Tables.RUN_LOG)) {
      List<String> columns = List.of("run_id", "program_version", "program_build", "configuration");
      List<Row> rows =
          lake.read(Tables.RUN_LOG)
              .where(col("stage").equalTo(RunLogCodec.WHOLE_RUN))
              .where(col("run_id").isin(nights.stream().map(Published::runId).toArray()))
              .select(columns.stream().map(name -> col(name)).toArray(Column[]::new))
              .collectAsList();
      for (Row row : rows) {
        RowReader.Cells cells = RowReader.of(row.schema()).at(row);
        runs.put(cells.text("run_id"), cells);
      }
    }
    return nights.stream()
        .map(
            night -> {
              RowReader.Cells run = runs.get(night.runId());
              String settings = run == null ? "" : run.textOrEmpty("configuration");
              return new Side(
                  night,
                  lake.at(night.versions()),
                  run == null
                      ? ""
                      : run.textOrEmpty("program_version") + "+" + run.textOrEmpty("program_build"),
                  settings.isEmpty() ? Map.of() : new ConfigurationReader().values(settings));
            })
        .toList();
  }

  /** Settings that differ and that figures may depend on, as {@code key: before → after}. */
  private static List<String> changedSettings(Side before, Side after) {
    if (before.settings().isEmpty() || after.settings().isEmpty()) {
      return List.of();
    }
    TreeSet<String> keys = new TreeSet<>(before.settings().keySet());
    keys.addAll(after.settings().keySet());
    return keys.stream()
        .filter(key -> PLACES.stream().noneMatch(key::startsWith))
        .filter(key -> !Objects.equals(before.settings().get(key), after.settings().get(key)))
        .map(
            key ->
                key
                    + ": "
                    + before.settings().getOrDefault(key, "(none)")
                    + " → "
                    + after.settings().getOrDefault(key, "(none)"))
        .toList();
  }

  private static String heading(Side before, Side after, NightCauses causes) {
    StringBuilder text = new StringBuilder();
    for (Side side : List.of(before, after)) {
      text.append("Night ")
          .append(side.night().night())
          .append(", published ")
          .append(side.night().publishedAt())
          .append(" by the run ")
          .append(side.night().runId())
          .append('\n');
    }
    text.append("\nWhat changed\n");
    List<String> lines = causes.all();
    if (lines.isEmpty()) {
      text.append("  no input, setting or program\n");
    }
    lines.forEach(line -> text.append("  ").append(line).append('\n'));
    return text.append('\n').toString();
  }
}
