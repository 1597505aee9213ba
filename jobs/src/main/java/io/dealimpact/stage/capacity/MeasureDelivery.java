package io.dealimpact.stage.capacity;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.date_from_unix_date;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.unix_date;

import io.dealimpact.codec.CommitmentRows;
import io.dealimpact.codec.Deliveries;
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

/** What was promised for each quarter, by vintage, beside what was seen in operation. */
public final class MeasureDelivery implements Stage {
  @Override
  public String name() {
    return "measure-delivery";
  }

  @Override
  public String summary() {
    return "power promised for each quarter, by vintage, beside what was built, and the slip";
  }

  @Override
  public List<TableSpec> inputs() {
    return List.of(Tables.CAPACITY_COMMITMENTS, Tables.SITES);
  }

  @Override
  public List<TableSpec> needs() {
    return List.of(Tables.CAPACITY_COMMITMENTS, Tables.SITES);
  }

  @Override
  public Map<String, Object> settings(Configuration configuration) {
    return Map.of(
        "capacity.as_of", configuration.capacity().asOf(),
        "capacity.assumed_ramp_days", configuration.capacity().assumedRampDays());
  }

  @Override
  public TableSpec output() {
    return Tables.DELIVERY;
  }

  @Override
  public StageResult run(StageContext context) {
    Dataset<Row> versions =
        CapacityInputs.known(context)
            .select(
                col("provider"), col("customer"), struct(CommitmentRows.columns()).as("version"))
            .groupBy("provider", "customer")
            .agg(collect_list("version").as("versions"));
    // A publisher's figures of a site are one timeline; several publishers' would count it twice.
    Dataset<Row> observations =
        context
            .read(Tables.SITES)
            .where(
                col("basis")
                    .equalTo("built")
                    .and(col("provider").isNotNull())
                    .and(col("customer").isNotNull()))
            .select(
                col("provider"),
                col("customer"),
                struct(col("site"), unix_date(col("as_of")).as("day"), col("power_gw"))
                    .as("observation"))
            .groupBy("provider", "customer")
            .agg(collect_list("observation").as("observations"));
    Dataset<Row> rows =
        versions
            .join(observations, new String[] {"provider", "customer"})
            .flatMap(
                new Deliveries(CapacityInputs.scheduleDefaults(context.configuration().capacity())),
                Deliveries.encoder())
            .withColumn("quarter_end", date_from_unix_date(col("quarter_end_day")))
            .withColumn("as_of", date_from_unix_date(col("as_of_day")));
    context.lake().replaceAll(output(), rows, context.note());
    return StageResult.computed("");
  }
}
