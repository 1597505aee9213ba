package io.dealimpact.notebook;

import static org.apache.spark.sql.functions.col;

import io.dealimpact.lake.CatalogTables;
import io.dealimpact.lake.Lake;
import io.dealimpact.lake.Session;
import io.dealimpact.run.DealImpactException;
import io.dealimpact.run.Failures;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A lake opened for reading from a notebook: its tables by name, and results as HTML, numbers and
 * pictures. Everything else is Spark's own API; with lambdas typed in a cell it works on a laptop
 * only, with column expressions everywhere.
 */
public final class Notebook {
  /** Names the lake for {@link #open()}; jobs/bin/notebook sets it. */
  public static final String LAKE_VARIABLE = "DEAL_IMPACT_LAKE";

  /** Rows that {@link #html} shows. */
  static final int SHOWN_ROWS = 200;

  /**
   * The Java kernel turns java.util.logging up to FINE, and at FINE the compiler of Spark's
   * generated code fails on its own log message. Kept here, because loggers are held weakly.
   */
  private static final Logger CODE_GENERATION = Logger.getLogger("org.codehaus");

  private final SparkSession spark;

  private Notebook(SparkSession spark) {
    this.spark = spark;
  }

  /** Opens the lake that the environment's DEAL_IMPACT_LAKE names; without it, {@code lake}. */
  public static Notebook open() {
    return open(Objects.requireNonNullElse(System.getenv(LAKE_VARIABLE), "lake"));
  }

  /**
   * Opens a lake as of its newest published night.
   *
   * @param lake folder of the Delta tables, or a URI that Hadoop knows
   * @throws DealImpactException if there is no table in it
   */
  public static Notebook open(String lake) {
    return open(lake, Lake.published(session(), lake));
  }

  /**
   * Opens a lake with each table as it is now, perhaps in the middle of a night.
   *
   * @param lake folder of the Delta tables, or a URI that Hadoop knows
   * @throws DealImpactException if there is no table in it
   */
  public static Notebook openUnpublished(String lake) {
    return open(lake, new Lake(session(), lake, Lake.Writes.SUPPRESSED));
  }

  private static SparkSession session() {
    CODE_GENERATION.setLevel(Level.WARNING);
    return Session.open();
  }

  private static Notebook open(String folder, Lake lake) {
    if (CatalogTables.register(lake).isEmpty()) {
      throw Failures.tableMissing("asked for", folder);
    }
    return new Notebook(lake.spark());
  }

  /** The Spark session, for all that is not here. */
  public SparkSession spark() {
    return spark;
  }

  /** A table by name, {@code gold.event_impact} for instance. */
  public Dataset<Row> table(String name) {
    return spark.table(name);
  }

  /** The rows of a query over the lake's tables by name. */
  public Dataset<Row> sql(String query) {
    return spark.sql(query);
  }

  /**
   * Rows as an HTML table; a cell that ends with it shows it. The largest fractional number of a
   * column has five significant digits, NULL is an empty cell; at most 200 rows.
   */
  public static String html(Dataset<Row> rows) {
    return HtmlTable.of(rows, SHOWN_ROWS);
  }

  /** A column as numbers, in the order of the rows; NULL is NaN. */
  public static double[] numbers(Dataset<Row> rows, String column) {
    return rows.select(col(column).cast("double")).as(Encoders.DOUBLE()).collectAsList().stream()
        .mapToDouble(value -> value == null ? Double.NaN : value)
        .toArray();
  }

  /**
   * A picture as HTML, drawn at twice its size so that it is sharp on every screen; a cell that
   * ends with it shows it: {@code picture("What it shows", 900, 420, chart::paint)}.
   *
   * @param says what the picture shows, for those who cannot see it
   * @param width in CSS pixels
   * @param height in CSS pixels
   */
  public static String picture(String says, int width, int height, Painter painter) {
    return Picture.html(says, width, height, painter);
  }
}
