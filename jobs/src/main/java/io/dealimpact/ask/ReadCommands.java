package io.dealimpact.ask;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.trunc;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.year;

import io.dealimpact.capacity.RollupKey;
import io.dealimpact.codec.CapacityLine;
import io.dealimpact.codec.ClaimLine;
import io.dealimpact.codec.CompanyDayLine;
import io.dealimpact.codec.Headlines;
import io.dealimpact.codec.ImpactLine;
import io.dealimpact.codec.RowsAsText;
import io.dealimpact.codec.SiteLine;
import io.dealimpact.config.Configuration;
import io.dealimpact.config.ConfigurationReader;
import io.dealimpact.flow.Program;
import io.dealimpact.lake.Evaluation;
import io.dealimpact.lake.Lake;
import io.dealimpact.lake.Published;
import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.Tables;
import io.dealimpact.report.CapacitySummary;
import io.dealimpact.report.ClaimSummary;
import io.dealimpact.report.EventFacts;
import io.dealimpact.report.EventPage;
import io.dealimpact.report.ImpactSummary;
import io.dealimpact.report.NightSummary;
import io.dealimpact.report.Verdicts;
import io.dealimpact.report.html.ReportPage;
import io.dealimpact.run.DealImpactException;
import io.dealimpact.run.Failures;
import io.dealimpact.run.RunContext;
import io.dealimpact.run.Sha256;
import io.dealimpact.stage.StageContext;
import io.dealimpact.stage.study.MeasuredEvents;
import io.dealimpact.study.event.EventCalculation;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;

/** What people ask the lake: queries, the newest deals, one event's calculation. */
public final class ReadCommands {
  private static final int TABLE_ROWS = 10_000;
  private static final int SUMMARY_EVENTS = 200;
  private static final int SUMMARY_CLAIMS = 200;

  /** At whose ends the summary shows what is online, relative to the year of the last news. */
  private static final Object[] YEARS = {-1, 0, 1, 2, 4};

  private final Lake lake;
  private final Configuration configuration;
  private final Night night;

  /** Which state of the lake is read. */
  public enum Night {
    /** The newest that was audited and published. */
    PUBLISHED,
    /** Each table as it is now, perhaps in the middle of a night. */
    NEWEST
  }

  /**
   * Opens a lake for reading.
   *
   * @param spark a session with Delta's extension
   */
  public ReadCommands(SparkSession spark, Configuration configuration, Night night) {
    Evaluation.suit(spark, List.of(configuration.lake()));
    this.lake =
        switch (night) {
          case PUBLISHED -> Lake.published(spark, configuration.lake());
          case NEWEST -> new Lake(spark, configuration.lake(), Lake.Writes.SUPPRESSED);
        };
    this.configuration = configuration;
    this.night = night;
  }

  /** How a query's rows are printed. */
  public enum Format {
    /** Aligned columns, or one record below the other where they do not fit, for people. */
    TABLE,
    /** Comma-separated with a header. */
    CSV,
    /** CSV for a spreadsheet program: an apostrophe before a text that it would run as formula. */
    SPREADSHEET,
    /** An array with one object a line; NULLs are there as null. */
    JSON
  }

  /** The kinds of file that tables are copied to. */
  public enum ExportFormat {
    PARQUET,
    /** Comma-separated with a header. */
    CSV,
    /** CSV for a spreadsheet program: an apostrophe before a text that it would run as formula. */
    SPREADSHEET
  }

  /** The engines that the statements of {@link #views} are for. */
  public enum Dialect {
    SPARK,
    DATABRICKS,
    TRINO,
    DUCKDB
  }

  /**
   * Copies tables, each to one file.
   *
   * @param tables their full names; none for all of gold
   * @param folder of any storage that Hadoop knows
   * @return the files
   * @throws DealImpactException if there is no such table, or a file cannot be written
   */
  public List<String> export(List<String> tables, ExportFormat format, String folder) {
    return new NightExport(lake).write(named(tables), format, folder);
  }

  /**
   * Statements that make a view of each table in another engine, as the night has it.
   *
   * @param tables their full names; none for all of gold
   * @throws DealImpactException if there is no such table
   */
  public String views(List<String> tables, Dialect dialect) {
    return new NightViews(lake).of(named(tables), dialect);
  }

  private void requireLake() {
    if (lake.tableNames().isEmpty()) {
      throw Failures.tableMissing("asked for", configuration.lake());
    }
  }

  private List<TableSpec> named(List<String> names) {
    requireLake();
    return Tables.named(names);
  }

