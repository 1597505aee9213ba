package io.dealimpact.bench;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.bit_xor;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.xxhash64;

import io.dealimpact.codec.RowsAsText;
import io.dealimpact.config.ConfigurationReader;
import io.dealimpact.lake.Lake;
import io.dealimpact.lake.Tables;
import io.dealimpact.report.BenchmarkPage.Part;
import io.dealimpact.report.BenchmarkPage.Run;
import io.dealimpact.run.Failures;
import io.dealimpact.run.RunContext;
import io.dealimpact.stage.StageContext;
import io.dealimpact.stage.capacity.RollUpCapacity;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The roll-up of commitments by the stage of the flow itself, Delta table to Delta table, at
 * growing sizes; beside it DuckDB with the SQL that one would write for the part without random
 * draws.
 */
final class CapacityBenchmark {
  private static final String WITHOUT_DRAWS = "roll-up without draws";
  private static final List<String> DIMENSIONS = List.of("provider", "customer", "gpu_model");
  private static final List<String> MEASURES =
      List.of(
          "power_committed_gw_mid",
          "power_online_gw_low",
          "power_online_gw_mid",
          "power_online_gw_high",
          "gpus_online_low",
          "gpus_online_mid",
          "gpus_online_high");

  /** What the parts add up to exactly: whole watts and whole thousandths of a GPU. */
  private static Column quanta(String measure) {
    return round(col(measure).multiply(measure.startsWith("power") ? 1e9 : 1e3)).cast("bigint");
  }

  private final SparkSession spark;
  private final Path folder;
  private final List<String> settings;
  private final PrintStream err;
  private final List<Run> runs = new ArrayList<>();
  private final List<String> checks = new ArrayList<>();

  /**
   * Prepares a benchmark.
   *
   * @param folder for its lakes and files
   * @param settings of the configuration, {@code key=value}
   */
  CapacityBenchmark(SparkSession spark, Path folder, List<String> settings, PrintStream err) {
    this.spark = spark;
    this.folder = folder;
    this.settings = settings;
    this.err = err;
  }

  /**
   * Runs all sizes.
   *
   * @param sizes numbers of commitments, growing
   * @param machine on what, for the page
   * @param command how, for the page
   * @throws io.dealimpact.run.DealImpactException if a check does not hold
   */
  Part run(List<Long> sizes, Optional<DuckDb> peer, String machine, String command) {
    int quarters = context(folder.resolve("none"), "").configuration().capacity().quarters();
    int draws = context(folder.resolve("none"), "").configuration().capacity().replicates();
    String withDraws = "roll-up with " + draws + " draws of each";
    String peerName = peer.map(DuckDb::version).orElse("");
    samePartitions(sizes.get(0));
    for (long rows : sizes) {
      Path lake = lake(rows);
      measure(WITHOUT_DRAWS, rows, peerName, () -> rollUp(lake, "capacity.replicates=0"));
      conserved(lake, rows);
      peer.ifPresent(
          database -> {
            Path cube = folder.resolve("peer-" + rows + ".parquet");
            measure(peerName, rows, "", () -> database.execute(sql(lake, quarters, cube)));
            agrees(lake, cube, rows, peerName);
          });
      measure(withDraws, rows, "", () -> rollUp(lake, ""));
      conserved(lake, rows);
    }
    String without =
        peer.isEmpty() ? " DuckDB was not on the class path: there is no peer in this run." : "";
    return new Part(
        "Roll-up of commitments",
        machine,
        command,
        String.format(
            Locale.ROOT,
            "`roll-up-capacity` over synthetic commitments (20 providers × 20 customers × 4 models × 3"
                + " statuses, %d quarters), from silver to gold, the write included. The peer's SQL is"
                + " the cube of the same sums (power and GPUs online, low, mid, high; not the averages"
                + " over the quarter), Parquet to Parquet.%s",
            quarters,
            without),
        List.copyOf(runs),
        checks.stream().distinct().toList());
  }

  private Path lake(long rows) {
    Path lake = folder.resolve("lake-" + rows);
    StageContext context = context(lake, "");
    SyntheticCommitments.write(context.lake(), rows, context.configuration().capacity().seed());
    return lake;
  }

