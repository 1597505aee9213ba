package io.dealimpact.codec;

import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import io.dealimpact.capacity.CommitmentHistory;
import io.dealimpact.capacity.CommitmentStatus;
import io.dealimpact.capacity.Finding;
import io.dealimpact.capacity.GpuCatalogue;
import io.dealimpact.capacity.Ramp;
import io.dealimpact.capacity.RollupKey;
import io.dealimpact.capacity.Schedule;
import io.dealimpact.capacity.ScheduleDefaults;
import io.dealimpact.capacity.SizedCommitment;
import io.dealimpact.row.Columns;
import io.dealimpact.row.RowReader;
import io.dealimpact.row.RowWriter;
import java.time.LocalDate;
import java.util.Iterator;
import java.util.List;
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
                  new StructType()
                      .add("provider", StringType)
                      .add("customer", StringType)
                      .add("gpu_model", StringType)
                      .add("status", StringType)
                      .add("commitment_id", StringType),
                  "power_gw"),
              "gpus")
          .add("first_day", IntegerType)
          .add("full_day", IntegerType)
          .add("ramp", StringType)
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

  @Override
  public Iterator<Row> call(String commitmentId, Iterator<Row> versions) {
    CommitmentHistory history = CommitmentHistory.of(CommitmentRows.all(versions));
    return history
        .activeOn(LocalDate.ofEpochDay(asOfDay))
        .map(
            known ->
                row(
                    SizedCommitment.of(known, catalogue, defaults),
                    known.dealId(),
                    history.findings()))
        .stream()
        .iterator();
  }

  private static Row row(SizedCommitment sized, String dealId, List<Finding> findings) {
    return SIZED
        .row()
        .text("provider", sized.key().provider())
        .text("customer", sized.key().customer())
        .text("gpu_model", sized.key().gpuModel())
        .text("status", sized.key().status().code())
        .text("commitment_id", sized.commitmentId())
        .range("power_gw", sized.powerGw())
        .range("gpus", sized.gpus())
        .day("first_day", sized.schedule().map(Schedule::firstPowerDate))
        .day("full_day", sized.schedule().map(Schedule::fullPowerDate))
        .text("ramp", sized.schedule().map(s -> s.ramp().code()).orElse(null))
        .text("deal_id", dealId)
        .value("findings", findings.stream().map(Finding::text).toArray(String[]::new))
        .build();
  }

  /** The columns that a sized commitment is read back from. */
  static final List<String> READ =
      List.of(
          "provider",
          "customer",
          "gpu_model",
          "status",
          "commitment_id",
          "power_gw_low",
          "power_gw_mid",
          "power_gw_high",
          "gpus_low",
          "gpus_mid",
          "gpus_high",
          "first_day",
          "full_day",
          "ramp");

  /** The row read back, for its sums; how sizes came about does not matter any more. */
  static SizedCommitment sized(RowReader.Cells row) {
    RollupKey key =
        new RollupKey(
            row.text("provider"),
            row.text("customer"),
            row.text("gpu_model"),
            CommitmentStatus.parse(row.text("status")).orElseThrow());
    return new SizedCommitment(
        row.text("commitment_id"),
        key,
        row.range("power_gw"),
        SizedCommitment.Basis.STATED,
        row.range("gpus"),
        SizedCommitment.Basis.STATED,
        row.day("first_day")
            .map(
                first ->
                    new Schedule(
                        first,
                        row.day("full_day").orElseThrow(),
                        Ramp.parse(row.text("ramp")).orElseThrow(),
                        Schedule.Basis.STATED)));
  }
}