  /**
   * Prints the rows of a query over the lake's tables by name.
   *
   * @throws DealImpactException if the query is wrong or would write, or there is no lake
   */
  public void query(String sql, Format format, PrintStream out) {
    query(sql, format, OptionalInt.empty(), out);
  }

  /**
   * Prints the rows of a query over the lake's tables by name.
   *
   * @param width of the screen that a table has to fit, in characters; empty if there is none
   * @throws DealImpactException if the query is wrong or would write, or there is no lake
   */
  public void query(String sql, Format format, OptionalInt width, PrintStream out) {
    new SqlAnswer(lake, configuration.lake()).print(sql, format, width, out);
  }

  /**
   * The report as one HTML page.
   *
   * @throws DealImpactException if there is no lake
   */
  public String report() {
    requireLake();
    return ReportPage.print(new ReportReader(lake, configuration, night).read());
  }

  /**
   * Identifies what the report of a published night is made of: the night, the program and its
   * settings. Where it is the same, so is the report. Empty where no night was published.
   */
  public Optional<String> reportSource() {
    String settings = new ConfigurationReader().print(configuration);
    return Published.newest(lake)
        .map(shown -> Sha256.of(String.join("\n", shown.runId(), Program.identity(), settings)));
  }

  /**
   * How the last run went and when nights are published, as OpenMetrics text.
   *
   * @throws DealImpactException if there is no lake
   */
  public String metrics() {
    requireLake();
    return new MetricsReader(lake).print();
  }

  /**
   * What a run read and wrote, as OpenLineage events in the order of their times.
   *
   * @param runId empty for the last run
   * @return one JSON object each
   * @throws DealImpactException if there is no lake, or no such run in its log
   */
  public List<String> lineage(Optional<String> runId) {
    requireLake();
    return new LineageReader(lake).events(runId);
  }

  /**
   * What a night comes to, on one screen.
   *
   * @param report the path of the HTML report; empty if it could not be written
   */
  public String nightInShort(Optional<String> report) {
    List<CompanyDayLine> days =
        lake
            .readOrEmpty(Tables.EVENTS_FLAT)
            .orderBy(
                col("announced_date").desc_nulls_last(),
                col("deal_id"),
                abs(col("own_usd")).desc_nulls_last(),
                col("instrument_id"))
            .limit(SUMMARY_EVENTS)
            .select(CompanyDayLine.columns())
            .collectAsList()
            .stream()
            .map(CompanyDayLine::of)
            .toList();
    return NightSummary.print(
        new NightReader(lake, night).facts(), days, capacityLines(), claimLines(), report);
  }

  /**
   * A table of what the newest deals did, for people: under the model that stands for each event,
   * day 0 and the three days around it.
   */
  public String newestDeals() {
    Dataset<Row> impact = lake.readOrEmpty(Tables.EVENT_IMPACT).where(Headlines.all());
    Dataset<Row> threeDays =
        impact
            .where(window(-1, 1))
            .select(
                col("event_id").as("three_days_of"),
                col("car").as("car_three_days"),
                col("car_p").as("p_three_days"),
                col("confounders").as("confounders_three_days"));
    Dataset<Row> dayBefore =
        lake.readOrEmpty(Tables.ABNORMAL_RETURNS)
            .where(col("relative_day").equalTo(-1))
            .select(
                col("event_id").as("day_before_of"),
                col("model").as("day_before_model"),
                col("abnormal_return").as("ar_day_before"),
                col("standardized_ar").as("sar_day_before"));
    Dataset<Row> dayZero = impact.where(window(0, 0));
    Dataset<Row> deals =
        lake.readOrEmpty(Tables.DEALS)
            .select(
                col("deal_id").as("of_deal"),
                col("title"),
                col("announced_date"),
                col("status").as("deal_status"),
                col("value_type"),
                col("confounders").as("stated_confounders"),
                col("value_low_usd").as("deal_low_usd"),
                col("value_high_usd").as("deal_high_usd"));
    Dataset<Row> verdicts =
        lake.readOrEmpty(Tables.EVENTS_FLAT)
            .select(
                col("company_day").as("verdict_of"), col("p_text"), col("q_value"), col("verdict"));
    List<ImpactLine> lines =
        dayZero
            .join(threeDays, col("event_id").equalTo(col("three_days_of")), "left")
            .join(
                dayBefore,
                col("event_id")
                    .equalTo(col("day_before_of"))
                    .and(col("model").equalTo(col("day_before_model"))),
                "left")
            .join(deals, col("deal_id").equalTo(col("of_deal")))
            .join(verdicts, col("company_day").equalTo(col("verdict_of")), "left")
            .orderBy(
                col("announced_date").desc(),
                col("deal_id"),
                col("own_usd").desc_nulls_last(),
                col("instrument_id"))
            .select(ImpactLine.columns())
            .limit(SUMMARY_EVENTS)
            .collectAsList()
            .stream()
            .map(ImpactLine::of)
            .toList();
    return lines.isEmpty()
        ? "No event has been measured over the window [0,0]. See: sql \"select * from gold.event_impact\"\n"
        : ImpactSummary.print(lines, configuration.study().confidence());
  }

