package io.dealimpact.stage.study;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_from_unix_date;

import io.dealimpact.config.Configuration;
import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.Tables;
import io.dealimpact.stage.Stage;
import io.dealimpact.stage.StageContext;
import io.dealimpact.stage.StageResult;
import java.util.List;
import java.util.Map;

/** How each model fitted before each event. */
public final class FitModels implements Stage {
  private final MeasuredEvents study;

  public FitModels(MeasuredEvents study) {
    this.study = study;
  }

  @Override
  public String name() {
    return "fit-models";
  }

  @Override
  public String summary() {
    return "coefficients, sigma and status of every model before every event";
  }

  @Override
  public List<TableSpec> inputs() {
    return MeasuredEvents.inputs();
  }

  @Override
  public Map<String, Object> settings(Configuration configuration) {
    return StudyReads.measuring(configuration.study());
  }

  @Override
  public boolean computesRanges() {
    return true;
  }

  @Override
  public TableSpec output() {
    return Tables.MODEL_FITS;
  }

  @Override
  public StageResult run(StageContext context) {
    GoldWriter.writeEvents(
        context,
        output(),
        GoldWriter.inRange(context, study.measured(context))
            .withColumn("estimation_start", date_from_unix_date(col("estimation_start_day")))
            .withColumn("estimation_end", date_from_unix_date(col("estimation_end_day"))),
        study.measured(context));
    return StageResult.computed("");
  }
}