  private StageContext context(Path lake, String setting) {
    List<String> all = new ArrayList<>(settings);
    all.add("lake=" + lake);
    if (!setting.isEmpty()) {
      all.add(setting);
    }
    return new StageContext(
        new Lake(spark, lake.toString(), Lake.Writes.ALLOWED),
        new ConfigurationReader().read(Optional.empty(), all),
        RunContext.begin(
            Clock.systemUTC(), "bench", RunContext.Effect.WRITE, RunContext.DateRange.ALWAYS),
        "bench");
  }

  private void rollUp(Path lake, String setting) {
    new RollUpCapacity().run(context(lake, setting));
  }

  private void measure(String engine, long rows, String peer, Runnable work) {
    long began = System.nanoTime();
    work.run();
    double seconds = (System.nanoTime() - began) / 1e9;
    runs.add(new Run(engine, rows, seconds, peer));
    err.printf(Locale.ROOT, "bench: %s, %,d rows: %.2f s%n", engine, rows, seconds);
  }

  private Dataset<Row> cube(Path lake) {
    return new Lake(spark, lake.toString(), Lake.Writes.SUPPRESSED)
        .readOrEmpty(Tables.CAPACITY_BY_QUARTER);
  }

  /** The same rows on 1, 4 and 64 partitions; this warms up too. */
  private void samePartitions(long rows) {
    Path lake = folder.resolve("lake-partitions");
    SyntheticCommitments.write(context(lake, "").lake(), rows, 1);
    List<String> sums = new ArrayList<>();
    String shuffle = spark.conf().get("spark.sql.shuffle.partitions");
    spark.conf().set("spark.sql.adaptive.coalescePartitions.enabled", "false");
    try {
      for (String partitions : List.of("1", "4", "64")) {
        spark.conf().set("spark.sql.shuffle.partitions", partitions);
        rollUp(lake, "");
        Dataset<Row> cube = cube(lake);
        Column[] all = Stream.of(cube.columns()).map(name -> col(name)).toArray(Column[]::new);
        sums.add(
            String.join(
                " ", RowsAsText.asText(cube.agg(count(lit(1)), bit_xor(xxhash64(all))), 1).get(0)));
      }
    } finally {
      spark.conf().set("spark.sql.shuffle.partitions", shuffle);
      spark.conf().unset("spark.sql.adaptive.coalescePartitions.enabled");
    }
    if (sums.stream().distinct().count() != 1) {
      throw Failures.benchmark("rows depend on partitions: " + sums, null);
    }
    checks.add(
        String.format(
            Locale.ROOT,
            "%,d commitments give the same rows, all columns, on 1, 4 and 64 partitions",
            rows));
  }

  /** Over every dimension the parts add up to the whole, to the watt. */
  private void conserved(Path lake, long rows) {
    Dataset<Row> cube = cube(lake);
    for (String dimension : DIMENSIONS) {
      List<String> key =
          Stream.concat(
                  DIMENSIONS.stream().filter(name -> !name.equals(dimension)),
                  Stream.of("commitment_status", "quarter"))
              .toList();
      Dataset<Row> wholes = summed(cube.where(col(dimension).equalTo("ALL")), key, "whole_");
      Dataset<Row> parts = summed(cube.where(col(dimension).notEqual("ALL")), key, "part_");
      Column same =
          key.stream()
              .map(k -> wholes.col(k).equalTo(parts.col(k)))
              .reduce(Column::and)
              .orElseThrow();
      Column wrong =
          Stream.concat(Stream.of("commitments"), MEASURES.stream())
              .map(m -> col("whole_" + m).eqNullSafe(col("part_" + m)).equalTo(false))
              .reduce(Column::or)
              .orElseThrow();
      long broken = wholes.join(parts, same, "full").where(wrong).count();
      if (broken > 0) {
        throw Failures.benchmark(
            broken
                + " sums of "
                + rows
                + " commitments are not those of their parts by "
                + dimension,
            null);
      }
    }
    checks.add(
        "at every size the parts add up to the whole over provider, customer and model, in every"
            + " cell and quarter, to the watt and the thousandth of a GPU");
  }

  private static Dataset<Row> summed(Dataset<Row> rows, List<String> key, String prefix) {
    return rows.groupBy(key.stream().map(name -> col(name)).toArray(Column[]::new))
        .agg(
            sum(col("commitments")).as(prefix + "commitments"),
            MEASURES.stream().map(m -> sum(quanta(m)).as(prefix + m)).toArray(Column[]::new));
  }

