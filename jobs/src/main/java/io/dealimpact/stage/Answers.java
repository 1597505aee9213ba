package io.dealimpact.stage;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.to_csv;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.trunc;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.year;

import io.dealimpact.capacity.RollupKey;
import io.dealimpact.codec.CapacityLine;
import io.dealimpact.codec.Cells;
import io.dealimpact.codec.ClaimLine;
import io.dealimpact.codec.EventCalculation;
import io.dealimpact.codec.ImpactLine;
import io.dealimpact.codec.SiteLine;
import io.dealimpact.config.Configuration;
import io.dealimpact.lake.Lake;
import io.dealimpact.lake.Tables;
import io.dealimpact.report.CapacitySummary;
import io.dealimpact.report.ClaimSummary;
import io.dealimpact.report.EventPage;
import io.dealimpact.report.ImpactSummary;
import io.dealimpact.report.TextTable;
import io.dealimpact.run.DealImpactException;
import io.dealimpact.run.Failures;
import io.dealimpact.run.RunContext;
import java.io.PrintStream;
import java.time.Clock;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** What people ask the lake: queries, the newest deals, one event's calculation. */
public final class Answers {
  private static final int TABLE_ROWS = 10_000;
  private static final int SUMMARY_EVENTS = 200;
  private static final int SUMMARY_CLAIMS = 200;

  /** At whose ends the summary shows what is online, relative to the year of the last news. */
  private static final Object[] YEARS = {-1, 0, 1, 2, 4};

  private final Lake lake;
  private final Configuration configuration;

  /**
   * Opens a lake for reading.
   *
   * @param spark a session with Delta's extension
   */
  public Answers(SparkSession spark, Configuration configuration) {
    this.lake = new Lake(spark, configuration.lake(), Lake.Writes.SUPPRESSED);
    this.configuration = configuration;
  }

  /** How a query's rows are printed. */
  public enum Format {
    /** Aligned columns, for people. */
    TABLE,
    /** Comma-separated with a header. */
    CSV,
    /** An array with one object a line; NULLs are there as null. */
    JSON
  }

  /**
   * Prints the rows of a query over the lake's tables by name.
   *
   * @throws DealImpactException if the query is wrong or there is no lake
   */
  public void query(String sql, Format format, PrintStream out) {
    if (lake.register().isEmpty()) {
      throw Failures.tableMissing("asked for", configuration.lake());
    }
    Dataset<Row> rows = analysed(sql);
    switch (format) {
      case TABLE -> printTable(rows, out);
      case CSV -> printCsv(rows, out);
      case JSON -> printJson(rows, out);
    }
  }

  private Dataset<Row> analysed(String sql) {
    try {
      return lake.spark().sql(sql);
    } catch (Exception error) {
      if (error instanceof AnalysisException) {
        throw Failures.badQuery(Failures.rootMessage(error), error);
      }
      throw error;
    }
  }

  private static void printTable(Dataset<Row> rows, PrintStream out) {
    TextTable table = new TextTable(List.of(rows.columns()));
    List<String[]> cells = Cells.asText(rows.select(flat(rows.schema())), TABLE_ROWS + 1);
    cells.stream().limit(TABLE_ROWS).forEach(row -> table.add(List.of(row)));
    out.print(table.print());
    if (cells.size() > TABLE_ROWS) {
      out.println("… only the first " + TABLE_ROWS + " rows; --format csv prints them all");
    }
  }

  private static void printCsv(Dataset<Row> rows, PrintStream out) {
    out.println(String.join(",", rows.columns()));
    print(rows.select(to_csv(struct(flat(rows.schema())))), "", "", out);
  }

  private static void printJson(Dataset<Row> rows, PrintStream out) {
    out.println("[");
    print(
        rows.select(to_json(struct(col("*")), Map.of("ignoreNullFields", "false"))), ",", "]", out);
  }

  private static void print(Dataset<Row> lines, String between, String end, PrintStream out) {
    Iterator<String> all = lines.as(Encoders.STRING()).toLocalIterator();
    while (all.hasNext()) {
      out.println(all.next() + (all.hasNext() ? between : ""));
    }
    if (!end.isEmpty()) {
      out.println(end);
    }
  }

  /** Columns as CSV can hold them: arrays, maps and structs as JSON. */
  private static Column[] flat(StructType schema) {
    return Arrays.stream(schema.fields()).map(Answers::flat).toArray(Column[]::new);
  }

