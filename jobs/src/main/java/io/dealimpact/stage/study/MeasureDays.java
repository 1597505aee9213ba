package io.dealimpact.stage.study;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_from_unix_date;
import static org.apache.spark.sql.functions.explode;

import io.dealimpact.config.Configuration;
import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.Tables;
import io.dealimpact.stage.Stage;
import io.dealimpact.stage.StageContext;
import io.dealimpact.stage.StageResult;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** One of the things that are measured of each day around an event: a table of events and days. */
public final class MeasureDays implements Stage {
  private final MeasuredEvents study;
  private final OfDays measured;

  /**
   * What tells one such stage from another.
   *
   * @param events columns that name an event in the table, before those of its days
   * @param days column of the measured events with their days
   */
  private record OfDays(
      String stage, String summary, TableSpec output, List<String> events, String days) {}

  private MeasureDays(MeasuredEvents study, OfDays measured) {
    this.study = study;
    this.measured = measured;
  }

  /** Expected and abnormal returns under each model. */
  public static Stage returns(MeasuredEvents study) {
    return new MeasureDays(
        study,
        new OfDays(
            "measure-returns",
            "expected, abnormal and standardised abnormal returns by relative day",
            Tables.ABNORMAL_RETURNS,
            List.of("event_id", "model"),
            "days"));
  }

  /** Abnormal trading volume. */
  public static Stage volume(MeasuredEvents study) {
    return new MeasureDays(
        study,
        new OfDays(
            "measure-volume",
            "log turnover against its mean before the event, by relative day",
            Tables.ABNORMAL_VOLUME,
            List.of("event_id"),
            "volume_days"));
  }

  /** How large the moves were under each model, whatever their sign. */
  public static Stage volatility(MeasuredEvents study) {
    return new MeasureDays(
        study,
        new OfDays(
            "measure-volatility",
            "squared standardised abnormal returns by relative day",
            Tables.ABNORMAL_VOLATILITY,
            List.of("event_id", "model"),
            "volatility_days"));
  }

  @Override
  public String name() {
    return measured.stage();
  }

  @Override
  public String summary() {
    return measured.summary();
  }

  @Override
  public List<TableSpec> inputs() {
    return MeasuredEvents.inputs();
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
    return measured.output();
  }

  @Override
  public StageResult run(StageContext context) {
    Dataset<Row> days =
        GoldWriter.inRange(context, study.measured(context))
            .select(ofEvent(explode(col(measured.days())).as("d")))
            .select(ofEvent(col("d.*"), date_from_unix_date(col("d.day")).as("trade_date")));
    GoldWriter.writeEvents(context, output(), days, study.measured(context));
    return StageResult.computed("");
  }

  /** The columns that name the event, and others. */
  private Column[] ofEvent(Column... others) {
    return Stream.concat(measured.events().stream().map(functions::col), Stream.of(others))
        .toArray(Column[]::new);
  }
}
