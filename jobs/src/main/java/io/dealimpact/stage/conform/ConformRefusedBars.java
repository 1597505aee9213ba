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

  /** Reads quarantine where that is of the feed as it is now; else the feed is checked for it. */
  @Override
  public StageResult run(StageContext context) {
    if (BarBase.isOfNow(context)) {
      return write(context, BarBase.quarantined(context));
    }
    try (CheckedRows checked = ConformBars.check(context)) {
      return write(context, checked.quarantined());
    }
  }

  private StageResult write(StageContext context, Dataset<Row> quarantined) {
    Dataset<Row> refused =
        quarantined
            .where(
                col("instrument_id")
                    .isNotNull()
                    .and(col("trade_date").isNotNull())
                    .and(CheckedRows.isBroken(col("rule")))
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
    return ConformOutput.writeOnly(context, output(), refused);
  }
}
