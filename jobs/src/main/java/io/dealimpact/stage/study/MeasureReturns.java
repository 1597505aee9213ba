package io.dealimpact.stage.study;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_from_unix_date;
import static org.apache.spark.sql.functions.explode;

import io.dealimpact.config.Configuration;
import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.Tables;
import io.dealimpact.stage.Stage;
import io.dealimpact.stage.StageContext;
import io.dealimpact.stage.StageResult;
import java.util.List;
import java.util.Map;

/** Expected and abnormal returns, day by day around each event. */
public final class MeasureReturns implements Stage {
  private final MeasuredEvents study;

  public MeasureReturns(MeasuredEvents study) {
    this.study = study;
  }

  @Override
  public String name() {
    return "measure-returns";
  }

  @Override
  public String summary() {
    return "expected, abnormal and standardised abnormal returns by relative day";
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
    return Tables.ABNORMAL_RETURNS;
  }

  @Override
  public StageResult run(StageContext context) {
    GoldWriter.writeEvents(
        context,
        output(),
        GoldWriter.inRange(context, study.measured(context))
            .select(col("event_id"), col("model"), explode(col("days")).as("d"))
            .select(
                col("event_id"),
                col("model"),
                col("d.*"),
                date_from_unix_date(col("d.day")).as("trade_date")),
        study.measured(context));
    return StageResult.computed("");
  }
}
