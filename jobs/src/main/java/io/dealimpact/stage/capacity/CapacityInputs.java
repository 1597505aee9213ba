package io.dealimpact.stage.capacity;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.dealimpact.capacity.Forecast;
import io.dealimpact.capacity.GpuCatalogue;
import io.dealimpact.capacity.Ramp;
import io.dealimpact.capacity.Range;
import io.dealimpact.capacity.ScheduleDefaults;
import io.dealimpact.capacity.cost.CapexAssumptions;
import io.dealimpact.codec.CommitmentRows;
import io.dealimpact.config.Configuration.CapacitySettings;
import io.dealimpact.config.Configuration.ForecastSettings;
import io.dealimpact.lake.Tables;
import io.dealimpact.stage.StageContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What the stages of capacity have in common: versions known, accelerators, assumptions. */
final class CapacityInputs {
  private CapacityInputs() {}

  /** Versions of commitments that were known on the configured day; all without one. */
  static Dataset<Row> known(StageContext context) {
    Dataset<Row> versions = context.read(Tables.CAPACITY_COMMITMENTS);
    String asOf = context.configuration().capacity().lastDay();
    return asOf.isEmpty()
        ? versions
        : versions.where(col("known_date").leq(lit(asOf).cast("date")));
  }

  /** The accelerators as they were known on the last day asked for. */
  static GpuCatalogue catalogue(StageContext context) {
    return catalogue(context, context.configuration().capacity().lastDay());
  }

  /**
   * The accelerators as they were known at the end of a day.
   *
   * @param day yyyy-MM-dd; empty: as they are known now
   */
  static GpuCatalogue catalogue(StageContext context, String day) {
    Dataset<Row> models = context.read(Tables.GPU_MODELS);
    Dataset<Row> known =
        day.isEmpty()
            ? models
            : models.where(
                col("known_date").isNull().or(col("known_date").leq(lit(day).cast("date"))));
    return CommitmentRows.catalogue(
        known
            .orderBy("gpu_model")
            .select(CommitmentRows.modelColumns())
            .collectAsList());
  }

  static ScheduleDefaults scheduleDefaults(CapacitySettings settings) {
    return new ScheduleDefaults(Ramp.LINEAR, settings.assumedRampDays());
  }

  static Forecast forecast(CapacitySettings settings) {
    ForecastSettings given = settings.forecast();
    return new Forecast(
        given.rumoured(),
        given.planned(),
        given.announced(),
        given.signed(),
        given.meanSlipQuarters(),
        given.optionExercise(),
        given.dateSpreadQuarters());
  }

  static CapexAssumptions assumptions(CapacitySettings settings) {
    return new CapexAssumptions(
        Range.of(settings.capexUsdPerGw().get(0), settings.capexUsdPerGw().get(1)),
        Range.of(settings.gpuShareOfCapex().get(0), settings.gpuShareOfCapex().get(1)),
        settings.assumptionsSource());
  }
}
