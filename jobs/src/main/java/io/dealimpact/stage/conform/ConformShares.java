package io.dealimpact.stage.conform;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.dealimpact.config.Configuration;
import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.Tables;
import io.dealimpact.quality.CheckedRows;
import io.dealimpact.quality.FeedChecks;
import io.dealimpact.quality.Parse;
import io.dealimpact.quality.Rules;
import io.dealimpact.source.Feed;
import io.dealimpact.stage.Stage;
import io.dealimpact.stage.StageContext;
import io.dealimpact.stage.StageResult;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Counts of shares on the split basis of the prices: a count of a day before a split is multiplied
 * by the ratios of all splits after that day, as the prices are divided by them. A split after the
 * instrument's last bar is announced and has not happened: no price is divided by it, and no count
 * is multiplied.
 */
public final class ConformShares implements Stage {
  private static final double FEWEST_SHARES = 1;
  private static final double MOST_SHARES = 1e13;

  private static final FeedChecks CHECKS =
      new FeedChecks(
          "shares",
          Tables.SHARES_OUTSTANDING.keys(),
          // Where a count was read does not make it another count.
          List.of("shares"),
          Rules.inOrder(
              ConformInstrumentLookup.rules(),
              List.of(
                  Rules.missingDate("effective_date"),
                  Rules.invalidDate("effective_date"),
                  Rules.implausibleDate("effective_date"),
                  Rules.invalidDate("known_date", Parse.date("known_date")),
                  Rules.implausibleDate("known_date"),
                  Rules.missing("shares")),
              Rules.numbers("shares"),
              Rules.within("shares", "shares", FEWEST_SHARES, MOST_SHARES)));

  @Override
  public String name() {
    return "conform-shares";
  }

  @Override
  public String summary() {
    return "counts of shares on the prices' split basis, typed and unique";
  }

  @Override
  public List<TableSpec> inputs() {
    return List.of(ConformInput.table(Feed.SHARES), Tables.INSTRUMENTS, Tables.SPLITS, Tables.BARS);
  }

  @Override
  public Map<String, Object> settings(Configuration configuration) {
    return Map.of("quality", configuration.quality());
  }

  @Override
  public TableSpec output() {
    return Tables.SHARES_OUTSTANDING;
  }

  @Override
  public StageResult run(StageContext context) {
    ConformInput input = ConformInput.of(context, Feed.SHARES);
    Dataset<Row> typed =
        resolve(input.rows(), context.read(Tables.INSTRUMENTS))
            .withColumn("effective_date", Parse.date("effective_date"))
            .withColumn("known_date", coalesce(Parse.date("known_date"), col("effective_date")))
            .withColumn("shares", Parse.number("shares"))
            .withColumn("source", Parse.text("source"));
    try (CheckedRows checked = CHECKS.check(typed)) {
      return ConformOutput.writeWhole(
          context,
          checked,
          output(),
          onSplitBasis(
              checked.accepted(),
              effective(context.read(Tables.SPLITS), context.read(Tables.BARS))));
    }
  }

  /** By id if given; else by the SEC's key, the company's name, the ticker in the file's name. */
  private static Dataset<Row> resolve(Dataset<Row> rows, Dataset<Row> instruments) {
    Column id = Parse.text("instrument_id");
    Column cik = Parse.cik("cik");
    Column name = Parse.text("entity_name");
    return ConformInstrumentLookup.resolve(
        rows,
        instruments,
        coalesce(id, Parse.text("cik"), name),
        List.of(
            coalesce(ConformInstrumentLookup.byId(id), ConformInstrumentLookup.byCik(cik)),
            when(id.isNull(), ConformInstrumentLookup.byName(name)),
            when(
                id.isNull().and(coalesce(Parse.text("cik"), name).isNotNull()),
                ConformInstrumentLookup.byTicker(Parse.fileStem()))));
  }

  /** The splits that the prices know of. */
  private static Dataset<Row> effective(Dataset<Row> splits, Dataset<Row> bars) {
    Dataset<Row> last = bars.groupBy("instrument_id").agg(max("trade_date").as("last_bar"));
    return splits
        .join(last, "instrument_id", "left")
        .crossJoin(broadcast(bars.agg(max("trade_date").as("last_of_all"))))
        .where(col("effective_date").leq(coalesce(col("last_bar"), col("last_of_all"))));
  }

  private static Dataset<Row> onSplitBasis(Dataset<Row> counts, Dataset<Row> splits) {
    Dataset<Row> byInstrument =
        splits
            .groupBy("instrument_id")
            .agg(
                sort_array(collect_list(struct(col("effective_date").as("day"), col("ratio"))))
                    .as("splits"));
    return counts
        .withColumnRenamed("shares", "shares_reported")
        .join(byInstrument, "instrument_id", "left")
        .withColumn(
            "split_factor",
            coalesce(
                expr(
                    "aggregate(filter(splits, s -> s.day > effective_date), 1D,"
                        + " (product, s) -> product * s.ratio)"),
                lit(1.0)))
        .withColumn("shares", col("shares_reported").multiply(col("split_factor")));
  }
}
