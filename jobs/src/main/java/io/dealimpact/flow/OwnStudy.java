package io.dealimpact.flow;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.dealimpact.config.Configuration;
import io.dealimpact.lake.Lake;
import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.Tables;
import io.dealimpact.row.RowWriter;
import io.dealimpact.run.RunContext;
import io.dealimpact.run.ScratchFolder;
import io.dealimpact.stage.Stage;
import io.dealimpact.stage.StageContext;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A study of somebody's own events on the prices of a lake: the stages of a night, with those
 * events in the place of the lake's deals. The lake stays as it is.
 */
public final class OwnStudy {
  /** What the study reads of its own. */
  private static final List<TableSpec> OWN =
      List.of(Tables.DEALS, Tables.DEAL_PARTIES, Tables.EVENTS);

  /** What the study makes. */
  private static final List<TableSpec> MADE =
      List.of(
          Tables.MODEL_FITS,
          Tables.ABNORMAL_RETURNS,
          Tables.EVENT_IMPACT,
          Tables.STUDY_PATHS,
          Tables.STUDY_TESTS);

  /** What is made of a landing zone before. */
  private static final List<TableSpec> FROM_LANDING =
      List.of(
          Tables.INSTRUMENTS,
          Tables.CALENDAR,
          Tables.SPLITS,
          Tables.FX,
          Tables.BARS,
          Tables.REFUSED_BARS,
          Tables.RETURNS,
          Tables.SHARES_OUTSTANDING,
          Tables.MARKET_CAPS,
          Tables.SERIES,
          Tables.EARNINGS,
          Tables.FACTORS,
          Tables.DEALS,
          Tables.DEAL_PARTIES,
          Tables.EVENTS);

  private static final String SCRATCH = "deal-impact-study";

  private static final List<String> TEXTS =
      List.of("event_id", "instrument_id", "announced_at", "announced_date");

  private final SparkSession spark;
  private final Lake lake;
  private final Configuration configuration;

  /**
   * Prepares it.
   *
   * @param lake whose prices, shares and instruments are read
   * @param configuration the plan of the study
   */
  public OwnStudy(Lake lake, Configuration configuration) {
    this.spark = lake.spark();
    this.lake = lake;
    this.configuration = configuration;
  }

  /**
   * An instrument in an event.
   *
   * @param eventId of the event
   * @param instant when it became public, as 2025-11-03T09:00:00-05:00; empty: the day alone
   * @param day of it in New York, as 2025-11-03
   */
  public record Event(String eventId, String instrumentId, String instant, String day) {}

  /** Measures the events. Returns the rows of each table of gold, by its full name. */
  public Map<String, Dataset<Row>> run(List<Event> events) {
    try (ScratchFolder folder = ScratchFolder.make(SCRATCH)) {
      Lake own = lake.beside(folder.path().toString(), shared());
      own.replaceAll(Tables.EVENTS, rows(events), "{}");
      return made(own, configuration, MADE::contains);
    }
  }

  /**
   * Measures the deals and events of a landing zone, which need not be a lake's.
   *
   * @param configuration the plan of the study, and where the landing zone is
   * @return the rows of each table of gold, by its full name
   */
  public static Map<String, Dataset<Row>> ofLanding(
      SparkSession spark, Configuration configuration) {
    try (ScratchFolder folder = ScratchFolder.make(SCRATCH)) {
      return made(
          new Lake(spark, folder.path().toString(), Lake.Writes.ALLOWED),
          configuration,
          table ->
              table.layer().equals("bronze")
                  || FROM_LANDING.contains(table)
                  || MADE.contains(table));
    }
  }

  private static Map<String, Dataset<Row>> made(
      Lake own, Configuration configuration, Predicate<TableSpec> wanted) {
    RunContext run =
        RunContext.begin(
            Clock.systemUTC(), "study", RunContext.Effect.WRITE, RunContext.DateRange.ALWAYS);
    try (Pipeline pipeline = new Pipeline()) {
      for (Stage stage : pipeline.stages()) {
        if (wanted.test(stage.output())) {
          stage.run(new StageContext(own, configuration, run, "{}"));
        }
      }
    }
    Map<String, Dataset<Row>> made = new TreeMap<>();
    MADE.forEach(table -> made.put(table.fullName(), held(own, table)));
    return made;
  }

  private static List<TableSpec> shared() {
    return Tables.all().stream()
        .filter(table -> table.layer().equals("silver") && !OWN.contains(table))
        .toList();
  }

  /** The rows, kept in memory: their files are about to go. The columns keep their comments. */
  private static Dataset<Row> held(Lake own, TableSpec table) {
    Dataset<Row> rows = own.readOrEmpty(table);
    Column[] keys = table.keys().stream().map(key -> col(key)).toArray(Column[]::new);
    return own.spark().createDataFrame(rows.orderBy(keys).collectAsList(), rows.schema());
  }

  private Dataset<Row> rows(List<Event> events) {
    StructType schema = new StructType();
    for (String name : TEXTS) {
      schema = schema.add(name, DataTypes.StringType);
    }
    RowWriter writer = new RowWriter(schema);
    List<Row> texts = new ArrayList<>();
    for (Event event : events) {
      texts.add(
          writer
              .row()
              .text("event_id", event.eventId())
              .text("instrument_id", event.instrumentId())
              .textOrNull("announced_at", event.instant())
              .text("announced_date", event.day())
              .build());
    }
    Dataset<Row> rows = spark.createDataFrame(texts, schema);
    for (TableSpec.Column column : Tables.EVENTS.columns()) {
      Column value = TEXTS.contains(column.name()) ? col(column.name()) : lit(null);
      rows = rows.withColumn(column.name(), value.cast(column.type()));
    }
    return rows;
  }
}
