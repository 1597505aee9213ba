package io.dealimpact.codec;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import io.dealimpact.capacity.CommitmentHistory;
import io.dealimpact.capacity.GpuCatalogue;
import io.dealimpact.capacity.QuantityRange;
import io.dealimpact.capacity.cost.CapexAssumptions;
import io.dealimpact.capacity.cost.DealCost;
import io.dealimpact.capacity.cost.Economics;
import io.dealimpact.claim.DealTerms;
import io.dealimpact.row.Columns;
import io.dealimpact.row.RowReader;
import io.dealimpact.row.RowWriter;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** A deal with its commitments and what its providers gained, to a row of its {@link DealCost}. */
public final class DealEconomics implements MapFunction<Row, Row> {
  private static final long serialVersionUID = 1L;
  private static final StructType SCHEMA = schema();
  private static final RowWriter ROWS = new RowWriter(SCHEMA);
  private static final List<String> COLUMNS =
      List.of(
          "deal_id",
          "contract_low_usd",
          "contract_high_usd",
          "term_years",
          "versions",
          "gains",
          "value_type",
          "is_price");
  private static final List<String> GAIN =
      List.of("instrument_id", "abnormal_usd_low", "abnormal_usd", "abnormal_usd_high");

  private final GpuCatalogue catalogue;
  private final CapexAssumptions assumptions;

  public DealEconomics(GpuCatalogue catalogue, CapexAssumptions assumptions) {
    this.catalogue = catalogue;
    this.assumptions = assumptions;
  }

  /**
   * The columns that are read: the deal, its value as a contract in USD, its term, {@code versions}
   * (an array of {@link CommitmentRows#columns}), {@code gains} (an array of {@link #gainColumns},
   * ordered by instrument), what kind of value the deal states, and whether that kind is a price of
   * compute, so that its commitments' dollars are too.
   */
  public static Column[] columns() {
    return Columns.named(COLUMNS);
  }

  /** The columns of a gain: the instrument, and its abnormal change of value in USD. */
  public static Column[] gainColumns() {
    return Columns.named(GAIN);
  }

  /** Encoder of the output rows. */
  public static Encoder<Row> encoder() {
    return Encoders.row(SCHEMA);
  }

  private static StructType schema() {
    StructType schema =
        new StructType()
            .add("deal_id", StringType)
            .add("status", StringType)
            .add("status_reason", StringType)
            .add("commitments", LongType)
            .add("gpu_model", StringType)
            .add("value_basis", StringType)
            .add("value_type", StringType)
            .add("term_years", DoubleType)
            .add("gained_by", StringType)
            .add("flags", StringType)
            .add("assumptions_source", StringType);
    for (String range :
        List.of(
            "value_usd",
            "power_gw",
            "gpus",
            "implied_kw_per_gpu",
            "gpus_per_gw",
            "capex_usd_per_gw",
            "gpu_share_of_capex",
            "capex_usd",
            "gpu_capex_usd_per_gw",
            "implied_usd_per_gpu",
            "usd_per_gw_year",
            "usd_per_gpu_hour",
            "gained_usd",
            "gained_usd_per_gw",
            "gained_usd_per_gpu",
            "gained_usd_per_deal_usd")) {
      schema = Columns.withRange(schema, range);
    }
    return schema;
  }

  @Override
  public Row call(Row row) {
    RowReader.Cells deal = RowReader.of(row.schema(), COLUMNS).at(row);
    String dealId = deal.text("deal_id");
    DealTerms terms =
        DealTerms.of(
            dealId,
            CommitmentHistory.group(CommitmentRows.all(deal.<Row>list("versions").iterator())));
    List<DealCost.Gain> gains =
        deal.<Row>list("gains").stream()
            .map(gain -> gain(RowReader.of(gain.schema(), GAIN).at(gain)))
            .toList();
    DealCost cost =
        DealCost.of(
            dealId,
            new DealCost.StatedValue(
                deal.text("value_type"),
                deal.flagOrNull("is_price"),
                QuantityRange.ofNullable(
                    deal.numberOrNull("contract_low_usd"), deal.numberOrNull("contract_high_usd"))),
            new DealCost.Committed(
                terms.commitments().size(),
                terms.valueUsd(),
                terms.powerGw(),
                terms.gpus(),
                terms.gpuModel().flatMap(catalogue::find)),
            QuantityRange.ofNullable(deal.numberOrNull("term_years"), null),
            gains,
            assumptions);
    Economics economics = cost.economics();
    return ROWS.row()
        .text("deal_id", dealId)
        .text("status", cost.status().name())
        .text("status_reason", cost.missing().orElse(null))
        .count("commitments", (long) terms.commitments().size())
        .text("gpu_model", terms.gpuModel().orElse(null))
        .text("value_basis", cost.basis().map(DealCost.ValueBasis::code).orElse(null))
        .text("value_type", deal.text("value_type"))
        .number("term_years", deal.number("term_years"))
        .textOrNull(
            "gained_by",
            gains.stream().map(DealCost.Gain::instrumentId).collect(Collectors.joining(", ")))
        .textOrNull("flags", String.join("; ", cost.flags()))
        .text("assumptions_source", assumptions.source())
        .range("value_usd", cost.valueUsd())
        .range("power_gw", economics.size().powerGw())
        .range("gpus", economics.size().gpus())
        .range("implied_kw_per_gpu", economics.size().impliedKwPerGpu())
        .range("gpus_per_gw", economics.size().gpusPerGw())
        .range("capex_usd_per_gw", assumptions.capexUsdPerGw())
        .range("gpu_share_of_capex", assumptions.gpuShareOfCapex())
        .range("capex_usd", economics.capex().usd())
        .range("gpu_capex_usd_per_gw", economics.capex().gpuUsdPerGw())
        .range("implied_usd_per_gpu", economics.capex().impliedUsdPerGpu())
        .range("usd_per_gw_year", economics.price().usdPerGwYear())
        .range("usd_per_gpu_hour", cost.usdPerGpuHour())
        .range("gained_usd", cost.gainedUsd())
        .range("gained_usd_per_gw", economics.gain().usdPerGw())
        .range("gained_usd_per_gpu", economics.gain().usdPerGpu())
        .range("gained_usd_per_deal_usd", economics.gain().usdPerDealUsd())
        .build();
  }

  private static DealCost.Gain gain(RowReader.Cells gain) {
    return new DealCost.Gain(
        gain.text("instrument_id"),
        QuantityRange.of(
            gain.number("abnormal_usd_low"),
            gain.number("abnormal_usd"),
            gain.number("abnormal_usd_high")));
  }
}
