package io.dealimpact.stage.study;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_from_unix_date;

import io.dealimpact.codec.EventVolatility;
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

/** How large the moves around each event were, whatever their sign. */
public final class MeasureVolatility implements Stage {
  private final MeasuredEvents study;

  public MeasureVolatility(MeasuredEvents study) {
    this.study = study;
  }

  @Override
  public String name() {
    return "measure-volatility";
  }

  @Override
  public String summary() {
    return "squared standardised abnormal returns by relative day";
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
  public TableSpec output() {
    return Tables.ABNORMAL_VOLATILITY;
  }

  @Override
  public StageResult run(StageContext context) {
    Dataset<Row> measured =
        GoldWriter.inRange(context, study.measured(context))
            .select("event_id", "model", "status", "status_reason", "days", "sample");
    GoldWriter.writeEvents(
        context,
        output(),
        measured
            .flatMap(EventVolatility.days(measured.schema()), EventVolatility.encoder())
            .withColumn("trade_date", date_from_unix_date(col("day"))),
        study.measured(context));
    return StageResult.computed("");
  }
}
