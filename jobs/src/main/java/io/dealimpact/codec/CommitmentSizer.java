package io.dealimpact.codec;

import static org.apache.spark.sql.types.DataTypes.BinaryType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import io.dealimpact.capacity.Commitment;
import io.dealimpact.capacity.CommitmentHistory;
import io.dealimpact.capacity.CommitmentStatus;
import io.dealimpact.capacity.Finding;
import io.dealimpact.capacity.GpuCatalogue;
import io.dealimpact.capacity.RollupKey;
import io.dealimpact.capacity.Schedule;
import io.dealimpact.capacity.ScheduleDefaults;
import io.dealimpact.capacity.SizedCommitment;
import io.dealimpact.row.Columns;
import io.dealimpact.row.RowReader;
import io.dealimpact.row.RowWriter;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * All versions of a commitment in; the one that counts out, sized and scheduled, with what was odd
 * about its history. Nothing comes out for one that is not known yet, or is cancelled.
 */
public final class CommitmentSizer implements FlatMapGroupsFunction<String, Row, Row> {
  private static final long serialVersionUID = 1L;

  /** Columns of the output rows; each of {@code findings} is {@code rule: message}. */
  static final StructType SCHEMA =
      Columns.withRange(
              Columns.withRange(
                      Columns.withRange(
                          new StructType()
                              .add("provider", StringType)
                              .add("customer", StringType)
                              .add("gpu_model", StringType)
                              .add("status", StringType)
                              .add("layer", StringType)
                              .add("region", StringType)
                              .add("commitment_id", StringType),
                          "power_gw"),
                      "gpus")
                  .add("h100_per_gpu", DoubleType)
                  .add("tranches", BinaryType),
              "value_usd")
          .add("load", StringType)
          .add("first_day", IntegerType)
          .add("full_day", IntegerType)
          .add("deal_id", StringType)
          .add("findings", DataTypes.createArrayType(StringType));

  private static final RowWriter SIZED = new RowWriter(SCHEMA);

  private final int asOfDay;
  private final GpuCatalogue catalogue;
  private final ScheduleDefaults defaults;

  /**
   * Sizes what was known at the end of a day.
   *
   * @param asOfDay days since 1970-01-01
   */
  public CommitmentSizer(int asOfDay, GpuCatalogue catalogue, ScheduleDefaults defaults) {
    this.asOfDay = asOfDay;
    this.catalogue = catalogue;
    this.defaults = defaults;
  }

  /** Encoder of the output rows. */
  public static Encoder<Row> encoder() {
    return Encoders.row(SCHEMA);
  }

  /**
   * A commitment that counts.
   *
   * @param sized sized and scheduled
   * @param dealId the deal of its version
   * @param findings what was odd about its history
   */
  record Counted(SizedCommitment sized, String dealId, List<Finding> findings) {

    /** The first day of its parts, those left out whose first day is assumed. */
    Optional<LocalDate> first() {
      return stated(Schedule.Basis.ASSUMED_FIRST_DATE)
          .map(Schedule::firstPowerDate)
          .min(Comparator.naturalOrder());
    }

    /** The last day of its parts, those left out whose last day is assumed. */
    Optional<LocalDate> full() {
      return stated(Schedule.Basis.ASSUMED_FULL_DATE)
          .map(Schedule::fullPowerDate)
          .max(Comparator.naturalOrder());
    }

    private Stream<Schedule> stated(Schedule.Basis assumed) {
      return sized.tranches().stream()
          .flatMap(tranche -> tranche.schedule().stream())
          .filter(schedule -> schedule.basis() != assumed);
    }
  }

  @Override
  public Iterator<Row> call(String commitmentId, Iterator<Row> versions) {
    return size(CommitmentRows.all(versions)).map(CommitmentSizer::row).stream().iterator();
  }

  /** A commitment by all its versions; empty if it is not known yet, or is cancelled. */
  Optional<Counted> size(List<Commitment> versions) {
    CommitmentHistory history = CommitmentHistory.of(versions);
    return history
        .activeOn(LocalDate.ofEpochDay(asOfDay))
        .map(
            known ->
                new Counted(
                    SizedCommitment.of(known, catalogue, defaults),
                    known.dealId(),
                    history.findings()));
  }

  private static Row row(Counted counted) {
    SizedCommitment sized = counted.sized();
    return SIZED
        .row()
        .text("provider", sized.key().provider())
        .text("customer", sized.key().customer())
        .text("gpu_model", sized.key().gpuModel())
        .text("status", sized.key().status().code())
        .text("layer", sized.key().layer())
        .text("region", sized.key().region())
        .text("commitment_id", sized.commitmentId())
        .range("power_gw", sized.powerGw().range())
        .range("gpus", sized.gpus().range())
        .number("h100_per_gpu", sized.h100PerGpu())
        .value("tranches", TrancheCodec.encode(sized.tranches()))
        .range("value_usd", sized.terms().valueUsd())
        .text("load", sized.terms().load())
        .day("first_day", counted.first())
        .day("full_day", counted.full())
        .text("deal_id", counted.dealId())
        .value("findings", counted.findings().stream().map(Finding::text).toArray(String[]::new))
        .build();
  }

  /** The columns that a sized commitment is read back from. */
  static final List<String> READ =
      List.of(
          "provider",
          "customer",
          "gpu_model",
          "status",
          "layer",
          "region",
          "commitment_id",
          "power_gw_low",
          "power_gw_mid",
          "power_gw_high",
          "gpus_low",
          "gpus_mid",
          "gpus_high",
          "h100_per_gpu",
          "tranches",
          "value_usd_low",
          "value_usd_mid",
          "value_usd_high",
          "load");

  /** The row read back, for its sums; how sizes came about does not matter any more. */
  static SizedCommitment sized(RowReader.Cells row) {
    RollupKey key =
        new RollupKey(
            row.text("provider"),
            row.text("customer"),
            row.text("gpu_model"),
            CommitmentStatus.parse(row.text("status")).orElseThrow(),
            row.text("layer"),
            row.text("region"));
    return new SizedCommitment(
        row.text("commitment_id"),
        key,
        SizedCommitment.Amount.stated(row.range("power_gw")),
        SizedCommitment.Amount.stated(row.range("gpus")),
        Optional.ofNullable(row.numberOrNull("h100_per_gpu")),
        TrancheCodec.decode(row.bytes("tranches")),
        new SizedCommitment.Terms(row.range("value_usd"), row.text("load")));
  }
}
