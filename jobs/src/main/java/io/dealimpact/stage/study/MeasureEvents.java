package io.dealimpact.stage.study;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.array_join;
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

/** What each event did to its instrument, in returns and dollars. */
public final class MeasureEvents implements Stage {
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
  public boolean computesRanges() {
    return true;
  }

  @Override
  public TableSpec output() {
    return Tables.EVENT_IMPACT;
  }

  @Override
  public StageResult run(StageContext context) {
    Dataset<Row> measured = GoldWriter.inRange(context, study.measured(context));
    try (EventFlags flags = EventFlags.of(context, measured)) {
      GoldWriter.writeEvents(
          context, output(), impacts(measured, flags.rows()), study.measured(context));
    }
    return StageResult.computed(statuses(measured));
  }

  /** One row for each event, model and window. */
  private static Dataset<Row> impacts(Dataset<Row> measured, Dataset<Row> flags) {
    return measured
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
            col("sector_share_outside"),
            explode(col("windows")).as("w"))
        .select(col("*"), col("w.*"))
        .join(flags, col("event_id").equalTo(col("flagged_event")), "left")
        .withColumn("data_flag_list", dataFlags())
        .withColumn("data_flags", array_join(col("data_flag_list"), ", "));
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

  private static String statuses(Dataset<Row> measured) {
    return RowsAsText.asText(
            measured.groupBy("status").agg(count(lit(1)).as("n")).orderBy("status"), 100)
        .stream()
        .filter(row -> !row[0].equals("OK"))
        .map(row -> row[1] + " " + row[0])
        .collect(Collectors.joining(", "));
  }
}
