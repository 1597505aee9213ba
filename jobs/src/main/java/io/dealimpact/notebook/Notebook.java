package io.dealimpact.notebook;

import static org.apache.spark.sql.functions.col;

import io.dealimpact.ask.ReadCommands;
import io.dealimpact.ask.ReportReader;
import io.dealimpact.config.Configuration;
import io.dealimpact.config.ConfigurationReader;
import io.dealimpact.flow.NightSettings;
import io.dealimpact.flow.OwnStudy;
import io.dealimpact.lake.CatalogTables;
import io.dealimpact.lake.Evaluation;
import io.dealimpact.lake.Lake;
import io.dealimpact.lake.Session;
import io.dealimpact.lake.Tables;
import io.dealimpact.report.html.Chart;
import io.dealimpact.report.html.ReportInput;
import io.dealimpact.report.html.Sheet;
import io.dealimpact.run.Failures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A lake opened for reading from a notebook: its tables by name, the report's charts, the page of
 * an event, and studies of one's own. Everything else is Spark's own API; with lambdas typed in a
 * cell it works on a laptop only, with column expressions everywhere.
 *
 * <p>A failure is a {@link NotebookFailure}, whose message says what to do.
 */
public final class Notebook {
  /** Names the lake for {@link #open()}; jobs/bin/notebook sets it. */
  public static final String LAKE_VARIABLE = "DEAL_IMPACT_LAKE";

  /** Names the folder of README and notebooks; jobs/bin/notebook sets it. */
  private static final String HOME_VARIABLE = "DEAL_IMPACT_HOME";

  /** Rows that {@link #html} shows. */
  static final int SHOWN_ROWS = 200;

  /**
   * The Java kernel turns java.util.logging up to FINE, and at FINE the compiler of Spark's
   * generated code fails on its own log message. Kept here, because loggers are held weakly.
   */
  private static final Logger CODE_GENERATION = Logger.getLogger("org.codehaus");

  private final String folder;
  private final Lake lake;
  private final ReadCommands.Night night;
  private final Configuration configuration;
  private final ReportReader report;
  private Drawing drawing;

  private Notebook(
      String folder, Lake lake, ReadCommands.Night night, Configuration configuration) {
    this.folder = folder;
    this.lake = lake;
    this.night = night;
    this.configuration = configuration;
    this.report = new ReportReader(lake, configuration, night);
  }

  /** Opens the lake that the environment's DEAL_IMPACT_LAKE names; without it, {@code lake}. */
  public static Notebook open() {
    return open(Objects.requireNonNullElse(System.getenv(LAKE_VARIABLE), "lake"));
  }

  /**
   * Opens a lake as of its newest published night.
   *
   * @param lake folder of the Delta tables, or a URI that Hadoop knows
   */
  public static Notebook open(String lake) {
    return InWords.run(
        () -> open(lake, Lake.published(session(), lake), ReadCommands.Night.PUBLISHED));
  }

  /**
   * Opens a lake with each table as it is now, perhaps in the middle of a night.
   *
   * @param lake folder of the Delta tables, or a URI that Hadoop knows
   */
  public static Notebook openUnpublished(String lake) {
    return InWords.run(
        () ->
            open(
                lake,
                new Lake(session(), lake, Lake.Writes.SUPPRESSED),
                ReadCommands.Night.NEWEST));
  }

  /** Starting takes some seconds, in which a cell shows nothing else. */
  private static SparkSession session() {
    System.out.println("Starting Spark on this machine. This takes some seconds.");
    CODE_GENERATION.setLevel(Level.WARNING);
    return Session.open();
  }

  private static Notebook open(String folder, Lake lake, ReadCommands.Night night) {
    Evaluation.suit(lake.spark(), List.of(folder));
    if (CatalogTables.register(lake).isEmpty()) {
      throw Failures.tableMissing("asked for", folder);
    }
    return new Notebook(folder, lake, night, NightSettings.of(lake, folder, List.of()));
  }

  /** The Spark session, for all that is not here. */
  public SparkSession spark() {
    return lake.spark();
  }

  /** A table by name, {@code gold.event_impact} for instance; its columns have their comments. */
  public Dataset<Row> table(String name) {
    return InWords.run(() -> spark().table(name));
  }

  /** The rows of a query over the lake's tables by name. */
  public Dataset<Row> sql(String query) {
    return InWords.run(() -> spark().sql(query));
  }

  /** What the columns of a table mean, with their units. */
  public Dataset<Row> columns(String table) {
    return sql("describe table " + table)
        .where("col_name not like '#%'")
        .select("col_name", "comment");
  }