  /** Every cell and quarter, both ways: at most one quantum a commitment, the rounding of each. */
  private void agrees(Path lake, Path peer, long rows, String name) {
    List<String> key =
        Stream.concat(DIMENSIONS.stream(), Stream.of("commitment_status", "quarter_end")).toList();
    Dataset<Row> ours = cube(lake);
    Dataset<Row> theirs = spark.read().parquet(peer.toString());
    Column same =
        key.stream().map(k -> ours.col(k).equalTo(theirs.col(k))).reduce(Column::and).orElseThrow();
    Column difference =
        greatest(
            MEASURES.stream()
                .map(m -> abs(quanta(m).minus(col("peer_" + m))))
                .toArray(Column[]::new));
    String[] found =
        RowsAsText.asText(
                ours.join(theirs, same, "full")
                    .select(
                        coalesce(
                                difference
                                    .leq(ours.col("commitments"))
                                    .and(
                                        ours.col("commitments")
                                            .equalTo(theirs.col("peer_commitments"))),
                                lit(false))
                            .as("agrees"),
                        difference.as("difference"))
                    .agg(count(lit(1)), sum(col("agrees").cast("bigint")), max(col("difference"))),
                1)
            .get(0);
    if (!found[0].equals(found[1])) {
      throw Failures.benchmark(
          name
              + " agrees in "
              + found[1]
              + " of "
              + found[0]
              + " cells of "
              + rows
              + " commitments",
          null);
    }
    checks.add(
        String.format(
            Locale.ROOT,
            "%,d commitments: all %s cells and quarters are those of %s; largest difference %s quanta"
                + " (watts or thousandths of a GPU), allowed is one a commitment",
            rows,
            found[0],
            name,
            found[2]));
  }

  /** The cube as one would write it: each commitment in each quarter, and grouped. */
  private static String sql(Path lake, int quarters, Path cube) {
    StringBuilder sums = new StringBuilder();
    for (String end : List.of("low", "mid", "high")) {
      sums.append(
          String.format(
              Locale.ROOT,
              """
          , cast(sum(cast(floor(watts_%1$s * share + 0.5) as bigint)) as bigint) peer_power_online_gw_%1$s
          , cast(sum(cast(floor(millis_%1$s * share + 0.5) as bigint)) as bigint) peer_gpus_online_%1$s
          """,
              end));
    }
    return String.format(
        Locale.ROOT,
        """
        copy (
          with sized as (
            select provider, customer, gpu_model, status, ramp, first_power_date f, full_power_date l,
                   round(power_gw_low * 1e9) watts_low,
                   round((power_gw_low / 2 + power_gw_high / 2) * 1e9) watts_mid,
                   round(power_gw_high * 1e9) watts_high,
                   round(power_gw_low * 1e6 / kw_per_gpu_high * 1e3) millis_low,
                   round((power_gw_low / 2 + power_gw_high / 2) * 1e6
                       / (kw_per_gpu_low / 2 + kw_per_gpu_high / 2) * 1e3) millis_mid,
                   round(power_gw_high * 1e6 / kw_per_gpu_low * 1e3) millis_high
            from read_parquet('%1$s/silver/capacity_commitments/*.parquet') c
            join read_parquet('%1$s/silver/gpu_models/*.parquet') m using (gpu_model)
          ), quarters as (
            select cast(date '2025-01-01' + to_months(cast(3 * i + 3 as integer)) as date) - 1 quarter_end
            from range(%2$d) r(i)
          ), ramped as (
            select *, least(1.0, greatest(0.0, cast(quarter_end - f + 1 as double) / (l - f + 1))) u
            from sized, quarters
          ), online as (
            select *, case ramp when 'linear' then u when 'step' then floor(u)
                      else u * u * (3 - 2 * u) end share
            from ramped
          )
          select coalesce(provider, 'ALL') provider, coalesce(customer, 'ALL') customer,
                 coalesce(gpu_model, 'ALL') gpu_model, status commitment_status, quarter_end,
                 count(*) peer_commitments,
                 cast(sum(cast(watts_mid as bigint)) as bigint) peer_power_committed_gw_mid
                 %3$s
          from online
          group by status, quarter_end, cube (provider, customer, gpu_model)
        ) to '%4$s' (format parquet)
        """,
        lake,
        quarters,
        sums,
        cube);
  }
}
