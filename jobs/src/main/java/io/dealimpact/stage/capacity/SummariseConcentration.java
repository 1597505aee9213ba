package io.dealimpact.stage.capacity;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.try_divide;
import static org.apache.spark.sql.functions.when;

import io.dealimpact.capacity.CommitmentStatus;
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
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * How each customer's commitments are divided among its providers by the last change: one row a
 * customer, in dollars where any are known and else in GW, of what is announced or signed.
 */
public final class SummariseConcentration implements Stage {
  @Override
  public String name() {
    return "summarise-concentration";
  }

  @Override
  public String summary() {
    return "how concentrated each customer's providers are now, and the largest of them";
  }

  @Override
  public List<TableSpec> inputs() {
    return List.of(Tables.COMMITMENT_SHARES);
  }

  @Override
  public List<TableSpec> needs() {
    return List.of(Tables.COMMITMENT_SHARES);
  }

  @Override
  public Map<String, Object> settings(Configuration configuration) {
    return Map.of();
  }

  @Override
  public TableSpec output() {
    return Tables.CONCENTRATION_NOW;
  }

  @Override
  public StageResult run(StageContext context) {
    WindowSpec focal = Window.partitionBy("focal");
    Dataset<Row> shares =
        context
            .read(Tables.COMMITMENT_SHARES)
            .where(
                col("view")
                    .equalTo("customer")
                    .and(col("moment").equalTo("after"))
                    .and(col("status_floor").equalTo(CommitmentStatus.ANNOUNCED.code()))
                    .and(col("hhi_mid").isNotNull()));
    Dataset<Row> inOneMeasure =
        shares
            .withColumn("in_usd", max(col("measure").equalTo("usd")).over(focal))
            .where(col("measure").equalTo(when(col("in_usd"), "usd").otherwise("gw")))
            .withColumn("newest", max(col("as_of")).over(focal))
            .where(col("as_of").equalTo(col("newest")));
    Dataset<Row> rows =
        inOneMeasure
            .groupBy("focal", "measure", "status_floor", "as_of")
            .agg(
                first("hhi_low").as("hhi_low"),
                first("hhi_mid").as("hhi"),
                first("hhi_high").as("hhi_high"),
                count(lit(1)).as("counterparties"),
                max(struct(col("share_mid"), col("counterparty"))).as("largest"))
            .withColumn("effective_number", try_divide(lit(1.0), col("hhi")))
            .withColumn("top", col("largest.counterparty"))
            .withColumn("top_share", col("largest.share_mid"));
    context.lake().replaceAll(output(), rows, context.note());
    return StageResult.computed("");
  }
}
