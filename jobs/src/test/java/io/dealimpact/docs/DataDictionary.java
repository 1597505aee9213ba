package io.dealimpact.docs;

import io.dealimpact.capacity.CommitmentStatus;
import io.dealimpact.capacity.Ramp;
import io.dealimpact.capacity.cost.Charge;
import io.dealimpact.capacity.share.Concentration;
import io.dealimpact.capacity.share.ShareQuery;
import io.dealimpact.capacity.share.ShareRow;
import io.dealimpact.claim.Precision;
import io.dealimpact.claim.PublishedSite;
import io.dealimpact.claim.Verdict;
import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.Tables;
import io.dealimpact.source.Feed;
import io.dealimpact.study.group.TestStatus;
import io.dealimpact.study.group.TestVariant;
import io.dealimpact.study.market.StudyStatus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The page {@code jobs/docs/data-dictionary.md}, made of the catalogue of tables. */
public final class DataDictionary {
  private static final String PREAMBLE =
      """
      # Data dictionary

      Every table of the lake, every column, its type, its unit and whether it may be NULL.

      This page is generated from the catalogue of tables (`io.dealimpact.lake.Tables`). Do not edit it.
      After a change of the catalogue make it anew, from the top of the repository:

          COMMAND

      `describe gold.event_impact` shows the same types and comments in SQL.

      ## How to read it
      - **Key**: no two rows of a table have the same values in these columns. Bronze and `ops` have no key.
      - **NULL** `no`: every row has a value, and the table refuses a row without one. **NULL** `yes`: the
        comment says when the value is missing.
      - Where a table has a `status`, figures that could not be computed are NULL, and `status` and
        `status_reason` say why. A figure is never NaN or infinite.
      - Money is in US dollars unless the column ends in `_ccy`. Returns and shares of a whole are
        fractions: 0.01 is 1 %.
      - Days are calendar days of the exchange. Timestamps are instants in UTC.
      - A row of silver or gold has no wall clock, run id, file path or locale. The same inputs give the same
        rows.
      """;

  /** The status of an event that has nothing to measure it by. */
  private static final String UNKNOWN_INSTRUMENT = "UNKNOWN_INSTRUMENT";

  private static final String SUFFIXES =
      """
      ## What a name means
      | part of the name | meaning |
      |---|---|
      """;

  /** A part of a column's name, and what it means. */
  private record Affix(String shown, Predicate<String> isIn, String meaning) {
    static Affix suffix(String suffix, String meaning) {
      return new Affix(
          suffix, name -> name.endsWith(suffix) || name.contains(suffix + "_"), meaning);
    }
  }

  private static final List<Affix> AFFIXES =
      List.of(
          Affix.suffix("_usd", "US dollars"),
          Affix.suffix("_ccy", "the currency of the instrument's prices"),
          Affix.suffix("_gw", "gigawatts"),
          Affix.suffix("_kw", "kilowatts"),
          Affix.suffix("_years", "years"),
          Affix.suffix("_shares", "a number of shares"),
          Affix.suffix("_date", "a calendar day"),
          Affix.suffix("_at", "an instant, UTC"),
          Affix.suffix("_id", "an identifier of the landing zone, or made of such identifiers"),
          new Affix("is_", name -> name.startsWith("is_"), "true or false"),
          new Affix(
              "without_", name -> name.startsWith("without_"), "how many commitments lack it"),
          new Affix(
              "net_", name -> name.startsWith("net_"), "a sum over the listed parties of a deal"),
          Affix.suffix("_share", "a fraction of a whole"),
          Affix.suffix(
              "_low", "the smallest value that the sources allow, or a sum of such; see below"),
          Affix.suffix("_mid", "the central value of such a range"),
          Affix.suffix("_high", "the largest value of such a range; see below"),
          Affix.suffix("_p05", "percentile 5 of a Monte Carlo simulation"),
          Affix.suffix("_p50", "its median"),
          Affix.suffix("_p95", "its percentile 95"),
          Affix.suffix("_se", "a standard error"),
          Affix.suffix("_t", "a t statistic"),
          new Affix(
              "_p, p_",
              name -> name.endsWith("_p") || name.startsWith("p_"),
              "a p-value, two-sided unless the comment says otherwise"),
          Affix.suffix("_n", "a count of observations"),
          Affix.suffix("_reason", "text for people: why, with numbers"));

  private DataDictionary() {}

  /** The command that makes the page anew. */
  static final String COMMAND = "mvn -B test -pl jobs -Dtest=DataDictionaryTest -Ddictionary=write";

