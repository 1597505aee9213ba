package io.dealimpact.stage.conform;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;

import io.dealimpact.config.Configuration;
import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.Tables;
import io.dealimpact.quality.CheckedRows;
import io.dealimpact.stage.Stage;
import io.dealimpact.stage.StageContext;
import io.dealimpact.stage.StageResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Trading days of which an instrument's bar is in quarantine: a study must not take them for days
 * without trade.
 */
public final class ConformRefusedBars implements Stage {
  private final ConformBarRows rows;

  /**
   * @param rows shared with the stage of the bars
   */
  public ConformRefusedBars(ConformBarRows rows) {
    this.rows = rows;
  }

  @Override
  public String name() {
    return "conform-refused-bars";
  }

  @Override
  public String summary() {
    return "trading days whose bar is in quarantine";
  }

  @Override
  public List<TableSpec> inputs() {
    List<TableSpec> inputs = new ArrayList<>(ConformBars.sources());
    inputs.add(Tables.BARS);
    return inputs;
  }

  @Override
  public Map<String, Object> settings(Configuration configuration) {
    return ConformBars.reads(configuration);
  }

  @Override
  public TableSpec output() {
    return Tables.REFUSED_BARS;
  }

  @Override
  public StageResult run(StageContext context) {
    CheckedRows checked = rows.of(context);
    Dataset<Row> refused =
        checked
            .broken()
            .where(
                col("instrument_id")
                    .isNotNull()
                    .and(col("trade_date").isNotNull())
                    .and(col("rule").notEqual("not-a-trading-day")))
            .groupBy("instrument_id", "trade_date")
            .agg(min(struct(col("rule"), col("message"))).as("first"))
            .select(
                col("instrument_id"),
                col("trade_date"),
                col("first.rule").as("rule"),
                col("first.message").as("message"))
            .join(
                context.read(Tables.BARS).select("instrument_id", "trade_date"),
                new String[] {"instrument_id", "trade_date"},
                "left_anti");
    StageResult result = ConformOutput.writeOnly(context, output(), refused);
    rows.close();
    return result;
  }
}
