package io.dealimpact.stage.study;

import static org.apache.spark.sql.functions.array_join;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.unix_date;

import io.dealimpact.codec.CompanyDayVerdicts;
import io.dealimpact.codec.DealCommitments;
import io.dealimpact.codec.DealPower;
import io.dealimpact.codec.Headlines;
import io.dealimpact.config.Configuration;
import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.Tables;
import io.dealimpact.stage.Stage;
import io.dealimpact.stage.StageContext;
import io.dealimpact.stage.StageResult;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * One row for each company-day: the headline of its primary event on day 0, with names and labels,
 * and what depends on all events of the study. Event rows stay final; this table is made anew each
 * night.
 */
public final class FlattenEvents implements Stage {
  @Override
  public String name() {
    return "flatten-events";
  }

  @Override
  public String summary() {
    return "one row a company-day: the headline with names, p, q and verdict over the study";
  }

  @Override
  public List<TableSpec> inputs() {
    return List.of(
        Tables.EVENT_IMPACT, Tables.DEALS, Tables.INSTRUMENTS, Tables.CAPACITY_COMMITMENTS);
  }

  @Override
  public Map<String, Object> settings(Configuration configuration) {
    return Map.of(
        "study.name", configuration.study().name(),
        "study.confidence", configuration.study().confidence());
  }

  @Override
  public TableSpec output() {
    return Tables.EVENTS_FLAT;
  }

  @Override
  public StageResult run(StageContext context) {
    String study = context.configuration().study().name();
    Dataset<Row> flat = flat(context).withColumn("study", lit(study));
    Dataset<Row> verdicts =
        flat.withColumn("event_day", unix_date(col("event_date")))
            .select(CompanyDayVerdicts.inputColumns())
            .groupBy(lit(study))
            .as(Encoders.STRING(), CompanyDayVerdicts.inputEncoder())
            .flatMapSortedGroups(
                new Column[] {col("event_day"), col("company_day")},
                new CompanyDayVerdicts(1 - context.configuration().study().confidence()),
                CompanyDayVerdicts.encoder())
            .withColumnRenamed("company_day", "verdict_of");
    context
        .lake()
        .replaceAll(
            output(),
            flat.join(verdicts, col("company_day").equalTo(col("verdict_of"))),
            context.note());
    return StageResult.computed("");
  }

  private static Dataset<Row> flat(StageContext context) {
    Dataset<Row> ofDay =
        context
            .read(Tables.EVENT_IMPACT)
            .where(Headlines.dayZero().and(col("company_day").isNotNull()));
    Dataset<Row> deals =
        ofDay
            .groupBy(col("company_day").as("deals_of"))
            .agg(array_sort(collect_set(col("deal_id"))).as("deals"))
            .withColumn("deal_ids", array_join(col("deals"), ", "));
    Dataset<Row> labels =
        context
            .read(Tables.DEALS)
            .select(
                col("deal_id").as("label_of"),
                col("title"),
                col("deal_type"),
                col("status").as("deal_status"),
                col("announced_date"),
                col("value_low_usd"),
                col("value_high_usd"),
                col("value_type"));
    Dataset<Row> names =
        context
            .read(Tables.INSTRUMENTS)
            .select(
                col("instrument_id").as("name_of"),
                col("ticker"),
                col("organisation"),
                col("sector"));
    Dataset<Row> versions = context.read(Tables.CAPACITY_COMMITMENTS);
    Dataset<Row> power =
        DealCommitments.of(DealCommitments.touched(versions), versions)
            .select(DealPower.columns())
            .map(new DealPower(), DealPower.encoder());
    return ofDay
        .where(col("is_primary"))
        .join(deals, col("company_day").equalTo(col("deals_of")))
        .join(labels, col("deal_id").equalTo(col("label_of")), "left")
        .join(power, col("deal_id").equalTo(col("power_of")), "left")
        .join(names, col("instrument_id").equalTo(col("name_of")), "left");
  }
}