  /** The whole page. */
  static String page() {
    StringBuilder page = new StringBuilder(PREAMBLE.replace("COMMAND", COMMAND));
    page.append('\n').append(SUFFIXES);
    for (Affix affix : AFFIXES) {
      page.append("| `")
          .append(affix.shown().replace(", ", "`, `"))
          .append("` | ")
          .append(affix.meaning())
          .append(" |\n");
    }
    page.append(
        "\nThe columns `_low` and `_high` below are the ends of a confidence interval, not of a range:\n");
    intervals().forEach(name -> page.append("- `").append(name).append("`\n"));
    page.append("\n## Status of a measurement\n");
    page.append(
        "`status` of `gold.event_impact`, `gold.model_fits` and the other tables of events:\n\n");
    page.append("| value | meaning |\n|---|---|\n");
    for (StudyStatus status : StudyStatus.values()) {
      page.append(line(status.name(), meaning(status)));
    }
    page.append(line(UNKNOWN_INSTRUMENT, "the party names an instrument that is not in silver"));
    page.append("\n`status` of `gold.study_tests` and other tables of groups of events:\n\n");
    page.append("| value | meaning |\n|---|---|\n");
    for (TestStatus status : TestStatus.values()) {
      page.append(line(status.name(), meaning(status)));
    }
    for (String layer : List.of("gold", "silver", "ops")) {
      Tables.all().stream()
          .filter(table -> table.layer().equals(layer))
          .forEach(table -> append(page, table));
    }
    appendBronze(page);
    return page.toString();
  }

  private static void append(StringBuilder page, TableSpec table) {
    page.append("\n## ").append(table.fullName()).append('\n');
    page.append(table.comment()).append(".\n");
    if (!table.keys().isEmpty()) {
      page.append("Key: ").append(code(table.keys())).append(".\n");
    }
    appendColumns(page, table);
    if (!table.checks().isEmpty()) {
      page.append("\nEvery row meets, or the table refuses it:\n");
      table.checks().entrySet().stream()
          .sorted(Map.Entry.comparingByKey())
          .forEach(check -> page.append("- `").append(check.getValue()).append("`\n"));
    }
  }

  private static void appendColumns(StringBuilder page, TableSpec table) {
    page.append("\n| column | type | NULL | meaning and unit |\n|---|---|---|---|\n");
    for (TableSpec.Column column : table.columns()) {
      page.append("| `")
          .append(column.name())
          .append("` | ")
          .append(column.type().simpleString())
          .append(" | ")
          .append(column.presence() == TableSpec.Presence.REQUIRED ? "no" : "yes")
          .append(" | ")
          .append(column.comment().replace("|", "\\|"));
      List<String> allowed = allowedValues().get(table.fullName() + "." + column.name());
      if (allowed != null) {
        page.append("<br>one of ")
            .append(
                allowed.contains("INSUFFICIENT_HISTORY") || allowed.contains("TOO_FEW_EVENTS")
                    ? "[these](#status-of-a-measurement)"
                    : code(allowed));
      }
      page.append(" |\n");
    }
  }

  /** Every feed's table has the same columns behind those of the feed. */
  private static void appendBronze(StringBuilder page) {
    page.append("\n## Bronze\n");
    page.append(
        "One table for each feed. Its columns are those delivered, as text, and then these:\n");
    appendColumns(page, Tables.bronze("FEED", List.of()));
    page.append("\n| table | columns as delivered |\n|---|---|\n");
    for (Feed feed : Feed.values()) {
      page.append("| `bronze.")
          .append(feed.folder())
          .append("` | ")
          .append(code(feed.columns()))
          .append(" |\n");
    }
  }

  /** Columns whose bounds are a confidence interval, by their comments. */
  static List<String> intervals() {
    return Tables.all().stream()
        .flatMap(
            table ->
                table.columns().stream()
                    .filter(c -> c.name().matches(".*_(low|high)(_usd)?"))
                    .filter(c -> c.comment().matches(".*(interval|upper end of it).*"))
                    .map(c -> table.fullName() + "." + c.name()))
        .toList();
  }

  /** Affixes that no column has. */
  static List<String> unusedAffixes() {
    List<String> names =
        Tables.all().stream().flatMap(table -> table.columnNames().stream()).toList();
    return AFFIXES.stream()
        .filter(affix -> names.stream().noneMatch(affix.isIn()))
        .map(Affix::shown)
        .toList();
  }

