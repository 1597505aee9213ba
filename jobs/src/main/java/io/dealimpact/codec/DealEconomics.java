package io.dealimpact.codec;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import io.dealimpact.capacity.CommitmentHistory;
import io.dealimpact.capacity.GpuCatalogue;
import io.dealimpact.capacity.GpuModel;
import io.dealimpact.capacity.Range;
import io.dealimpact.capacity.ScheduleDefaults;
import io.dealimpact.capacity.cost.CapexAssumptions;
import io.dealimpact.capacity.cost.Charge;
import io.dealimpact.capacity.cost.DealFacts;
import io.dealimpact.capacity.cost.Economics;
import io.dealimpact.claim.DealTerms;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

  private final GpuCatalogue catalogue;
  private final ScheduleDefaults defaults;
  private final CapexAssumptions published;
  private final CapexAssumptions article;

  /**
   * The economics under costs.
   *
   * @param published cost to build, as others published
   * @param article cost to build by the article that is audited
   */
  public DealEconomics(
      GpuCatalogue catalogue,
      ScheduleDefaults defaults,
      CapexAssumptions published,
      CapexAssumptions article) {
    this.catalogue = catalogue;
    this.defaults = defaults;
    this.published = published;
    this.article = article;
  }

  /**
   * The columns {@link #call} reads: the deal, its value as a contract in USD, its term, {@code
   * versions} (an array of {@link CommitmentRows#columns}), {@code gains} (an array of instrument,
   * low, mid, high in USD and what a reader should know of them, ordered by instrument), the net of
   * all its listed parties where they are those, what kind of deal and value it is, and whether
   * that kind is a price of compute, so that its commitments' dollars are too.
   */
  public static Column[] columns() {
    return Stream.of(
            "deal_id",
            "contract_low_usd",
            "contract_high_usd",
            "term_years",
            "versions",
            "gains",
            "net_parties",
            "net_low_usd",
            "net_usd",
            "net_high_usd",
            "deal_type",
            "value_type",
            "is_price")
        .map(name -> col(name))
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
            .add("is_confounded", BooleanType);
    for (String range : RANGES) {
      schema = Ranges.add(schema, range);
    }
    return schema;
  }

  /** What the providers gained together, and how that is known. */
  private record Gain(Range usd, String basis) {}

  @Override
  public Row call(Row row) {
    String dealId = row.getAs("deal_id");
    List<Row> versions = list(row, "versions");
    DealTerms terms =
        DealTerms.added(dealId, CommitmentHistory.group(CommitmentRows.all(versions.iterator())));
    Optional<Range> contract =
        Range.ofNullable(row.getAs("contract_low_usd"), row.getAs("contract_high_usd"));
    Optional<Range> committed =
        row.<Boolean>getAs("is_price") ? terms.valueUsd() : Optional.empty();
    Optional<Range> value = committed.or(() -> contract);
    Optional<Range> term = Range.ofNullable(row.getAs("term_years"), null);
    Optional<GpuModel> model = terms.gpuModel().flatMap(catalogue::find);
    Optional<Range> rampShare = term.flatMap(years -> terms.rampShare(years, defaults));
    List<Row> gains = list(row, "gains");
    Optional<Gain> gain = gain(row, gains);
    Charge charge =
        Charge.of(
            Optional.ofNullable(row.getAs("deal_type")),
            Optional.ofNullable(row.getAs("value_type")));
    Economics economics =
        Economics.of(
            new DealFacts(
                dealId,
                charge,
                value,
                term,
                rampShare,
                terms.powerGw(),
                terms.gpus(),
                model,
                gain.map(Gain::usd)),
            published,
            article);
    Optional<String> missing = missing(terms, economics);
    Map<String, Object> values = new HashMap<>();
    values.put("deal_id", dealId);
    values.put(
        "status",
        missing
            .map(what -> terms.commitments().isEmpty() ? "NO_COMMITMENT" : "PARTIAL")
            .orElse("OK"));
    values.put("status_reason", missing.orElse(null));
    values.put("commitments", (long) terms.commitments().size());
    values.put("gpu_model", terms.gpuModel().orElse(null));
    values.put(
        "value_basis",
        committed.map(usd -> "commitments").or(() -> contract.map(usd -> "deal")).orElse(null));
    values.put("value_type", row.getAs("value_type"));
    values.put("charge", charge.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    values.put(
        "power_by",
        economics
            .powerGw()
            .map(
                gw ->
                    terms.powerGw().isEmpty()
                        ? "GPUs x kW per GPU"
                        : terms.powerBy().orElse("the parties"))
            .orElse(null));
    values.put("term_years", row.getAs("term_years"));
    values.put("ramp_share", rampShare.map(Range::mid).orElse(null));
    values.put("gain_basis", gain.map(Gain::basis).orElse(null));
    event(gains, values);
    values.put("flags", flags(economics, charge));
    values.put("costs_source", published.source());
    values.put("assumptions_source", article.source());
    put(values, "value_usd", value);
    put(values, "power_gw", economics.powerGw());
    put(values, "gpus", economics.gpus());
    put(values, "implied_kw_per_gpu", economics.impliedKwPerGpu());
    put(values, "gpus_per_gw", economics.gpusPerGw());
    put(values, "capex_usd_per_gw", Optional.of(published.capexUsdPerGw()));
    put(values, "gpu_share_of_capex", Optional.of(published.gpuShareOfCapex()));
    put(values, "capex_usd", economics.capexUsd());
    put(values, "gpu_capex_usd_per_gw", Optional.of(economics.gpuCapexUsdPerGw()));
    put(values, "implied_usd_per_gpu", economics.impliedUsdPerGpu());
    put(values, "usd_per_gw_year", economics.usdPerGwYear());
    put(values, "usd_per_ramped_gw_year", economics.usdPerRampedGwYear());
    put(values, "usd_per_gpu_hour", economics.usdPerGpuHour());
    put(values, "value_per_capex", economics.valuePerCapex());
    put(values, "value_per_article_capex", economics.valuePerArticleCapex());
    put(values, "gained_usd", gain.map(Gain::usd));
    put(values, "gained_usd_per_gw", economics.gainedUsdPerGw());
    put(values, "gained_usd_per_gpu", economics.gainedUsdPerGpu());
    put(values, "gained_usd_per_deal_usd", economics.gainedUsdPerDealUsd());
    return RowFactory.create(Stream.of(SCHEMA.fieldNames()).map(values::get).toArray());
  }

  private static List<Row> list(Row row, String field) {
    return row.isNullAt(row.fieldIndex(field)) ? List.of() : row.getList(row.fieldIndex(field));
  }

  private static void put(Map<String, Object> values, String name, Optional<Range> range) {
    values.put(name + "_low", range.map(Range::low).orElse(null));
    values.put(name + "_mid", range.map(Range::mid).orElse(null));
    values.put(name + "_high", range.map(Range::high).orElse(null));
  }

  /**
   * The net of the deal where its listed parties are the providers, for its interval knows how they
   * move together; the event's own where there is one; else the sum, as if all were at one end of
   * their intervals at once.
   */
  private static Optional<Gain> gain(Row deal, List<Row> gains) {
    Long parties = deal.getAs("net_parties");
    if (gains.size() > 1 && parties != null && parties == gains.size()) {
      return Optional.of(
          new Gain(
              Range.of(
                  deal.<Double>getAs("net_low_usd"),
                  deal.<Double>getAs("net_usd"),
                  deal.<Double>getAs("net_high_usd")),
              "the deal's net, with the covariance of its parties"));
    }
    return gains.stream()
        .map(
            gain ->
                Range.of(
                    gain.<Double>getAs("abnormal_usd_low"),
                    gain.<Double>getAs("abnormal_usd"),
                    gain.<Double>getAs("abnormal_usd_high")))
        .reduce(Range::plus)
        .map(
            sum ->
                new Gain(
                    sum,
                    gains.size() == 1
                        ? "the event's own"
                        : "sum of the events' intervals, end by end: too wide"));
  }

  /** The earliest day, the largest p and q, and whether other news fell into any of the windows. */
  private static void event(List<Row> gains, Map<String, Object> values) {
    if (gains.isEmpty()) {
      return;
    }
    values.put(
        "gained_by",
        gains.stream()
            .map(gain -> gain.<String>getAs("instrument_id"))
            .collect(Collectors.joining(", ")));
    values.put(
        "event_day",
        gains.stream()
            .map(gain -> gain.<Integer>getAs("event_day"))
            .filter(day -> day != null)
            .min(Comparator.naturalOrder())
            .orElse(null));
    values.put("gained_p", largest(gains, "car_p"));
    values.put("gained_q", largest(gains, "q_value"));
    values.put(
        "is_confounded",
        gains.stream().anyMatch(gain -> Boolean.TRUE.equals(gain.<Boolean>getAs("is_confounded"))));
    String confounders =
        gains.stream()
            .map(gain -> gain.<String>getAs("confounders"))
            .filter(text -> text != null && !text.isEmpty())
            .distinct()
            .collect(Collectors.joining("; "));
    values.put("confounders", confounders.isEmpty() ? null : confounders);
  }

  private static Double largest(List<Row> gains, String field) {
    return gains.stream()
        .map(gain -> gain.<Double>getAs(field))
        .filter(value -> value != null)
        .max(Comparator.naturalOrder())
        .orElse(null);
  }

  private static String flags(Economics economics, Charge charge) {
    List<String> flags = new ArrayList<>();
    economics.flags().forEach(flag -> flags.add(flag.rule() + ": " + flag.message()));
    switch (charge) {
      case SPACE_AND_POWER ->
          flags.add(
              "space-and-power-only: the value is for a building and its power; GPUs are not in it,"
                  + " so it has no price of a GPU-hour");
      case CHIPS ->
          flags.add("chips-to-own: the value buys chips, so it has no price of a GPU-hour");
      case COMPUTE -> {}
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
