package io.dealimpact.codec;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;

import io.dealimpact.capacity.CommitmentHistory;
import io.dealimpact.capacity.GpuCatalogue;
import io.dealimpact.capacity.QuantityRange;
import io.dealimpact.capacity.ScheduleDefaults;
import io.dealimpact.capacity.cost.DealCost;
import io.dealimpact.capacity.cost.DealFacts;
import io.dealimpact.capacity.cost.Economics;
import io.dealimpact.capacity.cost.Gains;
import io.dealimpact.claim.DealTerms;
import io.dealimpact.row.Columns;
import io.dealimpact.row.RowReader;
import io.dealimpact.row.RowWriter;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** A deal with its commitments and what its providers gained, to a row of its {@link DealCost}. */
public final class DealEconomics implements MapFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  private static final List<String> TEXTS =
      List.of(
          "deal_id",
          "status",
          "status_reason",
          "gpu_model",
          "value_basis",
          "value_type",
          "charge",
          "power_by",
          "gained_by",
          "gain_basis",
          "confounders",
          "flags",
          "costs_source",
          "assumptions_source");

  private static final List<String> NUMBERS =
      List.of("term_years", "ramp_share", "gained_p", "gained_q");

  private static final List<String> RANGES =
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
          "usd_per_ramped_gw_year",
          "usd_per_gpu_hour",
          "value_per_capex",
          "value_per_article_capex",
          "gained_usd",
          "gained_usd_per_gw",
          "gained_usd_per_gpu",
          "gained_usd_per_deal_usd");

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
          "net_parties",
          "net_usd_low",
          "net_usd_mid",
          "net_usd_high",
          "deal_type",
          "value_type",
          "is_price");
  private static final List<String> GAIN =
      List.of(
          "instrument_id",
          "abnormal_usd_low",
          "abnormal_usd",
          "abnormal_usd_high",
          "event_day",
          "p_value",
          "q_value",
          "is_confounded",
          "confounder_list");

  private final GpuCatalogue catalogue;
  private final ScheduleDefaults defaults;
  private final DealCost.Costs costs;

  public DealEconomics(GpuCatalogue catalogue, ScheduleDefaults defaults, DealCost.Costs costs) {
    this.catalogue = catalogue;
    this.defaults = defaults;
    this.costs = costs;
  }

  /**
   * The columns that are read: the deal, its value as a contract in USD, its term, {@code versions}
   * (an array of {@link CommitmentRows#columns}), {@code gains} (an array of {@link #gainColumns},
   * ordered by instrument), the net of all its listed parties, how many they are, what kind of deal
   * and value it is, and whether that kind is a price of compute, so that its commitments' dollars
   * are too.
   */
  public static Column[] columns() {
    return Columns.named(COLUMNS);
  }

  /**
   * The columns of a gain: the instrument, its abnormal change of value in USD, and what a reader
   * should know of the event.
   */
  public static Column[] gainColumns() {
    return GAIN.stream()
        .map(name -> name.equals("event_day") ? unix_date(col("event_date")).as(name) : col(name))
        .toArray(Column[]::new);
  }

  /** Encoder of the output rows. */
  public static Encoder<Row> encoder() {
    return Encoders.row(SCHEMA);
  }

  private static StructType schema() {
    StructType schema = new StructType();
    for (String text : TEXTS) {
      schema = schema.add(text, StringType);
    }
    for (String number : NUMBERS) {
      schema = schema.add(number, DoubleType);
    }
    schema =
        schema
            .add("commitments", LongType)
            .add("event_day", IntegerType)
            .add("is_confounded", BooleanType)
            .add("confounder_list", createArrayType(StringType))
            .add("flag_list", createArrayType(StringType));
    for (String range : RANGES) {
      schema = Columns.withRange(schema, range);
    }
    return schema;
  }

  @Override
  public Row call(Row row) {
    RowReader.Cells deal = RowReader.of(row.schema(), COLUMNS).at(row);
    String dealId = deal.text("deal_id");
    DealTerms terms =
        DealTerms.added(
            dealId,
            CommitmentHistory.group(CommitmentRows.all(deal.<Row>list("versions").iterator())));
    Optional<QuantityRange> years = QuantityRange.ofNullable(deal.numberOrNull("term_years"), null);
    DealFacts.Term term =
        new DealFacts.Term(years, years.flatMap(length -> terms.rampShare(length, defaults)));
    Gains gains = gains(deal);
    DealCost cost = DealCost.of(dealId, stated(deal), committed(terms), term, gains, costs);
    RowWriter.Cells cells = ROWS.row();
    writeTexts(cells, deal, terms, gains, cost);
    writeNumbers(cells, terms, term, gains);
    writeRanges(cells, gains, cost);
    return cells.build();
  }

  private static DealCost.StatedValue stated(RowReader.Cells deal) {
    return new DealCost.StatedValue(
        deal.text("deal_type"),
        deal.text("value_type"),
        deal.flagOrNull("is_price"),
        QuantityRange.ofNullable(
            deal.numberOrNull("contract_low_usd"), deal.numberOrNull("contract_high_usd")));
  }

  private DealCost.Committed committed(DealTerms terms) {
    return new DealCost.Committed(
        terms.commitments().size(),
        terms.valueUsd(),
        terms.powerGw(),
        terms.powerBy(),
        terms.gpus(),
        terms.gpuModel().flatMap(catalogue::find));
  }

  private static Gains gains(RowReader.Cells deal) {
    return new Gains(
        deal.<Row>list("gains").stream()
            .map(gain -> part(RowReader.of(gain.schema(), GAIN).at(gain)))
            .toList(),
        deal.isNull("net_parties")
            ? Optional.empty()
            : deal.range("net_usd").map(usd -> new Gains.Net(deal.count("net_parties"), usd)));
  }

  private static Gains.Part part(RowReader.Cells gain) {
    return new Gains.Part(
        gain.text("instrument_id"),
        QuantityRange.of(
            gain.number("abnormal_usd_low"),
            gain.number("abnormal_usd"),
            gain.number("abnormal_usd_high")),
        new Gains.Event(
            gain.day("event_day"),
            Optional.ofNullable(gain.numberOrNull("p_value")),
            Optional.ofNullable(gain.numberOrNull("q_value")),
            Boolean.TRUE.equals(gain.flagOrNull("is_confounded")),
            gain.list("confounder_list")));
  }

  private void writeTexts(
      RowWriter.Cells cells, RowReader.Cells deal, DealTerms terms, Gains gains, DealCost cost) {
    cells
        .text("deal_id", deal.text("deal_id"))
        .text("status", cost.status().name())
        .text("status_reason", cost.missing().orElse(null))
        .text("gpu_model", terms.gpuModel().orElse(null))
        .text("value_basis", cost.basis().map(DealCost.ValueBasis::code).orElse(null))
        .text("value_type", deal.text("value_type"))
        .text("charge", cost.charge().code())
        .text("power_by", cost.powerBy().orElse(null))
        .textOrNull("gained_by", gains.instruments())
        .text("gain_basis", gains.together().map(Gains.Together::basis).orElse(null))
        .textOrNull("confounders", String.join("; ", gains.confounders()))
        .texts("confounder_list", gains.confounders())
        .textOrNull("flags", String.join("; ", cost.flags()))
        .texts("flag_list", cost.flags())
        .text("costs_source", costs.published().source())
        .text("assumptions_source", costs.article().source());
  }

  private static void writeNumbers(
      RowWriter.Cells cells, DealTerms terms, DealFacts.Term term, Gains gains) {
    cells
        .number("term_years", term.years().map(QuantityRange::mid))
        .number("ramp_share", term.rampShare().map(QuantityRange::mid))
        .number("gained_p", gains.p())
        .number("gained_q", gains.q())
        .count("commitments", (long) terms.commitments().size())
        .day("event_day", gains.day())
        .flag("is_confounded", gains.isConfounded().orElse(null));
  }

  private void writeRanges(RowWriter.Cells cells, Gains gains, DealCost cost) {
    Economics economics = cost.economics();
    cells
        .range("value_usd", cost.valueUsd())
        .range("power_gw", economics.size().powerGw())
        .range("gpus", economics.size().gpus())
        .range("implied_kw_per_gpu", economics.size().impliedKwPerGpu())
        .range("gpus_per_gw", economics.size().gpusPerGw())
        .range("capex_usd_per_gw", costs.published().capexUsdPerGw())
        .range("gpu_share_of_capex", costs.published().gpuShareOfCapex())
        .range("capex_usd", economics.capex().usd())
        .range("gpu_capex_usd_per_gw", economics.capex().gpuUsdPerGw())
        .range("implied_usd_per_gpu", economics.capex().impliedUsdPerGpu())
        .range("usd_per_gw_year", economics.price().usdPerGwYear())
        .range("usd_per_ramped_gw_year", economics.price().usdPerRampedGwYear())
        .range("usd_per_gpu_hour", economics.price().usdPerGpuHour())
        .range("value_per_capex", economics.capex().valuePerUsd())
        .range("value_per_article_capex", economics.capex().valuePerArticleUsd())
        .range("gained_usd", gains.together().map(Gains.Together::usd))
        .range("gained_usd_per_gw", economics.gain().usdPerGw())
        .range("gained_usd_per_gpu", economics.gain().usdPerGpu())
        .range("gained_usd_per_deal_usd", economics.gain().usdPerDealUsd());
  }
}
