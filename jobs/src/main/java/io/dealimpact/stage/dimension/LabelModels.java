package io.dealimpact.stage.dimension;

import io.dealimpact.codec.ModelLabels;
import io.dealimpact.config.Configuration;
import io.dealimpact.lake.Dimensions;
import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.Tables;
import io.dealimpact.stage.Stage;
import io.dealimpact.stage.StageContext;
import io.dealimpact.stage.StageResult;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Names and formulas of the models that gold has rows of. */
public final class LabelModels implements Stage {
  @Override
  public String name() {
    return "label-models";
  }

  @Override
  public String summary() {
    return "models and measures of volume with their names and formulas, for people";
  }

  @Override
  public List<TableSpec> inputs() {
    // The other tables of events have the models of the fits.
    return List.of(
        Tables.MODEL_FITS,
        Tables.DEAL_IMPACT,
        Tables.STUDY_PATHS,
        Tables.STUDY_TESTS,
        Tables.CAR_REGRESSIONS,
        Tables.ROBUSTNESS);
  }

  @Override
  public Map<String, Object> settings(Configuration configuration) {
    return Map.of();
  }

  @Override
  public TableSpec output() {
    return Dimensions.MODEL;
  }

  @Override
  public StageResult run(StageContext context) {
    Dataset<Row> rows =
        Mentioned.in(context, inputs(), "model").map(new ModelLabels(), ModelLabels.encoder());
    context.lake().replaceAll(output(), rows, context.note());
    return StageResult.computed("");
  }
}
