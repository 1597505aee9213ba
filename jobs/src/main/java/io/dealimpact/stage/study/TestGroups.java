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

/** Tests over groups of events. */
public final class TestGroups implements Stage {
  private final EventGroups groups;

  public TestGroups(EventGroups groups) {
    this.groups = groups;
  }

  @Override
  public String name() {
    return "test-groups";
  }

  @Override
  public String summary() {
    return "every test over every group of events, p adjusted for their number";
  }

  @Override
  public List<TableSpec> inputs() {
    return MeasuredEvents.inputs();
  }

  @Override
  public Map<String, Object> settings(Configuration configuration) {
    return StudyReads.testing(configuration.study());
  }

  @Override
  public TableSpec output() {
    return Tables.STUDY_TESTS;
  }

  @Override
  public StageResult run(StageContext context) {
    String study = context.configuration().study().name();
    Dataset<Row> states = groups.bothStates(context);
    context
        .lake()
        .replaceAll(
            output(),
            states
                .flatMap(GroupStates.tests(states.schema()), GroupStates.testEncoder())
                .withColumn("study", lit(study)),
            context.note());
    return StageResult.computed("");
  }
}