  private static Column flat(StructField field) {
    Column column = col("`" + field.name() + "`");
    boolean nested =
        field.dataType() instanceof ArrayType
            || field.dataType() instanceof MapType
            || field.dataType() instanceof StructType;
    return nested ? to_json(column).as(field.name()) : column;
  }

  /**
   * A table of what the newest deals did, for people: under the study's first model, day 0 and the
   * three days around it.
   */
  public String newestDeals() {
    String model = configuration.study().models().get(0);
    Dataset<Row> impact = lake.readOrEmpty(Tables.EVENT_IMPACT).where(col("model").equalTo(model));
    Dataset<Row> threeDays =
        impact
            .where(window(-1, 1))
            .select(col("event_id").as("three_days_of"), col("car").as("car_three_days"));
    Dataset<Row> dayZero = impact.where(window(0, 0));
    Dataset<Row> deals =
        lake.readOrEmpty(Tables.DEALS)
            .select(
                col("deal_id").as("of_deal"),
                col("title"),
                col("announced_date"),
                col("status").as("deal_status"),
                col("value_low_usd").plus(col("value_high_usd")).divide(2).as("deal_usd"));
    List<ImpactLine> lines =
        dayZero
            .join(threeDays, col("event_id").equalTo(col("three_days_of")), "left")
            .join(deals, col("deal_id").equalTo(col("of_deal")))
            .orderBy(
                col("announced_date").desc(),
                col("deal_id"),
                col("abnormal_usd").desc_nulls_last(),
                col("instrument_id"))
            .select(ImpactLine.columns())
            .limit(SUMMARY_EVENTS)
            .collectAsList()
            .stream()
            .map(ImpactLine::of)
            .toList();
    return lines.isEmpty()
        ? "No event has been measured over the window [0,0]. See: sql \"select * from gold.event_impact\"\n"
        : ImpactSummary.print(
            lines,
            model,
            configuration.study().confidence(),
            1 - configuration.study().confidence());
  }

  /**
   * What compute was promised, by provider and customer at the ends of the years around the last
   * news, and what others count as built.
   */
  public String promisedCapacity() {
    Dataset<Row> yearEnds =
        lake.readOrEmpty(Tables.CAPACITY_BY_QUARTER)
            .where(
                col("gpu_model")
                    .equalTo(RollupKey.ALL)
                    .and(col("quarter").endsWith("Q4"))
                    .and(
                        col("provider")
                            .equalTo(RollupKey.ALL)
                            .or(col("customer").equalTo(RollupKey.ALL)))
                    .and(year(col("quarter_end")).minus(year(col("as_of"))).isin(YEARS)));
    List<CapacityLine> lines =
        yearEnds.select(CapacityLine.columns()).collectAsList().stream()
            .map(CapacityLine::of)
            .toList();
    return lines.isEmpty()
        ? "No commitment of compute is known. See: sql \"select * from gold.capacity_by_quarter\"\n"
        : CapacitySummary.print(lines, publishedSites());
  }

  /** Each publisher's newest figures, by provider, and by provider and customer where told. */
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
        lake.readOrEmpty(Tables.CAPACITY_BY_QUARTER)
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
    Dataset<Row> deals =
        lake.readOrEmpty(Tables.DEALS).select(col("deal_id").as("of_deal"), col("announced_date"));
    List<ClaimLine> lines =
        lake
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
    return lines.isEmpty() ? "" : ClaimSummary.print(lines);
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
    RunContext run =
        RunContext.begin(
            Clock.systemUTC(), "explain", RunContext.Effect.DRY_RUN, RunContext.DateRange.ALWAYS);
    StageContext context = new StageContext(lake, configuration, run, "");
    EventCalculation calculation =
        StudyFrame.calculate(context, eventId)
            .orElseThrow(() -> Failures.unknownEvent(eventId, eventIds()));
    String shares =
        Cells.asText(
                lake.readOrEmpty(Tables.MARKET_CAPS)
                    .where(col("instrument_id").equalTo(calculation.instrumentId()))
                    .where(col("trade_date").equalTo(lit(EventPage.lastTradeDate(calculation))))
                    .select("shares", "source"),
                1)
            .stream()
            .findFirst()
            .map(row -> row[1])
            .orElse("");
    return EventPage.print(calculation, configuration.study().benchmark(), shares)
        + "\nInputs read at versions "
        + lake.pinnedVersions()
        + "\n";
  }

  private List<String> eventIds() {
    return Cells.asText(
            lake.readOrEmpty(Tables.EVENT_IMPACT).select("event_id").distinct(), TABLE_ROWS)
        .stream()
        .map(row -> row[0])
        .toList();
  }
}
