package io.dealimpact.stage.dimension;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;

import io.dealimpact.config.Configuration;
import io.dealimpact.lake.Dimensions;
import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.Tables;
import io.dealimpact.stage.Stage;
import io.dealimpact.stage.StageContext;
import io.dealimpact.stage.StageResult;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Names and labels of instruments: all of silver, and those that other tables name alone. */
public final class LabelInstruments implements Stage {
  @Override
  public String name() {
    return "label-instruments";
  }

  @Override
  public String summary() {
    return "instruments with their names, tickers and sectors, for people";
  }

  @Override
  public List<TableSpec> inputs() {
    // The years of bars name the same instruments as the bars, in fewer rows.
    return List.of(Tables.INSTRUMENTS, Tables.SERIES, Tables.EVENT_IMPACT, Tables.ROBUSTNESS);
  }

  @Override
  public Map<String, Object> settings(Configuration configuration) {
    return Map.of();
  }

  @Override
  public TableSpec output() {
    return Dimensions.INSTRUMENT;
  }

  @Override
  public StageResult run(StageContext context) {
    Dataset<Row> instruments = context.read(Tables.INSTRUMENTS);
    Dataset<Row> markets =
        Mentioned.in(context, List.of(Tables.EVENT_IMPACT, Tables.ROBUSTNESS), "benchmark")
            .withColumnRenamed("benchmark", "instrument_id");
    Dataset<Row> ids =
        Mentioned.in(context, List.of(Tables.SERIES, Tables.EVENT_IMPACT), "instrument_id")
            .union(markets)
            .union(instruments.select("instrument_id"))
            .distinct();
    Column name = coalesce(col("organisation"), col("name"));
    Dataset<Row> rows =
        ids.join(instruments, "instrument_id", "left")
            .withColumn(
                "label",
                coalesce(
                    concat(name, lit(" ("), col("ticker"), lit(")")),
                    col("ticker"),
                    col("instrument_id")));
    context.lake().replaceAll(output(), rows, context.note());
    return StageResult.computed("");
  }
}
