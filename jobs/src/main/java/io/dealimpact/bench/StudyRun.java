package io.dealimpact.bench;

import io.dealimpact.config.ConfigurationReader;
import io.dealimpact.lake.Lake;
import io.dealimpact.run.RunContext;
import io.dealimpact.stage.Stage;
import io.dealimpact.stage.StageContext;
import io.dealimpact.stage.conform.ConformSeries;
import io.dealimpact.stage.study.AveragePaths;
import io.dealimpact.stage.study.CompareChoices;
import io.dealimpact.stage.study.EventGroups;
import io.dealimpact.stage.study.FitModels;
import io.dealimpact.stage.study.FlattenEvents;
import io.dealimpact.stage.study.MeasureDailyMoves;
import io.dealimpact.stage.study.MeasureDays;
import io.dealimpact.stage.study.MeasureDeals;
import io.dealimpact.stage.study.MeasureEvents;
import io.dealimpact.stage.study.MeasuredEvents;
import io.dealimpact.stage.study.RegressCars;
import io.dealimpact.stage.study.TestGroups;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/** The study by the program's own stages, from silver to gold, in the settings of the benchmark. */
final class StudyRun {
  private static final List<String> SETTINGS =
      List.of(
          "study.benchmark=" + SyntheticMarket.BENCHMARK,
          "study.models=[market-model]",
          "study.windows=[[-10, 10]]",
          "study.event_window=[-10, 10]",
          "study.headline_model=market-model",
          "study.other_events=keep",
          "study.groups=[all]",
          "study.tests=[patell, bmp]",
          "study.placebo=none",
          "study.measures=[returns]",
          "study.bootstrap.replicates=0",
          "study.robustness.benchmarks=[]");

  private static final List<String> DEFAULTS =
      List.of("study.benchmark=" + SyntheticMarket.BENCHMARK);

  private StudyRun() {}

  static Lake lake(SparkSession spark, Path folder) {
    return new Lake(spark, folder.toString(), Lake.Writes.ALLOWED);
  }

  /**
   * Makes the last table of silver that the study reads: the bars packed by instrument and year.
   */
  static void pack(SparkSession spark, Path lake) {
    new ConformSeries().run(context(spark, lake, SETTINGS));
  }

  private static StageContext context(SparkSession spark, Path lake, List<String> settings) {
    List<String> all = new ArrayList<>(settings);
    all.add("lake=" + lake);
    return new StageContext(
        lake(spark, lake),
        new ConfigurationReader().read(Optional.empty(), all),
        RunContext.begin(
            Clock.systemUTC(), "bench", RunContext.Effect.WRITE, RunContext.DateRange.ALWAYS),
        "bench");
  }

  /**
   * Runs the stages; the time of each by its name, in order.
   *
   * @param study what is computed
   * @param settings beside those of the benchmark
   */
  static Map<String, Stopwatch.Time> run(
      SparkSession spark, Path lake, Benchmarks.Study study, List<String> settings) {
    List<String> all =
        new ArrayList<>(
            switch (study) {
              case PLAIN -> SETTINGS;
              case FULL -> DEFAULTS;
            });
    all.addAll(settings);
    StageContext context = context(spark, lake, all);
    Map<String, Stopwatch.Time> times = new LinkedHashMap<>();
    try (MeasuredEvents events = new MeasuredEvents();
        EventGroups groups = new EventGroups(events)) {
      List<Stage> plain =
          List.of(
              new FitModels(events),
              MeasureDays.returns(events),
              new MeasureEvents(events),
              new AveragePaths(groups),
              new TestGroups(groups));
      List<Stage> further =
          List.of(
              new MeasureDailyMoves(),
              new FlattenEvents(),
              new MeasureDeals(events),
              MeasureDays.volume(events),
              MeasureDays.volatility(events),
              new RegressCars(events),
              new CompareChoices(events, groups));
      List<Stage> stages = new ArrayList<>(plain);
      if (study == Benchmarks.Study.FULL) {
        events.compareChoices(() -> true);
        stages.addAll(further);
      }
      for (Stage stage : stages) {
        times.put(stage.name(), Stopwatch.time(() -> stage.run(context)));
      }
    }
    return times;
  }
}
