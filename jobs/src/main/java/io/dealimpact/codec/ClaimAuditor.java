package io.dealimpact.codec;

import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import io.dealimpact.capacity.CommitmentHistory;
import io.dealimpact.capacity.GpuCatalogue;
import io.dealimpact.capacity.QuantityRange;
import io.dealimpact.capacity.cost.CapexAssumptions;
import io.dealimpact.claim.Band;
import io.dealimpact.claim.Claim;
import io.dealimpact.claim.ClaimAudit;
import io.dealimpact.claim.ClaimEvidence;
import io.dealimpact.claim.DayPrices;
import io.dealimpact.claim.Precision;
import io.dealimpact.claim.PublishedSite;
import io.dealimpact.claim.Reading;
import io.dealimpact.claim.StatedPart;
import io.dealimpact.row.Columns;
import io.dealimpact.row.RowReader;
import io.dealimpact.row.RowWriter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** A claim with all that was measured around it, to a row for each reading of it. */
public final class ClaimAuditor implements FlatMapFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  private static final StructType SCHEMA =
      new StructType()
          .add("claim_id", StringType)
          .add("deal_id", StringType)
          .add("subject", StringType)
          .add("metric", StringType)
          .add("as_printed", StringType)
          .add("claimed_low", DoubleType)
          .add("claimed_high", DoubleType)
          .add("unit", StringType)
          .add("allowed_low", DoubleType)
          .add("allowed_high", DoubleType)
          .add("reading", StringType)
          .add("measured_low", DoubleType)
          .add("measured_high", DoubleType)
          .add("measured_names", StringType)
          .add("measured_list", DataTypes.createArrayType(StringType))
          .add("reading_note", StringType)
          .add("reading_verdict", StringType)
          .add("is_deciding", BooleanType)
          .add("verdict", StringType)
          .add("explanation", StringType)
          .add("precision", StringType)
          .add("is_independent", BooleanType)
          .add("off_by", DoubleType)
          .add("could_have_failed", BooleanType);

  private static final RowWriter ROWS = new RowWriter(SCHEMA);
  private static final List<String> COLUMNS =
      List.of(
          "claim_id",
          "deal_id",
          "subject",
          "metric",
          "claimed_low",
          "claimed_high",
          "unit",
          "as_printed",
          "announced_day",
          "customers",
          "versions",
          "earlier_deal_id",
          "earlier_day",
          "close_before",
          "open",
          "high",
          "low",
          "close",
          "highest_close_before",
          "highest_high_before",
          "first_day",
          "market_cap_before_usd",
          "net_of_market",
          "net_of_market_and_sector",
          "value_low_usd",
          "value_high_usd",
          "term_years",
          "precision",
          "parts");
  private static final List<String> NET =
      List.of("car", "car_se", "abnormal_usd", "abnormal_usd_low", "abnormal_usd_high");
  private static final List<String> PART = List.of("asserts", "printed", "recorded", "source");
  private static final List<String> SITE =
      List.of("site", "publisher", "basis", "power_gw", "capex_usd", "compute_usd", "gpu_usd");

  private final GpuCatalogue catalogue;
  private final CapexAssumptions assumptions;
  private final ArrayList<PublishedSite> sites;

  public ClaimAuditor(
      GpuCatalogue catalogue, CapexAssumptions assumptions, List<PublishedSite> sites) {
    this.catalogue = catalogue;
    this.assumptions = assumptions;
    this.sites = new ArrayList<>(sites);
  }

  /**
   * The columns that are read: the claim, its deal ({@code announced_day} since 1970, {@code
   * customers} an array), the deal it counts days from, {@code versions} (an array of {@link
   * CommitmentRows#columns}), and its share's day: prices in its currency, {@code net_of_market}
   * and {@code net_of_market_and_sector} (each a struct of {@link #netColumns}, or NULL).
   */
  public static Column[] columns() {
    return Columns.named(COLUMNS);
  }

  /** The columns of gold.event_impact that a net figure of the share's day is made of. */
  public static Column[] netColumns() {
    return Columns.named(NET);
  }

  /** The columns of silver.sites that {@link #site} reads. */
  public static Column[] siteColumns() {
    return Columns.named(SITE);
  }

  /** A published site. */
  public static PublishedSite site(Row row) {
    RowReader.Cells site = RowReader.of(row.schema(), SITE).at(row);
    return new PublishedSite(
        site.text("site"),
        site.text("publisher"),
        PublishedSite.Basis.valueOf(site.text("basis").toUpperCase(Locale.ROOT)),
        site.number("power_gw"),
        site.numberOrNull("capex_usd"),
        site.numberOrNull("compute_usd"),
        site.numberOrNull("gpu_usd"));
  }

  /** Encoder of the output rows. */
  public static Encoder<Row> encoder() {
    return Encoders.row(SCHEMA);
  }

  @Override
  public Iterator<Row> call(Row row) {
    RowReader.Cells cells = RowReader.of(row.schema(), COLUMNS).at(row);
    ClaimAudit audit = evidence(cells).audit();
    return audit.lines().stream().map(line -> row(cells, audit, line)).iterator();
  }

  ClaimEvidence evidence(Row row) {
    return evidence(RowReader.of(row.schema(), COLUMNS).at(row));
  }

  private ClaimEvidence evidence(RowReader.Cells row) {
    Claim claim =
        new Claim(
            row.text("claim_id"),
            new Claim.About(
                row.textOrEmpty("deal_id"), row.textOrEmpty("subject"), row.text("metric")),
            new Claim.Print(
                QuantityRange.ofNullable(
                    row.numberOrNull("claimed_low"), row.numberOrNull("claimed_high")),
                row.textOrEmpty("as_printed"),
                Optional.ofNullable(row.text("precision")).flatMap(Precision::parse)),
            row.day("announced_day"),
            row.<Row>list("parts").stream().map(ClaimAuditor::part).toList());
    return new ClaimEvidence(
        claim,
        row.isNull("close") ? Optional.empty() : Optional.of(prices(row)),
        new ClaimEvidence.Deal(
            QuantityRange.ofNullable(
                row.numberOrNull("value_low_usd"), row.numberOrNull("value_high_usd")),
            QuantityRange.ofNullable(row.numberOrNull("term_years"), null),
            new TreeSet<>(row.<String>list("customers")),
            CommitmentHistory.group(CommitmentRows.all(row.<Row>list("versions").iterator())),
            row.day("earlier_day")
                .map(day -> new ClaimEvidence.EarlierDeal(row.text("earlier_deal_id"), day))),
        new ClaimEvidence.Reference(catalogue, assumptions, sites));
  }

  private static StatedPart part(Row row) {
    RowReader.Cells part = RowReader.of(row.schema(), PART).at(row);
    return new StatedPart(
        part.text("asserts"), part.text("printed"), part.text("recorded"), part.text("source"));
  }

  private static DayPrices prices(RowReader.Cells row) {
    return DayPrices.builder()
        .previousClose(row.number("close_before"))
        .open(row.number("open"))
        .high(row.number("high"))
        .low(row.number("low"))
        .close(row.number("close"))
        .highestCloseBefore(row.number("highest_close_before"))
        .highestHighBefore(row.number("highest_high_before"))
        .firstDay(row.day("first_day"))
        .capBeforeUsd(row.number("market_cap_before_usd"))
        .ofMarket(row.nested("net_of_market").map(ClaimAuditor::abnormal))
        .ofMarketAndSector(row.nested("net_of_market_and_sector").map(ClaimAuditor::abnormal))
        .build();
  }

  private static DayPrices.Abnormal abnormal(Row row) {
    RowReader.Cells net = RowReader.of(row.schema(), NET).at(row);
    return new DayPrices.Abnormal(
        net.number("car"),
        net.number("car_se"),
        net.number("abnormal_usd"),
        net.number("abnormal_usd_low"),
        net.number("abnormal_usd_high"));
  }

  private static Row row(RowReader.Cells claim, ClaimAudit audit, ClaimAudit.Line line) {
    Reading reading = line.judged().reading();
    return ROWS.row()
        .text("claim_id", claim.text("claim_id"))
        .text("deal_id", claim.text("deal_id"))
        .text("subject", claim.text("subject"))
        .text("metric", claim.text("metric"))
        .text("as_printed", claim.text("as_printed"))
        .number("claimed_low", claim.number("claimed_low"))
        .number("claimed_high", claim.number("claimed_high"))
        .text("unit", claim.text("unit"))
        .number("allowed_low", audit.allowed().map(Band::low))
        .number("allowed_high", audit.allowed().map(Band::high))
        .text("reading", reading.name())
        .number("measured_low", reading.measured().map(QuantityRange::low))
        .number("measured_high", reading.measured().map(QuantityRange::high))
        .textOrNull("measured_names", String.join(", ", reading.names()))
        .texts("measured_list", reading.names())
        .textOrNull("reading_note", reading.note())
        .text("reading_verdict", line.judged().verdict().text())
        .flag("is_deciding", line.isDeciding())
        .text("verdict", audit.verdict().text())
        .text("explanation", audit.explanation())
        .text("precision", audit.precision().map(Precision::code).orElse(null))
        .flag("is_independent", reading.isIndependent())
        .number("off_by", number(audit.offBy()))
        .flag("could_have_failed", audit.couldHaveFailed())
        .build();
  }

  /** The number; NaN for none. */
  static double number(OptionalDouble value) {
    return value.orElse(Double.NaN);
  }
}
