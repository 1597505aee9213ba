package io.dealimpact.stage;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;

import io.dealimpact.codec.GroupStates;
import io.dealimpact.config.Configuration.StudySettings;
import io.dealimpact.lake.Tables;
import io.dealimpact.study.EventWindow;
import io.dealimpact.study.GroupSpec;
import io.dealimpact.study.StudyPlan;
import io.dealimpact.study.TestVariant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.StorageLevel;

/**
 * One state of tests for each group of events and model, computed once a run: what gold.study_tests
 * and gold.study_paths are read from.
 */
final class GroupFrame implements AutoCloseable {
  /** Groups that leave out events with other news in any of the study's windows. */
  private static final String UNCONFOUNDED = "unconfounded";

  private final StudyFrame study;
  private Dataset<Row> states;

  GroupFrame(StudyFrame study) {
    this.study = study;
  }

  /** One row for each group and model: group_name, group_value, model, state. */
  Dataset<Row> states(StageContext context) {
    if (states == null) {
      states = merge(context).persist(StorageLevel.MEMORY_AND_DISK());
    }
    return states;
  }

  @Override
  public void close() {
    if (states != null) {
      states.unpersist();
      states = null;
    }
  }

  private Dataset<Row> merge(StageContext context) {
    StudySettings settings = context.configuration().study();
    Dataset<Row> events =
        study
            .measured(context)
            .where(col("sample").isNotNull())
            .select(explode(groups(settings.groups())).as("g"), col("model"), col("sample"))
            .where(col("g.group_value").isNotNull())
            .select(col("g.group_name"), col("g.group_value"), col("model"), col("sample"));
    return events
        .mapPartitions(GroupStates.adding(spec(context, settings)), GroupStates.stateEncoder())
        .groupBy(col("group_name"), col("group_value"), col("model"))
        .as(GroupStates.keyEncoder(), GroupStates.stateEncoder())
        .flatMapGroups(GroupStates.merging(), GroupStates.stateEncoder());
  }

  private static Column groups(List<String> names) {
    return array(
        names.stream()
            .map(
                name ->
                    struct(
                        lit(name).as("group_name"), group(name).cast("string").as("group_value")))
            .toArray(Column[]::new));
  }

  private static Column group(String name) {
    return switch (name) {
      case "all" -> lit("all");
      case UNCONFOUNDED ->
          functions.when(
              functions.not(
                  functions.exists(
                      col("windows"), w -> coalesce(w.getField("is_confounded"), lit(false)))),
              lit("all"));
      default -> col(name);
    };
  }

  private static GroupStates.SpecSource spec(StageContext context, StudySettings settings) {
    StudyPlan plan = StudyPlans.of(settings);
    int[] tradingDays =
        context
            .read(Tables.BARS)
            .where(col("instrument_id").equalTo(settings.benchmark()))
            .select(functions.unix_date(col("trade_date")).as("day"))
            .orderBy("day")
            .as(Encoders.INT())
            .collectAsList()
            .stream()
            .mapToInt(Integer::intValue)
            .toArray();
    int replicates = settings.bootstrap().replicates();
    long seed = settings.bootstrap().seed();
    List<String> variants = new ArrayList<>(settings.variants());
    EventWindow axis = axis(plan);
    return () ->
        GroupSpec.of(
                axis,
                new EventWindow(plan.estimation().start(), plan.estimation().end()),
                plan.windows())
            .returns(plan.returns())
            .tradingDays(tradingDays)
            .bootstrap(replicates, seed)
            .confidence(plan.confidence())
            .with(variants.stream().map(GroupFrame::variant).toArray(TestVariant[]::new))
            .build();
  }

  private static EventWindow axis(StudyPlan plan) {
    List<EventWindow> all =
        Stream.concat(Stream.of(plan.eventWindow()), plan.windows().stream()).toList();
    IntStream starts = all.stream().mapToInt(EventWindow::start);
    IntStream ends = all.stream().mapToInt(EventWindow::end);
    return new EventWindow(starts.min().orElseThrow(), ends.max().orElseThrow());
  }

  static TestVariant variant(String label) {
    for (TestVariant variant : TestVariant.values()) {
      if (variant.label().equals(label)) {
        return variant;
      }
    }
    throw new IllegalArgumentException("no variant " + label);
  }
}