  /** The values that a column of text may have, by {@code layer.table.column}. */
  public static Map<String, List<String>> allowedValues() {
    Map<String, List<String>> values = new LinkedHashMap<>();
    List<String> measured = new ArrayList<>(names(StudyStatus.values()));
    measured.add(UNKNOWN_INSTRUMENT);
    values.put("gold.event_impact.status", measured);
    values.put("gold.model_fits.status", measured);
    values.put("gold.abnormal_volume.status", measured);
    values.put("gold.abnormal_volatility.status", measured);
    values.put("gold.deal_impact.status", List.of("OK", "PARTIAL", "NO_VALUE", "NO_LISTED_PARTY"));
    values.put("gold.study_tests.status", names(TestStatus.values()));
    values.put("gold.car_regressions.status", names(TestStatus.values()));
    values.put(
        "gold.study_tests.variant",
        Arrays.stream(TestVariant.values()).map(TestVariant::label).toList());
    values.put("gold.car_regressions.errors", List.of("HC1", "HC3", "CR1"));
    values.put("gold.capacity_economics.status", List.of("OK", "PARTIAL", "NO_COMMITMENT"));
    values.put(
        "gold.robustness.verdict",
        List.of(
            "no figure under any choice",
            "the sign depends on the choice",
            "significant under every choice",
            "significant under no choice",
            "the sign holds, significance depends on the choice"));
    values.put(
        "silver.deal_parties.role",
        List.of("provider", "customer", "supplier", "investor", "competitor"));
    values.put("gold.robustness.level", List.of("event", "group"));
    List<String> deals = codes(Arrays.stream(CommitmentStatus.values()));
    values.put("silver.deals.status", deals);
    values.put("silver.capacity_commitments.status", deals);
    values.put(
        "silver.capacity_commitments.ramp", Arrays.stream(Ramp.values()).map(Ramp::code).toList());
    values.put("silver.instruments.kind", List.of("equity", "etf", "index"));
    values.put("silver.sites.basis", lower(PublishedSite.Basis.values()));
    List<String> counted =
        codes(Arrays.stream(CommitmentStatus.values()).filter(CommitmentStatus::counts));
    values.put("gold.capacity_by_quarter.commitment_status", counted);
    values.put("gold.commitment_shares.status_floor", counted);
    values.put("gold.commitment_shares.view", lower(ShareQuery.View.values()));
    values.put("gold.commitment_shares.measure", lower(ShareQuery.Measure.values()));
    values.put("gold.commitment_shares.kind", lower(ShareRow.Kind.values()));
    values.put("gold.commitment_shares.moment", lower(ShareRow.Moment.values()));
    values.put(
        "gold.commitment_shares.hhi_high_exactness", lower(Concentration.Exactness.values()));
    List<String> verdicts = Arrays.stream(Verdict.values()).map(Verdict::text).toList();
    values.put("gold.claim_audit.verdict", verdicts);
    values.put("gold.claim_audit.reading_verdict", verdicts);
    values.put("gold.article_check.verdict", verdicts);
    values.put(
        "gold.claim_audit.precision",
        Arrays.stream(Precision.values()).map(Precision::code).toList());
    values.put(
        "silver.claims.precision", Arrays.stream(Precision.values()).map(Precision::code).toList());
    values.put(
        "gold.capacity_economics.charge",
        lower(Charge.values()).stream().map(charge -> charge.replace('_', '-')).toList());
    values.put("gold.capacity_by_quarter.grain", List.of("leaf", "total"));
    values.put("gold.concentration_now.measure", lower(ShareQuery.Measure.values()));
    values.put("gold.dim_deal.deal_status", deals);
    values.put("gold.dim_instrument.kind", List.of("equity", "etf", "index"));
    return values;
  }

  private static List<String> names(Enum<?>[] values) {
    return Arrays.stream(values).map(Enum::name).toList();
  }

  private static List<String> lower(Enum<?>[] values) {
    return Arrays.stream(values).map(value -> value.name().toLowerCase(Locale.ROOT)).toList();
  }

  private static List<String> codes(Stream<CommitmentStatus> values) {
    return values.map(CommitmentStatus::code).toList();
  }

  private static String code(List<String> names) {
    return names.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
  }

  private static String line(String value, String meaning) {
    return "| `" + value + "` | " + meaning + " |\n";
  }

  private static String meaning(StudyStatus status) {
    return switch (status) {
      case OK -> "measured";
      case PENDING -> "trading days of the window are still to come";
      case TRADING_ENDED ->
          "the instrument's bars ended, and those of the benchmark go on for fifteen days or more";
      case DATA_IN_QUARANTINE -> "the instrument's bar of day 0 is in `ops.quarantine`";
      case NO_PRICES -> "the instrument has no bar";
      case BEFORE_FIRST_BAR -> "the announcement is before the instrument's first bar";
      case INSUFFICIENT_HISTORY ->
          "fewer returns in the estimation window than `study.estimation.minimum`";
      case ZERO_VARIANCE -> "the series, or the residual of its model, does not vary";
      case SINGULAR_DESIGN -> "the regressors are constant or linearly dependent";
      case FACTORS_MISSING -> "the benchmark or a factor has no value on a day that is needed";
      case MISSING_RETURNS -> "the instrument has no return on a day of the window";
      case NOT_CONVERGED -> "an iterative fit found no optimum";
    };
  }

  private static String meaning(TestStatus status) {
    return switch (status) {
      case OK -> "the statistic and its p-value are numbers";
      case TOO_FEW_EVENTS -> "fewer usable events than the statistic needs";
      case TOO_FEW_DAYS -> "fewer usable days than the statistic needs";
      case ZERO_VARIANCE -> "all values are the same, so the statistic would divide by zero";
      case NOT_DEFINED ->
          "the correction for dependence has no real root, or the clusters do not vary";
      case OUT_OF_RANGE -> "a value is too large to be summed, or to be a return";
      case TOO_MANY_EVENTS -> "more events than this statistic keeps one by one";
      case NOT_REQUESTED -> "not computed: the study lacks an input that the statistic needs";
    };
  }
}
