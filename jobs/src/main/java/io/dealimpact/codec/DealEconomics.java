package io.dealimpact.codec;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import io.dealimpact.capacity.CommitmentHistory;
import io.dealimpact.capacity.GpuCatalogue;
import io.dealimpact.capacity.GpuModel;
import io.dealimpact.capacity.Range;
import io.dealimpact.capacity.cost.CapexAssumptions;
import io.dealimpact.capacity.cost.DealFacts;
import io.dealimpact.capacity.cost.Economics;
import io.dealimpact.claim.DealTerms;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/** A deal with its commitments and what its providers gained, to its economics. */
public final class DealEconomics implements MapFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  /** The value_type of a building with power, without accelerators. */
  private static final String LEASE = "lease_value";

  private static final StructType SCHEMA = schema();

  private final GpuCatalogue catalogue;
  private final CapexAssumptions assumptions;

  public DealEconomics(GpuCatalogue catalogue, CapexAssumptions assumptions) {
    this.catalogue = catalogue;
    this.assumptions = assumptions;
  }

  /**
   * The columns {@link #call} reads, in its order: the deal, its value as a contract in USD, its
   * term, {@code versions} (an array of {@link CommitmentRows#columns}), {@code gains} (an array of
   * instrument, low, mid, high in USD, ordered by instrument), what kind of value the deal states,
   * and whether that kind is a price of compute, so that its commitments' dollars are too.
   */
  public static Column[] columns() {
    return new Column[] {
      col("deal_id"),
      col("contract_low_usd"),
      col("contract_high_usd"),
      col("term_years"),
      col("versions"),
      col("gains"),
      col("value_type"),
      col("is_price")
    };
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
      schema = Ranges.add(schema, range);
    }
    return schema;
  }

  @Override
  public Row call(Row row) {
    String dealId = row.getString(0);
    List<Row> versions = row.isNullAt(4) ? List.of() : row.getList(4);
    DealTerms terms =
        DealTerms.of(dealId, CommitmentHistory.group(CommitmentRows.all(versions.iterator())));
    Optional<Range> contract = Range.ofNullable(Ranges.number(row, 1), Ranges.number(row, 2));
    Optional<Range> committed = row.getBoolean(7) ? terms.valueUsd() : Optional.empty();
    Optional<Range> value = committed.or(() -> contract);
    Optional<Range> term = Range.ofNullable(Ranges.number(row, 3), null);
    Optional<GpuModel> model = terms.gpuModel().flatMap(catalogue::find);
    List<Row> gains = row.isNullAt(5) ? List.of() : row.getList(5);
    Optional<Range> gained =
        gains.stream()
            .map(gain -> Range.of(gain.getDouble(1), gain.getDouble(2), gain.getDouble(3)))
            .reduce(Range::plus);
    Economics economics =
        Economics.of(
            new DealFacts(dealId, value, term, terms.powerGw(), terms.gpus(), model, gained),
            assumptions);
    List<Object> values = new ArrayList<>(SCHEMA.length());
    values.add(dealId);
    Optional<String> missing = missing(terms, economics);
    values.add(
        missing
            .map(what -> terms.commitments().isEmpty() ? "NO_COMMITMENT" : "PARTIAL")
            .orElse("OK"));
    values.add(missing.orElse(null));
    values.add((long) terms.commitments().size());
    values.add(terms.gpuModel().orElse(null));
    values.add(committed.isPresent() ? "commitments" : contract.isPresent() ? "deal" : null);
    values.add(row.getString(6));
    values.add(Ranges.number(row, 3));
    values.add(
        gains.isEmpty()
            ? null
            : gains.stream().map(gain -> gain.getString(0)).collect(Collectors.joining(", ")));
    boolean leased = LEASE.equals(row.getString(6));
    values.add(flags(economics, leased));
    values.add(assumptions.source());
    Ranges.add(values, value);
    Ranges.add(values, economics.powerGw());
    Ranges.add(values, economics.gpus());
    Ranges.add(values, economics.impliedKwPerGpu());
    Ranges.add(values, economics.gpusPerGw());
    Ranges.add(values, assumptions.capexUsdPerGw());
    Ranges.add(values, assumptions.gpuShareOfCapex());
    Ranges.add(values, economics.capexUsd());
    Ranges.add(values, economics.gpuCapexUsdPerGw());
    Ranges.add(values, economics.impliedUsdPerGpu());
    Ranges.add(values, economics.usdPerGwYear());
    Ranges.add(values, leased ? Optional.empty() : economics.usdPerGpuHour());
    Ranges.add(values, gained);
    Ranges.add(values, economics.gainedUsdPerGw());
    Ranges.add(values, economics.gainedUsdPerGpu());
    Ranges.add(values, economics.gainedUsdPerDealUsd());
    return RowFactory.create(values.toArray());
  }

  private static String flags(Economics economics, boolean leased) {
    List<String> flags = new ArrayList<>();
    economics.flags().forEach(flag -> flags.add(flag.rule() + ": " + flag.message()));
    if (leased) {
      flags.add(
          "space-and-power-only: the value is a lease of a building and its power; GPUs are not in"
              + " it, so it has no price of a GPU-hour");
    }
    return flags.isEmpty() ? null : String.join("; ", flags);
  }

  /** What kept a figure from being there, in words; empty if nothing did. */
  private static Optional<String> missing(DealTerms terms, Economics economics) {
    if (terms.commitments().isEmpty()) {
      return Optional.of("the deal made no commitment of compute that still counts");
    }
    List<String> missing = new ArrayList<>();
    if (economics.powerGw().isEmpty()) {
      missing.add("power");
    }
    if (economics.gpus().isEmpty()) {
      missing.add("GPUs");
    }
    if (economics.usdPerGwYear().isEmpty() && economics.usdPerGpuHour().isEmpty()) {
      missing.add("a contract value with its term");
    }
    if (economics.gainedUsdPerGw().isEmpty() && economics.gainedUsdPerDealUsd().isEmpty()) {
      missing.add("a provider's measured gain");
    }
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of("not known, or nothing to relate it to: " + String.join(", ", missing));
  }
}
