package io.dealimpact.stage.capacity;

import static org.apache.spark.sql.functions.array_join;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.median;
import static org.apache.spark.sql.functions.min;

import io.dealimpact.capacity.Forecast;
import io.dealimpact.capacity.GpuCatalogue;
import io.dealimpact.capacity.QuantityRange;
import io.dealimpact.capacity.Ramp;
import io.dealimpact.capacity.ScheduleDefaults;
import io.dealimpact.capacity.cost.CapexAssumptions;
import io.dealimpact.codec.CommitmentRows;
import io.dealimpact.config.Configuration.CapacitySettings;
import io.dealimpact.config.Configuration.ForecastSettings;
import io.dealimpact.lake.Tables;
import io.dealimpact.row.RowReader;
import io.dealimpact.stage.StageContext;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

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
        known.orderBy("gpu_model").select(CommitmentRows.modelColumns()).collectAsList());
  }

  static ScheduleDefaults scheduleDefaults(CapacitySettings settings) {
    return new ScheduleDefaults(Ramp.LINEAR, settings.assumedRampDays());
  }

  /** What {@link #assumptions} reads, for a stage's settings. */
  static List<Object> assumptionsRead(CapacitySettings settings) {
    return List.of(
        settings.capexUsdPerGw(), settings.gpuShareOfCapex(), settings.assumptionsSource());
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

  /**
   * What it costs to build by all who published it by the last day asked for, newest of each site:
   * least, median and most; empty where nobody did.
   */
  static Optional<CapexAssumptions> published(StageContext context) {
    String day = context.configuration().capacity().lastDay();
    Dataset<Row> sites =
        context
            .read(Tables.SITES)
            .where(col("power_gw").gt(0).and(col("capex_usd").gt(0)))
            .where(
                lit(day)
                    .equalTo("")
                    .or(coalesce(col("known_date"), col("as_of")).leq(lit(day).try_cast("date"))));
    Row costs =
        sites
            .withColumn(
                "newest", max(col("as_of")).over(Window.partitionBy(col("publisher"), col("site"))))
            .where(col("as_of").equalTo(col("newest")))
            .select(
                col("publisher"),
                col("capex_usd").divide(col("power_gw")).as("usd_per_gw"),
                col("compute_usd").divide(col("capex_usd")).as("share"))
            .agg(
                count(lit(1)).as("estimates"),
                array_join(array_sort(collect_set("publisher")), ", ").as("publishers"),
                min("usd_per_gw").as("usd_per_gw_low"),
                median(col("usd_per_gw")).as("usd_per_gw_mid"),
                max("usd_per_gw").as("usd_per_gw_high"),
                min("share").as("share_low"),
                median(col("share")).as("share_mid"),
                max("share").as("share_high"))
            .head();
    RowReader.Cells known = RowReader.of(costs.schema()).at(costs);
    return known
        .range("usd_per_gw")
        .flatMap(
            usdPerGw ->
                known
                    .range("share")
                    .map(share -> new CapexAssumptions(usdPerGw, share, publishedBy(known))));
  }

  private static String publishedBy(RowReader.Cells costs) {
    return costs.count("estimates")
        + " published estimates ("
        + costs.text("publishers")
        + "); of it all computing hardware";
  }

  static CapexAssumptions assumptions(CapacitySettings settings) {
    return new CapexAssumptions(
        QuantityRange.of(settings.capexUsdPerGw().get(0), settings.capexUsdPerGw().get(1)),
        QuantityRange.of(settings.gpuShareOfCapex().get(0), settings.gpuShareOfCapex().get(1)),
        settings.assumptionsSource());
  }
}