  /**
   * How the figures of an event came about, step by step, as HTML.
   *
   * @param eventId deal and instrument, {@code openai-aws-2025-11-03:AMZN} for instance
   */
  public String event(String eventId) {
    return InWords.run(
        () ->
            "<pre>"
                + HtmlTable.escaped(
                    new ReadCommands(spark(), configuration, night)
                        .event(eventId)
                        // Which version of a table that is, says nothing about the event.
                        .replaceFirst("\nInputs read at versions .*\n", ""))
                + "</pre>");
  }

  /** All that the report knows of a deal: what its charts and tables are made of. */
  public ReportInput.Deal deal(String dealId) {
    return InWords.run(() -> report.deal(dealId));
  }

  /** The newest deals and the biggest, as in the report. */
  public Sheet deals() {
    return InWords.run(report::newestDeals);
  }

  /** Power online by quarter and status, as in the report. */
  public Sheet capacity() {
    return InWords.run(report::capacity);
  }

  /** How the biggest customers' commitments are shared out among providers, as in the report. */
  public List<ReportInput.Named> shares() {
    return InWords.run(report::shares);
  }

  /**
   * A chart of the report as HTML; a cell that ends with it shows it: {@code chart(Charts::dollars,
   * lake.deal("…").events())}.
   *
   * @param builder one of {@link io.dealimpact.report.html.Charts}, which says what columns it
   *     takes
   */
  public String chart(Function<Sheet, Chart> builder, Sheet rows) {
    return InWords.run(() -> drawn(builder.apply(rows)));
  }

  /** A chart of the report that is made of the rows of two queries. */
  public String chart(BiFunction<Sheet, Sheet, Chart> builder, Sheet rows, Sheet others) {
    return InWords.run(() -> drawn(builder.apply(rows, others)));
  }

  private String drawn(Chart chart) {
    if (drawing == null) {
      drawing = new Drawing();
    }
    return drawing.html(chart);
  }

  /** A chart of the report of the rows of a query. */
  public String chart(Function<Sheet, Chart> builder, Dataset<Row> rows) {
    return chart(builder, InWords.run(() -> ReportReader.sheet("", rows)));
  }

  /** A deal of one's own, for {@link #study}. */
  public static OwnDeal ownDeal(String id, String announced, String... instruments) {
    return InWords.run(() -> new OwnDeal(id, announced, List.of(instruments)));
  }

  /** A plan for {@link #study}: settings as {@code windows=[[0,0],[-1,1]]}. */
  public static Plan plan(String... settings) {
    return Plan.of(settings);
  }

  /**
   * Measures deals of one's own by a plan of one's own, on the prices of the lake. Nothing is
   * written to the lake.
   */
  public Study study(List<OwnDeal> deals, Plan plan) {
    return InWords.run(
        () -> {
          Configuration own = NightSettings.of(lake, folder, plan.overrides());
          return study(
              new OwnStudy(lake, own).run(deals.stream().flatMap(OwnDeal::events).toList()));
        });
  }

  /**
   * Measures the deals and events of a landing zone, with its own prices; no lake is needed.
   *
   * @param landing folder of the landing zone
   */
  public static Study study(String landing, Plan plan) {
    return InWords.run(
        () -> {
          List<String> overrides = new ArrayList<>(plan.overrides());
          overrides.add("landing='" + landing.replace("'", "''") + "'");
          return study(
              OwnStudy.ofLanding(
                  session(), new ConfigurationReader().read(Optional.empty(), overrides)));
        });
  }

  /** The landing zone of a study that the project brings: {@code sp500-additions}. */
  public static String sample(String name) {
    return Objects.requireNonNullElse(System.getenv(HOME_VARIABLE), "..") + "/notebooks/" + name;
  }

  private static Study study(Map<String, Dataset<Row>> made) {
    return new Study(
        made.get(Tables.EVENT_IMPACT.fullName()),
        made.get(Tables.ABNORMAL_RETURNS.fullName()),
        made.get(Tables.MODEL_FITS.fullName()),
        made.get(Tables.STUDY_PATHS.fullName()),
        made.get(Tables.STUDY_TESTS.fullName()));
  }

  /**
   * Rows as an HTML table; a cell that ends with it shows it. The largest fractional number of a
   * column has five significant digits, NULL is an empty cell; at most 200 rows. A column that is a
   * table's own shows its comment when the mouse is on its name.
   */
  public static String html(Dataset<Row> rows) {
    return InWords.run(() -> HtmlTable.of(rows, SHOWN_ROWS));
  }

  /** A column as numbers, in the order of the rows; NULL is NaN. */
  public static double[] numbers(Dataset<Row> rows, String column) {
    return InWords.run(
        () ->
            rows.select(col(column).cast("double")).as(Encoders.DOUBLE()).collectAsList().stream()
                .mapToDouble(value -> value == null ? Double.NaN : value)
                .toArray());
  }
}
