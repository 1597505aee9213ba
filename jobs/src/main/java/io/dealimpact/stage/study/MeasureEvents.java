package io.dealimpact.stage.study;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.array_join;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.date_from_unix_date;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.when;

import io.dealimpact.codec.RowsAsText;
import io.dealimpact.config.Configuration;
import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.Tables;
import io.dealimpact.stage.Stage;
import io.dealimpact.stage.StageContext;
import io.dealimpact.stage.StageResult;
import io.dealimpact.study.event.EventP;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** What each event did to its instrument, in returns and dollars. */
public final class MeasureEvents implements Stage {
  private static final Seq<String> EVENT =
      CollectionConverters.asScala(List.of("event_id")).toSeq();
  private static final Seq<String> INSTRUMENT =
      CollectionConverters.asScala(List.of("instrument_id")).toSeq();

  private final MeasuredEvents study;

  public MeasureEvents(MeasuredEvents study) {
    this.study = study;
  }

  @Override
  public String name() {
    return "measure-events";
  }

  @Override
  public String summary() {
    return "CAR, BHAR, their tests, and the dollars with their interval, by window";
  }

  @Override
  public List<TableSpec> inputs() {
    List<TableSpec> inputs = new ArrayList<>(MeasuredEvents.inputs());
    inputs.add(Tables.SHARES_OUTSTANDING);
    inputs.add(Tables.BARS);
    inputs.add(Tables.RETURNS);
    return inputs;
  }

  @Override
  public Map<String, Object> settings(Configuration configuration) {
    return StudyReads.measuring(configuration.study());
  }

  @Override
  public TableSpec output() {
    return Tables.EVENT_IMPACT;
  }

  @Override
  public StageResult run(StageContext context) {
    Dataset<Row> measured = GoldWriter.inRange(context, study.measured(context));
    GoldWriter.writeEvents(
        context,
        output(),
        measured
            .select(
                col("event_id"),
                col("deal_id"),
                col("instrument_id"),
                col("role"),
                date_from_unix_date(col("event_day")).as("event_date"),
                col("company_day"),
                col("is_primary"),
                col("is_headline"),
                col("sector_benchmark"),
                col("benchmark"),
                col("model"),
                col("n").as("n_estimation"),
                col("is_record_close"),
                explode(col("windows")).as("w"))
            .select(col("*"), col("w.*"))
            .join(
                broadcast(EventFlags.of(context, measured)),
                col("event_id").equalTo(col("flagged_event")),
                "left")
            .withColumn("data_flag_list", dataFlags())
            .withColumn("data_flags", array_join(col("data_flag_list"), ", "))
            .join(sectorShares(context, measured), EVENT, "left"),
        study.measured(context));
    return StageResult.computed(statuses(measured));
  }

  /** What a reader should know of a row's inputs; NULL for nothing. */
  private static Column dataFlags() {
    Column measured = col("status").equalTo("OK");
    Column flags =
        concat(
            array_compact(
                array(
                    when(
                        measured.and(col("market_cap_before_usd").isNull()),
                        lit("no-market-value")),
                    when(measured.and(col("history_n").lt(EventP.LEAST)), lit("short-history")),
                    when(
                        measured.and(col("is_headline")).and(col("sector_benchmark").isNull()),
                        lit("market-alone")),
                    when(
                        measured.and(col("car").multiply(col("bhar")).lt(0)),
                        lit("signs-differ")))),
            coalesce(col("input_flags"), array().cast("array<string>")));
    return when(size(flags).gt(0), flags);
  }

  /**
   * Events with the share of the sector's other instruments that lay outside their own interval on
   * its day 0.
   */
  private Dataset<Row> sectorShares(StageContext context, Dataset<Row> measured) {
    Dataset<Row> instruments =
        context
            .read(Tables.INSTRUMENTS)
            .where(col("sector").isNotNull().and(coalesce(col("kind"), lit("")).notEqual("etf")))
            .select(col("instrument_id"), col("sector"));
    Dataset<Row> events =
        measured
            .where(col("event_day").isNotNull())
            .select(col("event_id"), col("instrument_id"), col("event_day"))
            .distinct()
            .join(instruments, INSTRUMENT);
    Dataset<Row> others =
        study
            .outside(context)
            .join(
                instruments.select(
                    col("instrument_id").as("sector_of"), col("sector").as("other_sector")),
                col("other_id").equalTo(col("sector_of")));
    return events
        .join(
            others,
            col("sector")
                .equalTo(col("other_sector"))
                .and(col("event_day").equalTo(col("other_day")))
                .and(col("instrument_id").notEqual(col("other_id"))))
        .groupBy("event_id")
        .agg(avg("outside").as("sector_share_outside"));
  }

  private static String statuses(Dataset<Row> measured) {
    return RowsAsText.asText(
            measured.groupBy("status").agg(count(lit(1)).as("n")).orderBy("status"), 100)
        .stream()
        .filter(row -> !row[0].equals("OK"))
        .map(row -> row[1] + " " + row[0])
        .collect(Collectors.joining(", "));
  }
}
