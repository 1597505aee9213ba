package io.dealimpact.codec;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.xxhash64;
import static org.apache.spark.sql.types.DataTypes.BinaryType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import io.dealimpact.capacity.CapacityRow;
import io.dealimpact.capacity.CommitmentStatus;
import io.dealimpact.capacity.ExactRangeSum;
import io.dealimpact.capacity.Percentiles;
import io.dealimpact.capacity.QuantityRange;
import io.dealimpact.capacity.RollupConfig;
import io.dealimpact.capacity.RollupKey;
import io.dealimpact.capacity.RollupState;
import io.dealimpact.row.Columns;
import io.dealimpact.row.RowReader;
import io.dealimpact.row.RowWriter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * The cube of capacity, distributed: sized commitments in, the rows of every cell and quarter out.
 *
 * <p>A commitment adds to the eight cells of {@link RollupKey#cube}. Their commitments meet in one
 * shuffle and stream through one {@link RollupState} at a time, so memory does not grow with the
 * number of cells. The cells that hold everything, one for each status, are cut into slices by a
 * hash of the commitment and their states merged: the sums are of whole quanta, so the rows do not
 * depend on slices, partitions or order.
 */
public final class CapacityCube {
  private static final List<String> CELL =
      List.of("provider", "customer", "gpu_model", "status", "layer", "region");
  private static final String SLICE = "slice";
  private static final int SLICES = 16;
  private static final int TASKS_A_CORE = 4;

  private static final StructType CELL_SCHEMA =
      new StructType()
          .add("provider", StringType)
          .add("customer", StringType)
          .add("gpu_model", StringType)
          .add("status", StringType)
          .add("layer", StringType)
          .add("region", StringType);
  private static final StructType SLICE_SCHEMA = CELL_SCHEMA.add(SLICE, LongType);
  private static final StructType STATE_SCHEMA = CELL_SCHEMA.add("state", BinaryType);
  private static final List<String> RANGES_OF_CELL =
      List.of(
          "value_usd",
          "value_without_power_usd",
          "power_it_gw",
          "power_committed_gw",
          "power_option_gw",
          "gpus_committed");
  private static final List<String> RANGES_OF_QUARTER =
      List.of(
          "power_online_gw",
          "power_average_gw",
          "power_outstanding_gw",
          "gpus_online",
          "gpus_outstanding");
  private static final List<String> POWER_PERCENTILES =
      List.of("power_online_gw_p05", "power_online_gw_p50", "power_online_gw_p95");
  private static final List<String> GPU_PERCENTILES =
      List.of("gpus_online_p05", "gpus_online_p50", "gpus_online_p95");
  private static final List<String> FORECAST =
      List.of("forecast_gw_p05", "forecast_gw_p50", "forecast_gw_p95");

  private static final StructType ROWS_SCHEMA = rowsSchema();
  private static final RowReader CELLS = RowReader.of(CELL_SCHEMA);
  private static final RowReader SLICE_STATES = RowReader.of(STATE_SCHEMA, "state");
  private static final RowWriter STATES = new RowWriter(STATE_SCHEMA);
  private static final RowWriter ROWS = new RowWriter(ROWS_SCHEMA);

  private CapacityCube() {}

  /**
   * The rows of the cube: the cell, the quarter, {@code quarter_end_day} as days since 1970-01-01,
   * and the measures as gold.capacity_by_quarter names them.
   *
   * @param sized rows of {@link CommitmentSizer}
   * @param tasks that share the cells, or fewer
   */
  public static Dataset<Row> rows(Dataset<Row> sized, RollupConfig config, int tasks) {
    Dataset<Row> parts =
        grouped(inCells(sized, false), CELL_SCHEMA, tasks)
            .flatMapGroups(new Roller(config), Encoders.row(ROWS_SCHEMA));
    Dataset<Row> slices =
        grouped(
                inCells(sized, true)
                    .withColumn(SLICE, pmod(xxhash64(col("commitment_id")), lit((long) SLICES))),
                SLICE_SCHEMA,
                tasks)
            .flatMapGroups(new Slicer(config), Encoders.row(STATE_SCHEMA));
    Dataset<Row> totals =
        grouped(slices, CELL_SCHEMA, tasks)
            .flatMapGroups(new Merger(config), Encoders.row(ROWS_SCHEMA));
    return parts.unionByName(totals);
  }

  /**
   * The versions of commitments to the states of the cells that they add to, and what they look
   * like, as {@link CellStates} writes them: for sums without draws, whose states are small.
   *
   * @param versions rows with {@link CommitmentRows#columns}
   * @param tasks that share the commitments, or fewer
   */
  public static Dataset<Row> states(
      Dataset<Row> versions, CommitmentSizer sizer, RollupConfig config, int tasks) {
    return versions
        .repartition(Math.min(tasks, cores(versions)), col("commitment_id"))
        .sortWithinPartitions("commitment_id")
        .mapPartitions(new CellStates(sizer, config), CellStates.encoder());
  }

  /**
   * Whether two commitments may look alike: of one deal, the same parties, model and days. Exact if
   * none do; else one pair in 2⁶⁴ of others may.
   */
  public static boolean anyLookAlike(Dataset<Row> states) {
    return !states
        .where(col("looks").isNotNull())
        .select(col("looks"))
        .as(Encoders.BINARY())
        .flatMap(new CellStates.Looks(), Encoders.LONG())
        .groupBy("value")
        .count()
        .where(col("count").gt(1))
        .isEmpty();
  }

  /**
   * The rows of the cube, from {@link #states}.
   *
   * @param states of them the rows without a state are passed over
   * @param tasks that share the cells, or fewer
   */
  public static Dataset<Row> ofStates(Dataset<Row> states, RollupConfig config, int tasks) {
    List<String> columns = new ArrayList<>(CELL);
    columns.add("state");
    return grouped(
            states.where(col("state").isNotNull()).select(Columns.named(columns)),
            CELL_SCHEMA,
            tasks)
        .flatMapGroups(new Merger(config), Encoders.row(ROWS_SCHEMA));
  }

  /** Spark, which counts bytes, would give all cells to one task: the tasks are said. */
  private static org.apache.spark.sql.KeyValueGroupedDataset<Row, Row> grouped(
      Dataset<Row> rows, StructType key, int tasks) {
    Column[] columns = Stream.of(key.fieldNames()).map(c -> col(c)).toArray(Column[]::new);
    return rows.repartition(Math.min(tasks, TASKS_A_CORE * cores(rows)), columns)
        .groupBy(columns)
        .as(Encoders.row(key), Encoders.row(rows.schema()));
  }

  private static int cores(Dataset<Row> rows) {
    return rows.sparkSession().sparkContext().defaultParallelism();
  }

  /** A row for each cell that the commitment adds to: the total, or the seven others. */
  private static Dataset<Row> inCells(Dataset<Row> sized, boolean total) {
    List<Column> cells = new ArrayList<>();
    for (int all = 0; all < 8; all++) {
      if ((all == 7) == total) {
        cells.add(cell(all));
      }
    }
    List<Column> columns = new ArrayList<>();
    for (String name : CommitmentSizer.SCHEMA.fieldNames()) {
      columns.add(
          CELL.contains(name) && !name.equals("status")
              ? col("cell").getField(name).as(name)
              : col(name));
    }
    return sized
        .withColumn("cell", explode(array(cells.toArray(Column[]::new))))
        .select(columns.toArray(Column[]::new))
        .drop("deal_id", "findings");
  }

  /** A cell of a commitment; the bits say which of its names are summed over. */
  private static Column cell(int all) {
    return struct(
        dimension("provider", all & 1),
        dimension("customer", all & 2),
        dimension("gpu_model", all & 4),
        dimension("layer", all),
        dimension("region", all));
  }

  private static Column dimension(String name, int all) {
    return (all == 0 ? col(name) : lit(RollupKey.ALL)).as(name);
  }

  private static RollupKey key(Row row) {
    RowReader.Cells cell = CELLS.at(row);
    return new RollupKey(
        cell.text("provider"),
        cell.text("customer"),
        cell.text("gpu_model"),
        CommitmentStatus.parse(cell.text("status")).orElseThrow(),
        cell.text("layer"),
        cell.text("region"));
  }

  private static RollupState rolled(RollupConfig config, Iterator<Row> commitments) {
    RollupState state = RollupState.empty(config);
    RowReader reader = null;
    while (commitments.hasNext()) {
      Row row = commitments.next();
      reader = reader == null ? RowReader.of(row.schema(), CommitmentSizer.READ) : reader;
      state.add(CommitmentSizer.sized(reader.at(row)));
    }
    return state;
  }

  /** A cell's commitments to its rows. */
  private static final class Roller implements FlatMapGroupsFunction<Row, Row, Row> {
    private static final long serialVersionUID = 1L;
    private final RollupConfig config;

    Roller(RollupConfig config) {
      this.config = config;
    }

    @Override
    public Iterator<Row> call(Row cell, Iterator<Row> commitments) {
      return encoded(rolled(config, commitments).rows(key(cell)));
    }
  }

  /** A slice of a cell's commitments to its state. */
  private static final class Slicer implements FlatMapGroupsFunction<Row, Row, Row> {
    private static final long serialVersionUID = 1L;
    private final RollupConfig config;

    Slicer(RollupConfig config) {
      this.config = config;
    }

    @Override
    public Iterator<Row> call(Row cell, Iterator<Row> commitments) {
      RollupKey key = key(cell);
      return List.of(
              STATES
                  .row()
                  .text("provider", key.provider())
                  .text("customer", key.customer())
                  .text("gpu_model", key.gpuModel())
                  .text("status", key.status().code())
                  .text("layer", key.layer())
                  .text("region", key.region())
                  .value("state", rolled(config, commitments).toBytes())
                  .build())
          .iterator();
    }
  }

  /** The states of a cell's slices to its rows. */
  private static final class Merger implements FlatMapGroupsFunction<Row, Row, Row> {
    private static final long serialVersionUID = 1L;
    private final RollupConfig config;

    Merger(RollupConfig config) {
      this.config = config;
    }

    @Override
    public Iterator<Row> call(Row cell, Iterator<Row> slices) {
      RollupState state = RollupState.empty(config);
      while (slices.hasNext()) {
        state.mergeBytes(SLICE_STATES.at(slices.next()).bytes("state"));
      }
      return encoded(state.rows(key(cell)));
    }
  }

  /** What is the same in every quarter comes first: it is written once a cell. */
  private static StructType rowsSchema() {
    StructType schema =
        new StructType()
            .add("provider", StringType)
            .add("customer", StringType)
            .add("gpu_model", StringType)
            .add("commitment_status", StringType)
            .add("layer", StringType)
            .add("region", StringType)
            .add("grain", StringType)
            .add("commitments", LongType)
            .add("without_power", LongType)
            .add("without_gpus", LongType)
            .add("without_h100", LongType)
            .add("without_dates", LongType);
    for (String range : RANGES_OF_CELL) {
      schema = Columns.withRange(schema, range);
    }
    schema =
        schema
            .add("h100_equivalents_committed", DoubleType)
            .add("quarter", StringType)
            .add("quarter_end_day", IntegerType);
    for (String range : RANGES_OF_QUARTER) {
      schema = Columns.withRange(schema, range);
    }
    for (String number :
        List.of(
            "assumed_gw_low",
            "assumed_gw",
            "assumed_gw_high",
            "expected_gw",
            "assumed_gpus",
            "h100_equivalents_low",
            "h100_equivalents",
            "h100_equivalents_high")) {
      schema = schema.add(number, DoubleType);
    }
    for (List<String> percentiles : List.of(POWER_PERCENTILES, GPU_PERCENTILES, FORECAST)) {
      for (String percentile : percentiles) {
        schema = schema.add(percentile, DoubleType);
      }
    }
    return schema;
  }

  private static Iterator<Row> encoded(List<CapacityRow> rows) {
    RowWriter.Cells cell = ofCell(rows.get(0));
    return rows.stream().map(row -> ofQuarter(cell.copy(), row)).iterator();
  }

  /** What a row has of its cell. */
  private static RowWriter.Cells ofCell(CapacityRow row) {
    CapacityRow.Power power = row.power();
    CapacityRow.Gpus gpus = row.gpus();
    return ROWS.row()
        .text("provider", row.key().provider())
        .text("customer", row.key().customer())
        .text("gpu_model", row.key().gpuModel())
        .text("commitment_status", row.key().status().code())
        .text("layer", row.key().layer())
        .text("region", row.key().region())
        .text("grain", row.key().isLeaf() ? "leaf" : "total")
        .count("commitments", row.counts().commitments())
        .count("without_power", row.counts().withoutPower())
        .count("without_gpus", row.counts().withoutGpus())
        .count("without_h100", row.counts().withoutH100())
        .count("without_dates", row.counts().withoutDates())
        .range("value_usd", row.coverage().valueUsd().toRange(1))
        .range("value_without_power_usd", row.coverage().withoutPowerUsd().toRange(1))
        .range("power_it_gw", gigawatts(row.coverage().ofComputersAlone()))
        .range("power_committed_gw", gigawatts(power.committed()))
        .range("power_option_gw", gigawatts(power.option()))
        .range("gpus_committed", gpus(gpus.committed()))
        .number(
            "h100_equivalents_committed",
            gpus.h100Committed().mid() / ExactRangeSum.MILLIS_PER_GPU);
  }

  private static Row ofQuarter(RowWriter.Cells cells, CapacityRow row) {
    CapacityRow.Power power = row.power();
    CapacityRow.Gpus gpus = row.gpus();
    QuantityRange assumed = gigawatts(power.assumed());
    QuantityRange h100s = gpus(gpus.h100Online());
    cells
        .text("quarter", row.quarter().toString())
        .day("quarter_end_day", Optional.of(row.quarter().lastDay()))
        .range("power_online_gw", gigawatts(power.online()))
        .range("power_average_gw", gigawatts(power.average()))
        .range("power_outstanding_gw", gigawatts(power.outstanding()))
        .range("gpus_online", gpus(gpus.online()))
        .range("gpus_outstanding", gpus(gpus.outstanding()))
        .number("assumed_gw_low", assumed.low())
        .number("assumed_gw", assumed.mid())
        .number("assumed_gw_high", assumed.high())
        .number("expected_gw", power.expectedWatts() / ExactRangeSum.WATTS_PER_GW)
        .number("assumed_gpus", gpus.assumedMillis() / ExactRangeSum.MILLIS_PER_GPU)
        .number("h100_equivalents_low", h100s.low())
        .number("h100_equivalents", h100s.mid())
        .number("h100_equivalents_high", h100s.high());
    percentiles(cells, POWER_PERCENTILES, power.onSchedule(), ExactRangeSum.WATTS_PER_GW);
    percentiles(cells, GPU_PERCENTILES, gpus.onSchedule(), ExactRangeSum.MILLIS_PER_GPU);
    percentiles(cells, FORECAST, power.forecast(), ExactRangeSum.WATTS_PER_GW);
    return cells.build();
  }

  private static QuantityRange gigawatts(ExactRangeSum watts) {
    return watts.toRange(ExactRangeSum.WATTS_PER_GW);
  }

  private static QuantityRange gpus(ExactRangeSum millis) {
    return millis.toRange(ExactRangeSum.MILLIS_PER_GPU);
  }

  private static void percentiles(
      RowWriter.Cells cells,
      List<String> columns,
      Optional<Percentiles> percentiles,
      double quantaPerUnit) {
    cells
        .number(columns.get(0), percentiles.map(p -> p.p05() / quantaPerUnit))
        .number(columns.get(1), percentiles.map(p -> p.p50() / quantaPerUnit))
        .number(columns.get(2), percentiles.map(p -> p.p95() / quantaPerUnit));
  }
}