  /**
   * What compute was promised, by provider and customer at the ends of the years around the last
   * news, and what others count as built.
   */
  public String promisedCapacity() {
    List<CapacityLine> lines = capacityLines();
    return lines.isEmpty()
        ? "No commitment of compute is known. See: sql \"select * from gold.capacity_by_quarter\"\n"
        : CapacitySummary.print(lines, publishedSites());
  }

  /** By provider and by customer at the ends of the years around the last news. */
  private List<CapacityLine> capacityLines() {
    Dataset<Row> yearEnds =
        newestCapacity()
            .where(
                col("gpu_model")
                    .equalTo(RollupKey.ALL)
                    .and(col("quarter").endsWith("Q4"))
                    .and(
                        col("provider")
                            .equalTo(RollupKey.ALL)
                            .or(col("customer").equalTo(RollupKey.ALL)))
                    .and(year(col("quarter_end")).minus(year(col("as_of"))).isin(YEARS)));
    return yearEnds.select(CapacityLine.columns()).collectAsList().stream()
        .map(CapacityLine::of)
        .toList();
  }

  /** gold.capacity_by_quarter as of the last of its days. */
  private Dataset<Row> newestCapacity() {
    Dataset<Row> rows = lake.readOrEmpty(Tables.CAPACITY_BY_QUARTER);
    return rows.join(
        broadcast(rows.agg(max(col("as_of")).as("newest"))), col("as_of").equalTo(col("newest")));
  }

  /** Each publisher's newest figures, by provider, and by provider and customer where stated. */
  private List<SiteLine> publishedSites() {
    Dataset<Row> newest =
        lake.readOrEmpty(Tables.SITES)
            .where(col("basis").equalTo("built").and(col("provider").isNotNull()))
            .withColumn(
                "newest", max(col("as_of")).over(Window.partitionBy(col("publisher"), col("site"))))
            .where(col("as_of").equalTo(col("newest")));
    Dataset<Row> byProvider =
        sitesOf(newest.withColumn("customer", lit(RollupKey.ALL)))
            .unionByName(sitesOf(newest.where(col("customer").isNotNull())));
    Dataset<Row> ours =
        newestCapacity()
            .where(col("gpu_model").equalTo(RollupKey.ALL))
            .groupBy(
                col("provider").as("our_provider"),
                col("customer").as("our_customer"),
                trunc(col("quarter_end"), "quarter").as("our_quarter"))
            .agg(
                max(when(col("commitment_status").equalTo("announced"), col("power_online_gw_mid")))
                    .as("announced_gw"),
                max(when(col("commitment_status").equalTo("signed"), col("power_online_gw_mid")))
                    .as("signed_gw"));
    return byProvider
        .join(
            ours,
            col("provider")
                .equalTo(col("our_provider"))
                .and(col("customer").equalTo(col("our_customer")))
                .and(trunc(col("as_of"), "quarter").equalTo(col("our_quarter"))),
            "left")
        .orderBy(col("publisher"), col("provider"), col("customer"))
        .select(SiteLine.columns())
        .collectAsList()
        .stream()
        .map(SiteLine::of)
        .toList();
  }

  private static Dataset<Row> sitesOf(Dataset<Row> sites) {
    return sites
        .groupBy("publisher", "provider", "customer")
        .agg(
            count(lit(1)).as("sites"),
            max(col("as_of")).as("as_of"),
            max(col("source_title")).as("source"),
            sum(col("power_gw")).as("published_gw"));
  }

  /** Every printed figure with its verdict and a sentence on it, the newest deals first. */
  public String auditedClaims() {
    List<ClaimLine> lines = claimLines();
    return lines.isEmpty() ? "" : ClaimSummary.print(lines);
  }

