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
import io.dealimpact.capacity.QuantityRange;
import io.dealimpact.row.Columns;
import io.dealimpact.row.RowReader;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** Versions of commitments, and accelerators, from the rows of silver. */
public final class CommitmentRows {
  private CommitmentRows() {}

  /** The columns of silver.capacity_commitments that a version is read from. */
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
                      m.getField("gw").as("gw"),
                      m.getField("kind").as("kind")))
          .as("milestones"),
      col("layer"),
      col("region"),
      col("power").as("load"),
      col("power_by")
    };
  }

  private static final List<String> VERSION =
      List.of(
          "commitment_id",
          "deal_id",
          "provider",
          "customer",
          "gpu_model",
          "gpus_low",
          "gpus_high",
          "power_gw_low",
          "power_gw_high",
          "value_usd_low",
          "value_usd_high",
          "first_power_day",
          "full_power_day",
          "status",
          "ramp",
          "known_day",
          "source",
          "milestones",
          "layer",
          "region",
          "load",
          "power_by");

  /** The reader of versions; the rows may have other columns. */
  static RowReader reader(StructType schema) {
    return RowReader.of(schema, VERSION);
  }

  /** A version of a commitment. */
  static Commitment of(RowReader.Cells version) {
    return new CommitmentDraft()
        .commitmentId(version.text("commitment_id"))
        .dealId(version.text("deal_id"))
        .provider(version.text("provider"))
        .customer(version.text("customer"))
        .gpuModel(version.text("gpu_model"))
        .gpus(version.numberOrNull("gpus_low"), version.numberOrNull("gpus_high"))
        .powerGw(version.numberOrNull("power_gw_low"), version.numberOrNull("power_gw_high"))
        .valueUsd(version.numberOrNull("value_usd_low"), version.numberOrNull("value_usd_high"))
        .firstPowerDate(version.day("first_power_day").orElse(null))
        .fullPowerDate(version.day("full_power_day").orElse(null))
        .status(version.text("status"))
        .ramp(version.text("ramp"))
        .knownDate(version.day("known_day").orElse(null))
        .source(version.text("source"))
        .milestones(milestones(version.list("milestones")))
        .layer(version.text("layer"))
        .region(version.text("region"))
        .load(version.text("load"))
        .powerBy(version.text("power_by"))
        .build();
  }

  private static List<Milestone> milestones(List<Row> rows) {
    List<Milestone> milestones = new ArrayList<>();
    for (Row row : rows) {
      RowReader.Cells milestone = RowReader.of(row.schema(), "day", "gw", "kind").at(row);
      milestones.add(
          new Milestone(
              milestone.day("day"),
              milestone.number("gw"),
              Milestone.Kind.parse(milestone.text("kind")).orElseThrow()));
    }
    return milestones;
  }

  /** The versions of rows with {@link #columns}. */
  public static List<Commitment> all(Iterator<Row> rows) {
    List<Commitment> commitments = new ArrayList<>();
    RowReader reader = null;
    while (rows.hasNext()) {
      Row row = rows.next();
      reader = reader == null ? reader(row.schema()) : reader;
      commitments.add(of(reader.at(row)));
    }
    return commitments;
  }

  private static final List<String> MODEL =
      List.of(
          "gpu_model",
          "vendor",
          "kw_per_gpu_low",
          "kw_per_gpu_high",
          "price_usd_low",
          "price_usd_high",
          "h100_equivalents",
          "source_title");

  /** The columns of silver.gpu_models that {@link #catalogue} reads. */
  public static Column[] modelColumns() {
    return Columns.named(MODEL);
  }

  /**
   * The accelerators whose power is known: the others derive nothing.
   *
   * @param rows ordered by gpu_model
   */
  public static GpuCatalogue catalogue(List<Row> rows) {
    return GpuCatalogue.ofFirst(
        rows.stream()
            .map(row -> model(RowReader.of(row.schema(), MODEL).at(row)))
            .flatMap(Optional::stream)
            .toList());
  }

  private static Optional<GpuModel> model(RowReader.Cells model) {
    return QuantityRange.ofNullable(
            model.numberOrNull("kw_per_gpu_low"), model.numberOrNull("kw_per_gpu_high"))
        .map(
            kwPerGpu ->
                new GpuModel(
                    model.text("gpu_model"),
                    model.text("vendor"),
                    kwPerGpu,
                    model.numberOrNull("price_usd_low"),
                    model.numberOrNull("price_usd_high"),
                    model.numberOrNull("h100_equivalents"),
                    model.text("source_title")));
  }
}
