package io.dealimpact.codec;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import io.dealimpact.capacity.CommitmentHistory;
import io.dealimpact.capacity.GpuCatalogue;
import io.dealimpact.capacity.Range;
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
import io.dealimpact.claim.Verdict;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/** A claim with all that was measured around it, to a row for each reading of it. */
public final class ClaimAuditor implements FlatMapFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  /** Standard errors on either side where the share's value, and so its interval, is not known. */
  private static final double STANDARD_ERRORS = 2;

  /**
   * Fields from which the day's prices, its market value and return, and the deal's terms start.
   */
  private static final int DAY = 13;

  private static final int CAP = DAY + 8;
  private static final int TERMS = CAP + 6;

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
          .add("reading_note", StringType)
          .add("reading_verdict", StringType)
          .add("is_deciding", BooleanType)
          .add("verdict", StringType)
          .add("explanation", StringType)
          .add("precision", StringType)
          .add("is_independent", BooleanType)
          .add("off_by", DoubleType)
          .add("could_have_failed", BooleanType);

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
   * The columns {@link #call} reads, in its order: the claim, its deal ({@code announced_day} since
   * 1970, {@code customers} an array), the deal it counts days from, {@code versions} (an array of
   * {@link CommitmentRows#columns}), and its share's day: prices in its currency.
   */
  public static Column[] columns() {
    return Stream.of(
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
            "car",
            "car_se",
            "abnormal_usd",
            "abnormal_usd_low",
            "abnormal_usd_high",
            "value_low_usd",
            "value_high_usd",
            "term_years",
            "precision",
            "parts")
        .map(name -> col(name))
        .toArray(Column[]::new);
  }

  /** The columns of silver.sites that {@link #site} reads, in its order. */
  public static Column[] siteColumns() {
    return Stream.of(
            "site", "publisher", "basis", "power_gw", "capex_usd", "compute_usd", "gpu_usd")
        .map(name -> col(name))
        .toArray(Column[]::new);
  }

  /** A published site. */
  public static PublishedSite site(Row row) {
    return new PublishedSite(
        row.getString(0),
        row.getString(1),
        PublishedSite.Basis.valueOf(row.getString(2).toUpperCase(Locale.ROOT)),
        row.getDouble(3),
        Ranges.number(row, 4),
        Ranges.number(row, 5),
        Ranges.number(row, 6));
  }

  /** Encoder of the output rows. */
  public static Encoder<Row> encoder() {
    return Encoders.row(SCHEMA);
  }

  @Override
  public Iterator<Row> call(Row row) {
    ClaimAudit audit = evidence(row).audit();
    List<Row> rows = new ArrayList<>();
    Optional<ClaimAudit.Judged> deciding = audit.deciding();
    for (ClaimAudit.Judged judged : audit.readings()) {
      boolean decides = deciding.isPresent() && deciding.get().equals(judged);
      rows.add(row(row, audit, judged.reading(), judged.verdict(), decides));
    }
    if (rows.isEmpty()) {
      rows.add(
          row(row, audit, Reading.missing("none", "no reading"), Verdict.NOT_MEASURABLE, true));
    }
    return rows.iterator();
  }

  ClaimEvidence evidence(Row row) {
    Optional<LocalDate> announced = day(row, 8);
    Set<String> customers = new TreeSet<>(row.isNullAt(9) ? List.of() : row.<String>getList(9));
    List<Row> versions = row.isNullAt(10) ? List.of() : row.getList(10);
    Claim claim =
        new Claim(
            row.getString(0),
            text(row, 1),
            text(row, 2),
            row.getString(3),
            Range.ofNullable(Ranges.number(row, 4), Ranges.number(row, 5)),
            text(row, 7),
            announced,
            Optional.ofNullable(row.<String>getAs("precision")).flatMap(Precision::parse),
            parts(row));
    return new ClaimEvidence(
        claim,
        prices(row),
        Range.ofNullable(Ranges.number(row, TERMS), Ranges.number(row, TERMS + 1)),
        Range.ofNullable(Ranges.number(row, TERMS + 2), null),
        customers,
        CommitmentHistory.group(CommitmentRows.all(versions.iterator())),
        day(row, 12).map(day -> new ClaimEvidence.EarlierDeal(row.getString(11), day)),
        catalogue,
        assumptions,
        sites);
  }

  private static List<StatedPart> parts(Row row) {
    List<Row> parts =
        row.isNullAt(row.fieldIndex("parts")) ? List.of() : row.getList(row.fieldIndex("parts"));
    return parts.stream()
        .map(
            part ->
                new StatedPart(
                    part.getAs("asserts"),
                    part.getAs("printed"),
                    part.getAs("recorded"),
                    part.getAs("source")))
        .toList();
  }

  private static Optional<DayPrices> prices(Row row) {
    if (row.isNullAt(DAY + 4)) {
      return Optional.empty();
    }
    return Optional.of(
        new DayPrices(
            number(row, DAY),
            number(row, DAY + 1),
            number(row, DAY + 2),
            number(row, DAY + 3),
            number(row, DAY + 4),
            number(row, DAY + 5),
            number(row, DAY + 6),
            day(row, DAY + 7),
            number(row, CAP),
            netReturn(row),
            estimate(number(row, CAP + 4), number(row, CAP + 3), number(row, CAP + 5))));
  }

  private static Optional<Range> netReturn(Row row) {
    double cap = number(row, CAP);
    double car = number(row, CAP + 1);
    double margin = STANDARD_ERRORS * number(row, CAP + 2);
    return estimate(number(row, CAP + 4) / cap, car, number(row, CAP + 5) / cap)
        .or(() -> estimate(car - margin, car, car + margin));
  }

  private static Optional<Range> estimate(double low, double mid, double high) {
    return Double.isFinite(low) && Double.isFinite(high) && low <= mid && mid <= high
        ? Optional.of(Range.of(low, mid, high))
        : Optional.empty();
  }

  private static Row row(
      Row claim, ClaimAudit audit, Reading reading, Verdict verdict, boolean decides) {
    return RowFactory.create(
        claim.get(0),
        claim.get(1),
        claim.get(2),
        claim.get(3),
        claim.get(7),
        claim.get(4),
        claim.get(5),
        claim.get(6),
        audit.allowed().map(Band::low).filter(Double::isFinite).orElse(null),
        audit.allowed().map(Band::high).filter(Double::isFinite).orElse(null),
        reading.name(),
        reading.measured().map(Range::low).orElse(null),
        reading.measured().map(Range::high).orElse(null),
        reading.names().isEmpty() ? null : String.join(", ", reading.names()),
        reading.note().isEmpty() ? null : reading.note(),
        verdict.text(),
        decides,
        audit.verdict().text(),
        audit.explanation(),
        audit.precision().map(Precision::code).orElse(null),
        reading.isIndependent(),
        boxed(audit.offBy()),
        audit.couldHaveFailed());
  }

  static Double boxed(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }

  private static String text(Row row, int field) {
    return row.isNullAt(field) ? "" : row.getString(field);
  }

  private static Optional<LocalDate> day(Row row, int field) {
    return row.isNullAt(field)
        ? Optional.empty()
        : Optional.of(LocalDate.ofEpochDay(row.getInt(field)));
  }

  private static double number(Row row, int field) {
    return row.isNullAt(field) ? Double.NaN : row.getDouble(field);
  }
}
