package io.dealimpact.stage.study;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;

import io.dealimpact.codec.GroupStates;
import io.dealimpact.codec.GroupStates.Measure;
import io.dealimpact.config.Configuration.StudySettings;
import io.dealimpact.lake.Tables;
import io.dealimpact.stage.StageContext;
import io.dealimpact.study.event.StudyPlan;
import io.dealimpact.study.group.GroupSpec;
import io.dealimpact.study.group.TestVariant;
import io.dealimpact.study.market.EventWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.StorageLevel;

/**
 * One state of tests for each group of events and model, computed once a run: what gold.study_tests
 * and gold.study_paths are read from. Beside the return models it has the events' abnormal volume
 * (model log-turnover or log-volume) and volatility (volatility:MODEL), without bootstraps. A group
 * of which no event could be measured has a state too: without events.
 */
public final class EventGroups implements AutoCloseable {
  /** Groups that leave out events with other news in any of the study's windows. */
  private static final String UNCONFOUNDED = "unconfounded";

  private static final Column GROUP_NAME = col("group_name");
  private static final Column GROUP_VALUE = col("group_value");
  private static final Column MODEL = col("model");
  private static final String[] KEY = {"group_name", "group_value", "model"};

  private final MeasuredEvents study;
  private Dataset<Row> states;

  public EventGroups(MeasuredEvents study) {
    this.study = study;
  }

  /** One row for each group and model: group_name, group_value, model, state. */
  synchronized Dataset<Row> states(StageContext context) {
    if (states == null) {
      states =
          first(events(context), spec(context, replicates(context)))
              .union(first(measures(context), spec(context, 0)))
              .persist(StorageLevel.MEMORY_AND_DISK());
    }
    return states;
  }

  /**
   * The same with the state of the second pass: group_name, group_value, model, state, rank_state.
   */
  Dataset<Row> bothStates(StageContext context) {
    return both(
        events(context).union(measures(context)),
        states(context),
        spec(context, replicates(context)));
  }

  /** Both states of other measurements of the events, without simulated null distributions. */
  static Dataset<Row> bothStatesOf(StageContext context, Dataset<Row> measured) {
    Dataset<Row> events = events(context, measured);
    GroupStates.SpecSource spec = spec(context, 0);
    return both(events, first(events, spec), spec);
  }

  private static Dataset<Row> first(Dataset<Row> events, GroupStates.SpecSource spec) {
    return merge(
        events.mapPartitions(GroupStates.adding(events.schema(), spec), GroupStates.stateEncoder()),
        GroupStates.merging());
  }

  /** The second pass ranks every event once more, by the spread that the first found. */
  private static Dataset<Row> both(
      Dataset<Row> events, Dataset<Row> first, GroupStates.SpecSource spec) {
    List<Row> spreads =
        first.map(GroupStates.spreads(first.schema()), GroupStates.spreadEncoder()).collectAsList();
    Dataset<Row> second =
        merge(
                events.mapPartitions(
                    GroupStates.ranking(events.schema(), spec, spreads),
                    GroupStates.stateEncoder()),
                GroupStates.mergingRanks())
            .withColumnRenamed("state", "rank_state");
    return first
        .join(second, KEY)
        .select(GROUP_NAME, GROUP_VALUE, MODEL, col("state"), col("rank_state"));
  }

  @Override
  public synchronized void close() {
    if (states != null) {
      states.unpersist();
      states = null;
    }
  }

  private Dataset<Row> events(StageContext context) {
    return events(context, study.measured(context));
  }

  /** Every event, those that could not be measured with a sample of NULL. */
  private static Dataset<Row> events(StageContext context, Dataset<Row> measured) {
    return grouped(context, measured, MODEL, Measure.AS_SAMPLED, col("sample"));
  }

  /** Abnormal volume and volatility of the same events, in the place of their returns. */
  private Dataset<Row> measures(StageContext context) {
    Dataset<Row> measured = study.measured(context).where(col("volume_measure").isNotNull());
    return grouped(
            context, measured, col("volume_measure"), Measure.AS_SAMPLED, col("volume_sample"))
        .unionByName(
            grouped(
                context,
                study.measured(context),
                concat(lit("volatility:"), MODEL),
                Measure.VOLATILITY,
                col("sample")));
  }

  private static Dataset<Row> grouped(
      StageContext context, Dataset<Row> measured, Column model, Measure measure, Column sample) {
    return measured
        .select(
            explode(groups(context.configuration().study().groups())).as("g"),
            model.as("model"),
            lit(measure.name()).as("measure"),
            sample.as("sample"))
        .where(col("g.group_value").isNotNull())
        .select(col("g.group_name"), col("g.group_value"), MODEL, col("measure"), col("sample"));
  }

  private static int replicates(StageContext context) {
    return context.configuration().study().bootstrap().replicates();
  }

  private static Dataset<Row> merge(
      Dataset<Row> partial, FlatMapGroupsFunction<Row, Row, Row> merging) {
    return partial
        .groupBy(GROUP_NAME, GROUP_VALUE, MODEL)
        .as(GroupStates.keyEncoder(), GroupStates.stateEncoder())
        .flatMapGroups(merging, GroupStates.stateEncoder());
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

  private static GroupStates.SpecSource spec(StageContext context, int replicates) {
    StudySettings settings = context.configuration().study();
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
            .with(variants.stream().map(StudyPlans::variant).toArray(TestVariant[]::new))
            .build();
  }

  private static EventWindow axis(StudyPlan plan) {
    List<EventWindow> all =
        Stream.concat(Stream.of(plan.eventWindow()), plan.windows().stream()).toList();
    IntStream starts = all.stream().mapToInt(EventWindow::start);
    IntStream ends = all.stream().mapToInt(EventWindow::end);
    return new EventWindow(starts.min().orElseThrow(), ends.max().orElseThrow());
  }
}
