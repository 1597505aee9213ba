package io.dealimpact.stage.capacity;

import static org.apache.spark.sql.functions.array_join;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.date_from_unix_date;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sort_array;

import io.dealimpact.capacity.Quarter;
import io.dealimpact.capacity.RollupConfig;
import io.dealimpact.codec.CapacityCube;
import io.dealimpact.codec.CommitmentRows;
import io.dealimpact.codec.CommitmentSizer;
import io.dealimpact.codec.RowsAsText;
import io.dealimpact.config.Configuration;
import io.dealimpact.config.Configuration.CapacitySettings;
import io.dealimpact.lake.Evaluation;
import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.Tables;
import io.dealimpact.row.KeptRows;
import io.dealimpact.stage.Stage;
import io.dealimpact.stage.StageContext;
import io.dealimpact.stage.StageResult;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * Power and accelerators online, for every provider, customer, model and quarter, and their sums.
 */
public final class RollUpCapacity implements Stage {
  private static final int FINDINGS_TOLD = 20;

  @Override
  public String name() {
    return "roll-up-capacity";
  }

  @Override
  public String summary() {
    return "power and accelerators promised and online, by quarter, with every sum";
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
    CapacitySettings capacity = configuration.capacity();
    return Map.of(
        "capacity.as_of", capacity.asOf(),
        "capacity.first_quarter", capacity.firstQuarter(),
        "capacity.quarters", capacity.quarters(),
        "capacity.replicates", capacity.replicates(),
        "capacity.seed", capacity.seed(),
        "capacity.assumed_ramp_days", capacity.assumedRampDays(),
        "capacity.forecast", capacity.forecast());
  }

  @Override
  public TableSpec output() {
    return Tables.CAPACITY_BY_QUARTER;
  }

  @Override
  public StageResult run(StageContext context) {
    CapacitySettings settings = context.configuration().capacity();
    Dataset<Row> versions = context.read(Tables.CAPACITY_COMMITMENTS);
    String[] days =
        RowsAsText.asText(versions.agg(min(col("known_date")), max(col("known_date"))), 1).get(0);
    if (days[0].isEmpty()) {
      context.lake().replaceAll(output(), none(context), context.note());
      return StageResult.computed("no commitment is known");
    }
    Quarter first =
        settings.firstQuarter().isEmpty()
            ? Quarter.of(LocalDate.parse(days[0]))
            : Quarter.parse(settings.firstQuarter());
    List<String> asked = settings.asOf().isEmpty() ? List.of(days[1]) : settings.asOf();
    boolean draws = settings.replicates() > 0;
    int tasks = Evaluation.computingTasks(context.spark());
    List<Dataset<Row>> held = new ArrayList<>();
    try {
      List<Dataset<Row>> cubes = new ArrayList<>();
      for (String day : asked) {
        LocalDate asOf = LocalDate.parse(day);
        Dataset<Row> known = known(versions, asOf);
        CommitmentSizer sizer = sizer(context, asOf);
        RollupConfig config =
            new RollupConfig(
                first,
                settings.quarters(),
                settings.replicates(),
                settings.seed(),
                asOf,
                CapacityInputs.forecast(settings));
        Dataset<Row> counted =
            KeptRows.of(
                draws ? sized(known, sizer) : CapacityCube.states(known, sizer, config, tasks));
        held.add(counted);
        cubes.add(
            (draws
                    ? CapacityCube.rows(counted, config, tasks)
                    : CapacityCube.ofStates(counted, config, tasks))
                .withColumn("quarter_end", date_from_unix_date(col("quarter_end_day")))
                .withColumn("as_of", lit(day).cast("date")));
      }
      context
          .lake()
          .replaceAll(
              output(), cubes.stream().reduce(Dataset::unionByName).orElseThrow(), context.note());
      Dataset<Row> counted = held.get(held.size() - 1);
      LocalDate newest = LocalDate.parse(asked.get(asked.size() - 1));
      Dataset<Row> alike =
          lookingAlike(draws ? counted : sized(known(versions, newest), sizer(context, newest)));
      boolean any = draws || CapacityCube.anyLookAlike(counted);
      return StageResult.computed(findings(counted, any ? alike : alike.limit(0)));
    } finally {
      held.forEach(Dataset::unpersist);
    }
  }

  private static Dataset<Row> known(Dataset<Row> versions, LocalDate asOf) {
    return versions
        .where(col("known_date").leq(lit(asOf.toString()).cast("date")))
        .select(CommitmentRows.columns());
  }

  private static CommitmentSizer sizer(StageContext context, LocalDate asOf) {
    return new CommitmentSizer(
        (int) asOf.toEpochDay(),
        CapacityInputs.catalogue(context, asOf.toString()),
        CapacityInputs.scheduleDefaults(context.configuration().capacity()));
  }

  private static Dataset<Row> sized(Dataset<Row> versions, CommitmentSizer sizer) {
    return versions
        .groupBy(col("commitment_id"))
        .as(Encoders.STRING(), Encoders.row(versions.schema()))
        .flatMapGroups(sizer, CommitmentSizer.encoder());
  }

  private Dataset<Row> none(StageContext context) {
    return context.spark().createDataFrame(List.of(), output().schema());
  }

  /**
   * What was odd in the histories, and what looks alike, for the log: it is counted nevertheless.
   *
   * @param counted rows with {@code findings}
   */
  private static String findings(Dataset<Row> counted, Dataset<Row> alike) {
    return RowsAsText.asText(
            counted.select(explode(col("findings")).as("finding")).union(alike).orderBy("finding"),
            FINDINGS_TOLD)
        .stream()
        .map(row -> row[0])
        .collect(Collectors.joining("; "));
  }

  /** Commitments of different ids that may be one, reported twice: then they count twice. */
  private static Dataset<Row> lookingAlike(Dataset<Row> sized) {
    return sized
        .groupBy("deal_id", "provider", "customer", "gpu_model", "first_day", "full_day")
        .agg(sort_array(collect_list(col("commitment_id"))).as("ids"))
        .where(size(col("ids")).gt(1))
        .select(
            concat(
                    lit("possible-duplicate: "),
                    array_join(col("ids"), ", "),
                    lit(" have the same deal, parties, model and dates; each is counted"))
                .as("finding"));
  }
}
