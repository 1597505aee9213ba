package io.dealimpact.stage.capacity;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.dealimpact.capacity.GpuCatalogue;
import io.dealimpact.capacity.QuantityRange;
import io.dealimpact.capacity.Ramp;
import io.dealimpact.capacity.ScheduleDefaults;
import io.dealimpact.capacity.cost.CapexAssumptions;
import io.dealimpact.codec.CommitmentRows;
import io.dealimpact.config.Configuration.CapacitySettings;
import io.dealimpact.lake.Tables;
import io.dealimpact.stage.StageContext;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What the stages of capacity have in common: versions known, accelerators, assumptions. */
final class CapacityInputs {
  private CapacityInputs() {}

  /** Versions of commitments that were known on the configured day; all without one. */
  static Dataset<Row> known(StageContext context) {
    Dataset<Row> versions = context.read(Tables.CAPACITY_COMMITMENTS);
    String asOf = context.configuration().capacity().asOf();
    return asOf.isEmpty()
        ? versions
        : versions.where(col("known_date").leq(lit(asOf).cast("date")));
  }

  static GpuCatalogue catalogue(StageContext context) {
    return CommitmentRows.catalogue(
        context
            .read(Tables.GPU_MODELS)
            .orderBy("gpu_model")
            .select(CommitmentRows.modelColumns())
            .collectAsList());
  }

  static ScheduleDefaults scheduleDefaults(CapacitySettings settings) {
    return new ScheduleDefaults(Ramp.LINEAR, settings.assumedRampDays());
  }

  /** What {@link #assumptions} reads, for a stage's settings. */
  static List<Object> assumptionsRead(CapacitySettings settings) {
    return List.of(
        settings.capexUsdPerGw(), settings.gpuShareOfCapex(), settings.assumptionsSource());
  }

  static CapexAssumptions assumptions(CapacitySettings settings) {
    return new CapexAssumptions(
        QuantityRange.of(settings.capexUsdPerGw().get(0), settings.capexUsdPerGw().get(1)),
        QuantityRange.of(settings.gpuShareOfCapex().get(0), settings.gpuShareOfCapex().get(1)),
        settings.assumptionsSource());
  }
}
