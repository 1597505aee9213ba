package io.dealimpact.ask;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.dealimpact.capacity.RollupKey;
import io.dealimpact.lake.Lake;
import io.dealimpact.lake.Published;
import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.Tables;
import io.dealimpact.row.RowReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The headline figures that differ between two nights: of an event under the model that stands for
 * it, of a deal's net, and of the capacity that was promised in all. Values are compared as Spark
 * prints them, to the last bit.
 */
final class MovedFigures {
  private static final int MOST = 10_000;
  private static final String ABSENT = "";

  private final Lake before;
  private final Lake after;
  private final String headlineModel;

  /** Compares two states of one lake. */
  MovedFigures(Lake before, Lake after, String headlineModel) {
    this.before = before;
    this.after = after;
    this.headlineModel = headlineModel;
  }

  /**
   * A figure that differs.
   *
   * @param table full name
   * @param subject the row in words, for instance {@code openai-aws:AMZN [0,0]}
   * @param before as text; null where the row or the figure was not there
   * @param after as text; null where it is no longer there
   * @param deal of the row; empty for none
   * @param instrument of the row; empty for none
   * @param sector instrument that stands for the row's sector; empty for none
   */
  record Moved(
      String table,
      String subject,
      String figure,
      String before,
      String after,
      String deal,
      String instrument,
      String sector) {}

  /** Figures of a table's rows, and what a row is called. */
  private record Figures(
      TableSpec table,
      Column which,
      Column subject,
      Column deal,
      Column instrument,
      Column sector,
      List<String> columns) {}

  private static Column window() {
    return concat(lit(" ["), col("window_start"), lit(","), col("window_end"), lit("]"));
  }

  private List<Figures> figures() {
    Column none = lit(ABSENT);
    Column ofAll =
        col("grain")
            .equalTo("total")
            .and(col("provider").equalTo(RollupKey.ALL))
            .and(col("customer").equalTo(RollupKey.ALL))
            .and(col("gpu_model").equalTo(RollupKey.ALL))
            .and(col("quarter").endsWith("Q4"));
    return List.of(
        new Figures(
            Tables.EVENT_IMPACT,
            col("is_headline"),
            concat(col("event_id"), window()),
            col("deal_id"),
            col("instrument_id"),
            col("sector_benchmark"),
            List.of("status", "model", "car", "abnormal_usd", "own_usd")),
        new Figures(
            Tables.EVENTS_FLAT,
            lit(true),
            col("company_day"),
            col("deal_id"),
            col("instrument_id"),
            col("sector_benchmark"),
            List.of("verdict")),
        new Figures(
            Tables.DEAL_IMPACT,
            col("model").equalTo(headlineModel),
            concat(col("deal_id"), window()),
            col("deal_id"),
            none,
            none,
            List.of("status", "net_abnormal_usd", "gained", "lost")),
        new Figures(
            Tables.CAPACITY_BY_QUARTER,
            ofAll,
            concat_ws(" ", col("commitment_status"), col("quarter"), lit("as of"), col("as_of")),
            none,
            none,
            none,
            List.of(
                "commitments", "power_committed_gw_mid", "power_online_gw_mid", "expected_gw")));
  }

  /** The figures of the tables that have another version in the other night. */
  List<Moved> find(Published from, Published to) {
    List<Dataset<Row>> all = new ArrayList<>();
    for (Figures figures : figures()) {
      String name = figures.table().fullName();
      if (!Objects.equals(from.versions().get(name), to.versions().get(name))) {
        if (from.versions().containsKey(name)) {
          all.add(values(figures, before, "b"));
        }
        if (to.versions().containsKey(name)) {
          all.add(values(figures, after, "a"));
        }
      }
    }
    if (all.isEmpty()) {
      return List.of();
    }
    Column inBefore = max(when(col("side").equalTo("b"), col("value")));
    Column inAfter = max(when(col("side").equalTo("a"), col("value")));
    Dataset<Row> moved =
        all.stream()
            .reduce(Dataset::unionByName)
            .orElseThrow()
            .groupBy("table_name", "subject", "figure")
            .agg(
                inBefore.as("before"),
                inAfter.as("after"),
                max("deal").as("deal"),
                max("instrument").as("instrument"),
                max("sector").as("sector"))
            .where(not(col("before").eqNullSafe(col("after"))))
            .orderBy("table_name", "subject", "figure")
            .limit(MOST);
    return moved.collectAsList().stream().map(MovedFigures::moved).toList();
  }

  private static Moved moved(Row row) {
    RowReader.Cells cells = RowReader.of(row.schema()).at(row);
    return new Moved(
        cells.text("table_name"),
        cells.text("subject"),
        cells.text("figure"),
        cells.isNull("before") ? null : cells.text("before"),
        cells.isNull("after") ? null : cells.text("after"),
        cells.textOrEmpty("deal"),
        cells.textOrEmpty("instrument"),
        cells.textOrEmpty("sector"));
  }

  /** One row for each figure that is not NULL. */
  private static Dataset<Row> values(Figures figures, Lake lake, String side) {
    Column[] each =
        figures.columns().stream()
            .map(name -> struct(lit(name).as("figure"), col(name).cast("string").as("value")))
            .toArray(Column[]::new);
    return lake.read(figures.table())
        .where(figures.which())
        .select(
            lit(side).as("side"),
            lit(figures.table().fullName()).as("table_name"),
            figures.subject().as("subject"),
            coalesce(figures.deal(), lit(ABSENT)).as("deal"),
            coalesce(figures.instrument(), lit(ABSENT)).as("instrument"),
            coalesce(figures.sector(), lit(ABSENT)).as("sector"),
            explode(array(each)).as("each"))
        .select(
            Arrays.stream(
                    new String[] {
                      "side",
                      "table_name",
                      "subject",
                      "deal",
                      "instrument",
                      "sector",
                      "each.figure",
                      "each.value"
                    })
                .map(name -> col(name))
                .toArray(Column[]::new))
        .where(col("value").isNotNull());
  }
}
