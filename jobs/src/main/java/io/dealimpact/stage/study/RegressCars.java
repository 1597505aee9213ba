package io.dealimpact.stage.study;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;

import io.dealimpact.codec.CarRegressions;
import io.dealimpact.config.Configuration;
import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.Tables;
import io.dealimpact.stage.Stage;
import io.dealimpact.stage.StageContext;
import io.dealimpact.stage.StageResult;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;

/** What explains the CARs: their regression on what is known of the events. */
public final class RegressCars implements Stage {
  private final MeasuredEvents study;

  public RegressCars(MeasuredEvents study) {
    this.study = study;
  }

  @Override
  public String name() {
    return "regress-cars";
  }

  @Override
  public String summary() {
    return "CAR on deal value by kind, role and covariates, errors HC1, HC3 and by day";
  }

  @Override
  public List<TableSpec> inputs() {
    return MeasuredEvents.inputs();
  }

  @Override
  public Map<String, Object> settings(Configuration configuration) {
    return StudyReads.regressing(configuration.study());
  }

  @Override
  public TableSpec output() {
    return Tables.CAR_REGRESSIONS;
  }

  @Override
  public StageResult run(StageContext context) {
    context
        .lake()
        .replaceAll(
            output(),
            study
                .measured(context)
                .select(
                    col("model"),
                    col("event_id"),
                    col("role"),
                    col("event_day"),
                    col("deal_usd"),
                    col("value_type"),
                    col("is_primary"),
                    col("attributes"),
                    explode(col("windows")).as("w"))
                .where(col("is_primary").and(col("w.car").isNotNull()).and(isOfStudy(context)))
                .select(col("*"), col("w.*"))
                .select(CarRegressions.inputColumns())
                .groupBy(CarRegressions.keyColumns())
                .as(CarRegressions.keyEncoder(), CarRegressions.inputEncoder())
                .flatMapSortedGroups(
                    new Column[] {col("event_id")},
                    new CarRegressions(context.configuration().study().covariates()),
                    CarRegressions.encoder())
                .withColumn("study", lit(context.configuration().study().name())),
            context.note());
    return StageResult.computed("");
  }

  private static Column isOfStudy(StageContext context) {
    return StudyPlans.isOfStudy(context.configuration().study(), col("w"));
  }
}
