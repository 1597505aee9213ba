package io.dealimpact.stage.study;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.dealimpact.codec.GroupStates;
import io.dealimpact.row.Columns;
import io.dealimpact.row.KeptRows;
import io.dealimpact.stage.StageContext;
import java.util.IdentityHashMap;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * One state of tests for each group of events and model, computed once a run: what gold.study_tests
 * and gold.study_paths are read from. Beside the return models it has the events' abnormal volume
 * (model log-turnover or log-volume) and volatility (volatility:MODEL), without bootstraps. A group
 * of which no event could be measured has a state too: without events.
 */
public final class EventGroups implements AutoCloseable {
  private static final String[] KEY = {"choice", "group_name", "group_value", "model"};
  private static final Column IS_OWN = col("choice").equalTo(0);

  private final MeasuredEvents study;
  private final IdentityHashMap<MeasuredEvents.Pass, Dataset<Row>> states = new IdentityHashMap<>();
  private final IdentityHashMap<MeasuredEvents.Pass, Dataset<Row>> bothStates =
      new IdentityHashMap<>();

  public EventGroups(MeasuredEvents study) {
    this.study = study;
  }

  /**
   * One row for each group and measure of the study: choice, group_name, group_value, model, state.
   * Made once a run: stages that run side by side share it.
   */
  Dataset<Row> states(StageContext context) {
    return states(context, study.pass(context)).where(IS_OWN);
  }

  /**
   * The same with the state of the second pass: choice, group_name, group_value, model, state,
   * rank_state; NULL where no test needs it.
   */
  Dataset<Row> bothStates(StageContext context) {
    return bothStates(context, study.pass(context)).where(IS_OWN);
  }

  /** The same of the study and of all choices beside it. */
  Dataset<Row> bothStatesOfChoices(StageContext context) {
    return bothStates(context, study.passOfChoices(context));
  }

  private synchronized Dataset<Row> states(StageContext context, MeasuredEvents.Pass pass) {
    return states.computeIfAbsent(pass, p -> KeptRows.of(states(context, p.cells())));
  }

  private synchronized Dataset<Row> bothStates(StageContext context, MeasuredEvents.Pass pass) {
    Dataset<Row> first = states(context, pass);
    return bothStates.computeIfAbsent(pass, p -> KeptRows.of(both(context, p, first)));
  }

  private static Dataset<Row> states(StageContext context, Dataset<Row> cells) {
    Dataset<Row> merged =
        cells
            .groupBy(GroupStates.cellKey())
            .as(GroupStates.cellKeyEncoder(), GroupStates.cellEncoder())
            .flatMapGroups(GroupStates.mergingCells(), GroupStates.cellEncoder())
            .flatMap(GroupStates.toGroups(groupings(context)), GroupStates.stateEncoder());
    return merge(merged, GroupStates.merging());
  }

  /** The second pass ranks every event once more, by the spread that the first found. */
  private static Dataset<Row> both(
      StageContext context, MeasuredEvents.Pass pass, Dataset<Row> first) {
    if (!StudyPlans.hasSecondPass(context.configuration().study())) {
      return first.withColumn("rank_state", lit(null).cast("binary"));
    }
    List<Row> spreads =
        first.map(GroupStates.spreads(first.schema()), GroupStates.spreadEncoder()).collectAsList();
    Dataset<Row> second =
        merge(pass.ranks(spreads), GroupStates.mergingRanks())
            .withColumnRenamed("state", "rank_state");
    return first
        .join(second, KEY)
        .select("choice", "group_name", "group_value", "model", "state", "rank_state");
  }

  @Override
  public synchronized void close() {
    bothStates.values().forEach(Dataset::unpersist);
    bothStates.clear();
    states.values().forEach(Dataset::unpersist);
    states.clear();
  }

  private static Dataset<Row> merge(
      Dataset<Row> partial, FlatMapGroupsFunction<Row, Row, Row> merging) {
    return partial
        .groupBy(Columns.named(List.of(KEY)))
        .as(GroupStates.keyEncoder(), GroupStates.stateEncoder())
        .flatMapGroups(merging, GroupStates.stateEncoder());
  }

  private static List<String> groupings(StageContext context) {
    return context.configuration().study().groups();
  }
}
