package io.dealimpact.codec;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.unix_date;

import io.dealimpact.capacity.Commitment;
import io.dealimpact.capacity.CommitmentDraft;
import io.dealimpact.capacity.GpuCatalogue;
import io.dealimpact.capacity.GpuModel;
import io.dealimpact.capacity.Milestone;
import io.dealimpact.capacity.Range;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;

/** Versions of commitments, and accelerators, from the rows of silver. */
public final class CommitmentRows {
  private CommitmentRows() {}

  /** The columns of silver.capacity_commitments that {@link #of} reads, in its order. */
  public static Column[] columns() {
    return new Column[] {
      col("commitment_id"),
      col("deal_id"),
      col("provider"),
      col("customer"),
      col("gpu_model"),
      col("gpus_low"),
      col("gpus_high"),
      col("power_gw_low"),
      col("power_gw_high"),
      col("value_usd_low"),
      col("value_usd_high"),
      unix_date(col("first_power_date")).as("first_power_day"),
      unix_date(col("full_power_date")).as("full_power_day"),
      col("status"),
      col("ramp"),
      unix_date(col("known_date")).as("known_day"),
      coalesce(col("source_title"), lit("")).as("source"),
      transform(
              col("milestones"),
              m ->
                  struct(
                      unix_date(m.getField("date")).as("day"),
                      m.getField("gw"),
                      m.getField("kind")))
          .as("milestones"),
      col("layer"),
      col("power").as("load"),
      col("power_by")
    };
  }

  /** A version of a commitment; the row may have more columns after those it reads. */
  public static Commitment of(Row row) {
    return new CommitmentDraft()
        .commitmentId(row.getString(0))
        .dealId(row.getString(1))
        .provider(row.getString(2))
        .customer(row.getString(3))
        .gpuModel(row.getString(4))
        .gpus(Ranges.number(row, 5), Ranges.number(row, 6))
        .powerGw(Ranges.number(row, 7), Ranges.number(row, 8))
        .valueUsd(Ranges.number(row, 9), Ranges.number(row, 10))
        .firstPowerDate(day(row, 11))
        .fullPowerDate(day(row, 12))
        .status(row.getString(13))
        .ramp(row.getString(14))
        .knownDate(day(row, 15))
        .source(row.getString(16))
        .milestones(milestones(row, 17))
        .layer(row.getString(18))
        .load(row.getString(19))
        .powerBy(row.getString(20))
        .build();
  }

  private static List<Milestone> milestones(Row row, int field) {
    if (row.isNullAt(field)) {
      return List.of();
    }
    List<Milestone> milestones = new ArrayList<>();
    for (Row milestone : row.<Row>getList(field)) {
      milestones.add(
          new Milestone(
              Optional.ofNullable(day(milestone, 0)),
              milestone.getDouble(1),
              Milestone.Kind.parse(milestone.getString(2)).orElseThrow()));
    }
    return milestones;
  }

  static List<Commitment> all(Iterator<Row> rows) {
    List<Commitment> commitments = new ArrayList<>();
    rows.forEachRemaining(row -> commitments.add(of(row)));
    return commitments;
  }

  /** The columns of silver.gpu_models that {@link #catalogue} reads, in its order. */
  public static Column[] modelColumns() {
    return new Column[] {
      col("gpu_model"),
      col("vendor"),
      col("kw_per_gpu_low"),
      col("kw_per_gpu_high"),
      col("price_usd_low"),
      col("price_usd_high"),
      col("source_title"),
      col("h100_equivalents")
    };
  }

  /**
   * The accelerators whose power is known: the others derive nothing. Of names that differ in case
   * and blanks only the first counts.
   *
   * @param rows ordered by gpu_model
   */
  public static GpuCatalogue catalogue(List<Row> rows) {
    List<GpuModel> models = new ArrayList<>();
    for (Row row : rows) {
      Optional<Range> kwPerGpu = Range.ofNullable(Ranges.number(row, 2), Ranges.number(row, 3));
      String name = row.getString(0);
      if (kwPerGpu.isPresent() && GpuCatalogue.of(models).find(name).isEmpty()) {
        models.add(
            new GpuModel(
                name,
                row.getString(1),
                kwPerGpu.get(),
                Ranges.number(row, 4),
                Ranges.number(row, 5),
                Ranges.number(row, 7),
                row.getString(6)));
      }
    }
    return GpuCatalogue.of(models);
  }

  private static LocalDate day(Row row, int field) {
    return row.isNullAt(field) ? null : LocalDate.ofEpochDay(row.getInt(field));
  }
}
