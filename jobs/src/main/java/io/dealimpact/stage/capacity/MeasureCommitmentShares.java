package io.dealimpact.stage.capacity;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_remove;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_from_unix_date;
import static org.apache.spark.sql.functions.split;
import static org.apache.spark.sql.functions.when;

import io.dealimpact.codec.CommitmentRows;
import io.dealimpact.codec.FocalCommitments;
import io.dealimpact.codec.ShareTimeline;
import io.dealimpact.config.Configuration;
import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.Tables;
import io.dealimpact.stage.Stage;
import io.dealimpact.stage.StageContext;
import io.dealimpact.stage.StageResult;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/** Who depends on whom: every organisation's commitments by counterparty, before and after. */
public final class MeasureCommitmentShares implements Stage {
  @Override
  public String name() {
    return "measure-commitment-shares";
  }

  @Override
  public String summary() {
    return "each organisation's commitments by counterparty, shares and HHI, before and after";
  }

  @Override
  public List<TableSpec> inputs() {
    return List.of(Tables.CAPACITY_COMMITMENTS, Tables.GPU_MODELS);
  }

  @Override
  public List<TableSpec> needs() {
    return List.of(Tables.CAPACITY_COMMITMENTS);
  }

  @Override
  public Map<String, Object> settings(Configuration configuration) {
    return Map.of("capacity.as_of", configuration.capacity().asOf());
  }

  @Override
  public TableSpec output() {
    return Tables.COMMITMENT_SHARES;
  }

  @Override
  public StageResult run(StageContext context) {
    Dataset<Row> versions = CapacityInputs.known(context).select(CommitmentRows.columns());
    FocalCommitments focals = new FocalCommitments(versions.schema());
    Dataset<Row> byFocal =
        versions
            .groupBy(col("commitment_id"))
            .as(Encoders.STRING(), Encoders.row(versions.schema()))
            .flatMapGroups(focals, focals.encoder());
    Dataset<Row> shares =
        byFocal
            .groupBy(col("view"), col("focal"))
            .as(ShareTimeline.keyEncoder(), focals.encoder())
            .flatMapGroups(
                new ShareTimeline(focals.schema(), CapacityInputs.catalogue(context)),
                ShareTimeline.encoder())
            .withColumn("as_of", date_from_unix_date(col("as_of_day")))
            .withColumn("deals", array_remove(split(col("deal_ids"), ","), ""))
            .withColumn(
                "counterparties",
                when(col("kind").equalTo("joint"), split(col("counterparty"), " \\+ "))
                    .otherwise(array(col("counterparty"))));
    context.lake().replaceAll(output(), shares, context.note());
    return StageResult.computed("");
  }
}
