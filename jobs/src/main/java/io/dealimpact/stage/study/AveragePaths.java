package io.dealimpact.stage.study;

import static org.apache.spark.sql.functions.lit;

import io.dealimpact.codec.GroupStates;
import io.dealimpact.config.Configuration;
import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.Tables;
import io.dealimpact.stage.Stage;
import io.dealimpact.stage.StageContext;
import io.dealimpact.stage.StageResult;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Average abnormal returns of groups of events, day by day. */
public final class AveragePaths implements Stage {
  private final EventGroups groups;

  public AveragePaths(EventGroups groups) {
    this.groups = groups;
  }

  @Override
  public String name() {
    return "average-paths";
  }

  @Override
  public String summary() {
    return "average and cumulative average abnormal returns by relative day";
  }

  @Override
  public List<TableSpec> inputs() {
    return MeasuredEvents.inputs();
  }

  @Override
  public Map<String, Object> settings(Configuration configuration) {
    return StudyReads.grouping(configuration.study());
  }

  @Override
  public TableSpec output() {
    return Tables.STUDY_PATHS;
  }

  @Override
  public StageResult run(StageContext context) {
    String study = context.configuration().study().name();
    Dataset<Row> states = groups.states(context);
    context
        .lake()
        .replaceAll(
            output(),
            states
                .flatMap(GroupStates.paths(states.schema()), GroupStates.pathEncoder())
                .withColumn("study", lit(study)),
            context.note());
    return StageResult.computed("");
  }
}