  private List<ClaimLine> claimLines() {
    Dataset<Row> deals =
        lake.readOrEmpty(Tables.DEALS).select(col("deal_id").as("of_deal"), col("announced_date"));
    return lake
        .readOrEmpty(Tables.CLAIM_AUDIT)
        .where(col("is_deciding"))
        .join(deals, col("deal_id").equalTo(col("of_deal")), "left")
        .orderBy(col("announced_date").desc_nulls_last(), col("deal_id"), col("claim_id"))
        .limit(SUMMARY_CLAIMS)
        .select(ClaimLine.columns())
        .collectAsList()
        .stream()
        .map(ClaimLine::of)
        .toList();
  }

  private static Column window(int start, int end) {
    return col("window_start").equalTo(start).and(col("window_end").equalTo(end));
  }

  /**
   * How one event's numbers came about, step by step.
   *
   * @throws DealImpactException if there is no such event
   */
  public String event(String eventId) {
    if (!lake.exists(Tables.EVENT_IMPACT)) {
      throw Failures.tableMissing(Tables.EVENT_IMPACT.fullName(), configuration.lake());
    }
    RunContext run =
        RunContext.begin(
            Clock.systemUTC(), "explain", RunContext.Effect.DRY_RUN, RunContext.DateRange.ALWAYS);
    StageContext context = new StageContext(lake, configuration, run, "");
    EventCalculation calculation =
        first(
                lake.readOrEmpty(Tables.EVENT_IMPACT)
                    .where(col("event_id").equalTo(eventId))
                    .select("instrument_id"))
            .flatMap(row -> MeasuredEvents.calculate(context, row[0], eventId))
            .orElseThrow(() -> Failures.unknownEvent(eventId, eventIds()));
    return EventPage.print(calculation, facts(calculation))
        + "\nInputs read at versions "
        + lake.pinnedVersions()
        + "\n";
  }

  private EventFacts facts(EventCalculation event) {
    String dealId = EventPage.headline(event).input().party().dealId();
    Optional<String[]> deal =
        first(
            lake.readOrEmpty(Tables.DEALS)
                .where(col("deal_id").equalTo(dealId))
                .select(
                    "title",
                    "status",
                    "value_low_usd",
                    "value_high_usd",
                    "value_type",
                    "source_title",
                    "source_url",
                    "confounders"));
    Optional<String[]> organisation =
        first(
            lake.readOrEmpty(Tables.DEAL_PARTIES)
                .where(col("deal_id").equalTo(dealId))
                .where(col("instrument_id").equalTo(event.instrumentId()))
                .orderBy("organisation")
                .select("organisation"));
    return new EventFacts(
        deal.map(List::of).orElse(List.of("", "", "", "", "", "", "", "")),
        organisation.map(row -> row[0]).orElse(""),
        valueSource(event),
        verdict(event));
  }

  private String verdict(EventCalculation event) {
    return EventPage.headline(event)
        .companyDay(event.calendar())
        .flatMap(
            day ->
                lake
                    .readOrEmpty(Tables.EVENTS_FLAT)
                    .where(col("company_day").equalTo(day))
                    .where(col("verdict").isNotNull())
                    .select(CompanyDayLine.columns())
                    .collectAsList()
                    .stream()
                    .map(CompanyDayLine::of)
                    .findFirst())
        .map(line -> Verdicts.sentence(line.judged().verdict(), line.judged().q()))
        .orElse("");
  }

  /** What the market value before day 0 is made of; empty when there is none. */
  private String valueSource(EventCalculation event) {
    Column ofInstrument = col("instrument_id").equalTo(event.instrumentId());
    Column day = lit(EventPage.lastTradeDate(event));
    String source =
        first(
                lake.readOrEmpty(Tables.MARKET_CAPS)
                    .where(ofInstrument.and(col("trade_date").equalTo(day)))
                    .select("source"))
            .map(row -> row[0])
            .orElse("");
    if (!source.startsWith("shares")) {
      return source;
    }
    return first(
            lake.readOrEmpty(Tables.SHARES_OUTSTANDING)
                .where(ofInstrument.and(col("known_date").leq(day)))
                .orderBy(col("known_date").desc(), col("effective_date").desc())
                .select(
                    "effective_date", "known_date", "shares_reported", "split_factor", "source"))
        .map(EventFacts::shareCount)
        .orElse(source);
  }

  private static Optional<String[]> first(Dataset<Row> rows) {
    return RowsAsText.asText(rows, 1).stream().findFirst();
  }

  private List<String> eventIds() {
    return RowsAsText.asText(
            lake.readOrEmpty(Tables.EVENT_IMPACT).select("event_id").distinct(), TABLE_ROWS)
        .stream()
        .map(row -> row[0])
        .toList();
  }
}
