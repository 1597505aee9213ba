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
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
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
      Ranges.add(
              Ranges.add(
                  new StructType()
                      .add("provider", StringType)
                      .add("customer", StringType)
                      .add("gpu_model", StringType)
                      .add("status", StringType)
                      .add("layer", StringType)
                      .add("commitment_id", StringType),
                  "power_gw"),
              "gpus")
          .add("h100_per_gpu", DoubleType)
          .add("tranches", BinaryType)
          .add("value_usd_low", DoubleType)
          .add("value_usd_mid", DoubleType)
          .add("value_usd_high", DoubleType)
          .add("load", StringType)
          .add("first_day", IntegerType)
          .add("full_day", IntegerType)
          .add("deal_id", StringType)
          .add("findings", DataTypes.createArrayType(StringType));

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
        .asOf(LocalDate.ofEpochDay(asOfDay))
        .filter(Commitment::isActive)
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
    List<Object> values = new ArrayList<>(SCHEMA.length());
    values.add(sized.key().provider());
    values.add(sized.key().customer());
    values.add(sized.key().gpuModel());
    values.add(sized.key().status().code());
    values.add(sized.key().layer());
    values.add(sized.commitmentId());
    Ranges.add(values, sized.powerGw());
    Ranges.add(values, sized.gpus());
    values.add(sized.h100PerGpu().orElse(null));
    values.add(TrancheCodec.encode(sized.tranches()));
    Ranges.add(values, sized.terms().valueUsd());
    values.add(sized.terms().load());
    values.add(day(sized, Schedule::firstPowerDate, Math::min, Schedule.Basis.ASSUMED_FIRST_DATE));
    values.add(day(sized, Schedule::fullPowerDate, Math::max, Schedule.Basis.ASSUMED_FULL_DATE));
    values.add(dealId);
    values.add(
        findings.stream()
            .map(
                finding -> finding.rule() + ": " + finding.commitmentId() + " " + finding.message())
            .toArray(String[]::new));
    return RowFactory.create(values.toArray());
  }

  /** The first or last day of its parts, those left out whose day of the kind is assumed. */
  private static Integer day(
      SizedCommitment sized,
      Function<Schedule, LocalDate> date,
      BinaryOperator<Integer> which,
      Schedule.Basis assumed) {
    return sized.tranches().stream()
        .flatMap(tranche -> tranche.schedule().stream())
        .filter(schedule -> schedule.basis() != assumed)
        .map(schedule -> (int) date.apply(schedule).toEpochDay())
        .reduce(which)
        .orElse(null);
  }

  /** The row read back, for its sums; how sizes came about does not matter any more. */
  static SizedCommitment sized(Row row) {
    RollupKey key =
        new RollupKey(
            row.getString(0),
            row.getString(1),
            row.getString(2),
            CommitmentStatus.parse(row.getString(3)).orElseThrow(),
            row.getString(4));
    return new SizedCommitment(
        row.getString(5),
        key,
        Ranges.at(row, 6),
        SizedCommitment.Basis.STATED,
        Ranges.at(row, 9),
        SizedCommitment.Basis.STATED,
        Optional.ofNullable(Ranges.number(row, 12)),
        TrancheCodec.decode(row.getAs(13)),
        new SizedCommitment.Terms(Ranges.at(row, 14), row.getString(17)));
  }
}
