package io.dealimpact.stage.conform;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.format_string;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.upper;
import static org.apache.spark.sql.functions.when;

import io.dealimpact.config.Configuration;
import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.Tables;
import io.dealimpact.quality.CheckedRows;
import io.dealimpact.quality.DeliveredRows;
import io.dealimpact.quality.FeedChecks;
import io.dealimpact.quality.Parse;
import io.dealimpact.quality.Rule;
import io.dealimpact.quality.Rules;
import io.dealimpact.row.RowReader;
import io.dealimpact.source.Feed;
import io.dealimpact.stage.Stage;
import io.dealimpact.stage.StageContext;
import io.dealimpact.stage.StageResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Instruments: a row each; prices in USD and the ticker equal to the id unless it says otherwise.
 * Several rows of an instrument that end on different days are the tickers it had one after the
 * other: the last one is its row, the others its history.
 */
public final class ConformInstruments implements Stage {
  private static final String HISTORY = "ticker_history";

  private static final FeedChecks CHECKS =
      new FeedChecks(
          "instruments",
          List.of("instrument_id", "valid_to"),
          Tables.INSTRUMENTS.columnNames().stream().filter(c -> !c.equals(HISTORY)).toList(),
          Rules.inOrder(
              Rules.names("instrument_id", "ticker", "organisation", "exchange"),
              List.of(Rules.title("name")),
              List.of(
                  new Rule(
                      "missing-instrument-id",
                      col("instrument_id").isNull(),
                      lit("instrument_id is missing, and there is no ticker instead of it")),
                  Rules.broken(
                      "invalid-currency",
                      "currency",
                      Parse.value("currency")
                          .rlike("^([A-Z]{3}|[a-z]{3})$")
                          .equalTo(false)
                          .and(Subunits.named("currency").isNull()),
                      "an ISO 4217 code of three letters, as USD, or GBX, ZAC or ILA for"
                          + " hundredths of GBP, ZAR or ILS"),
                  Rules.invalidDate("valid_from"),
                  Rules.invalidDate("valid_to"),
                  new Rule(
                      "valid-to-before-from",
                      col("valid_to").lt(col("valid_from")),
                      format_string(
                          "valid_to %s is before valid_from %s",
                          Rules.shown("valid_to"), Rules.shown("valid_from")))),
              Rules.numbers("shares_per_unit"),
              Rules.within("ratio", "shares_per_unit", 1e-6, 1e6)));

  @Override
  public String name() {
    return "conform-instruments";
  }

  @Override
  public String summary() {
    return "instruments, typed and unique";
  }

  @Override
  public List<TableSpec> inputs() {
    return List.of(ConformInput.table(Feed.INSTRUMENTS));
  }

  @Override
  public Map<String, Object> settings(Configuration configuration) {
    return Map.of("quality", configuration.quality());
  }

  @Override
  public TableSpec output() {
    return Tables.INSTRUMENTS;
  }

  @Override
  public StageResult run(StageContext context) {
    ConformInput input = ConformInput.of(context, Feed.INSTRUMENTS);
    Dataset<Row> typed =
        input
            .rows()
            .withColumn(
                "instrument_id", coalesce(Parse.text("instrument_id"), Parse.text("ticker")))
            .withColumn("ticker", coalesce(Parse.text("ticker"), col("instrument_id")))
            .withColumn("name", Parse.value("name"))
            .withColumn("organisation", Parse.value("organisation"))
            .withColumn(
                "exchange", coalesce(upper(Parse.value("exchange")), upper(Parse.value("mic"))))
            .withColumn(
                "mic",
                coalesce(
                    ConformExchange.known(upper(Parse.value("mic"))),
                    ConformExchange.known(col("exchange"))))
            .withColumn(
                "currency",
                coalesce(Subunits.named("currency"), upper(Parse.value("currency")), lit("USD")))
            .withColumn("kind", kind())
            .withColumn("cik", Parse.cik("cik"))
            .withColumn("sector", Parse.value("sector"))
            .withColumn("sector_benchmark", Parse.value("sector_benchmark"))
            .withColumn("benchmark", Parse.value("benchmark"))
            .withColumn("figi", Parse.value("figi"))
            .withColumn("isin", Parse.value("isin"))
            .withColumn("valid_from", Parse.date("valid_from"))
            .withColumn("valid_to", Parse.date("valid_to"))
            .withColumn("shares_per_unit", Parse.number("shares_per_unit"));
    try (CheckedRows checked = CHECKS.check(typed)) {
      return ConformOutput.writeWhole(
          context, checked, output(), present(checked.accepted()), leftOut(input.rows()));
    }
  }

  /** A word that is none of ours costs the column, and not the instrument. */
  private static Column kind() {
    Column word = lower(Parse.value("kind"));
    return when(word.isin("equity", "etf", "index"), word)
        .when(
            word.isin(
                "stock", "common stock", "common", "share", "shares", "cs", "adr", "adrc", "ads"),
            lit("equity"))
        .when(word.isin("exchange traded fund", "fund"), lit("etf"));
  }

  /** How many values of optional columns could not be read. */
  private static String leftOut(Dataset<Row> rows) {
    Row row =
        rows.agg(
                count(when(Parse.value("kind").isNotNull().and(kind().isNull()), 1)).as("kinds"),
                count(when(Parse.value("cik").isNotNull().and(Parse.cik("cik").isNull()), 1))
                    .as("ciks"))
            .first();
    RowReader.Cells cells = RowReader.of(row.schema(), "kinds", "ciks").at(row);
    List<String> parts = new ArrayList<>();
    if (cells.count("kinds") > 0) {
      parts.add(cells.count("kinds") + " values of kind left out: it is one of equity, etf, index");
    }
    if (cells.count("ciks") > 0) {
      parts.add(
          cells.count("ciks") + " values of cik left out: it is a number of at most ten digits");
    }
    return String.join("; ", parts);
  }

  /** The last row of each instrument, with the tickers of the others. */
  private static Dataset<Row> present(Dataset<Row> accepted) {
    WindowSpec ofTicker = Window.partitionBy("instrument_id", "ticker");
    WindowSpec ofInstrument = Window.partitionBy("instrument_id");
    Column order =
        struct(
            coalesce(col("valid_to"), lit("9999-12-31").cast("date")),
            coalesce(col("valid_from"), lit("0001-01-01").cast("date")),
            col(DeliveredRows.FILE_RANK),
            col("source_line"));
    return accepted
        // A later file says anew how long the instrument has had a ticker.
        .withColumn("latest_rank", max(DeliveredRows.FILE_RANK).over(ofTicker))
        .where(col(DeliveredRows.FILE_RANK).equalTo(col("latest_rank")))
        .withColumn("order", order)
        .withColumn("is_present", col("order").equalTo(max(col("order")).over(ofInstrument)))
        .withColumn(
            HISTORY,
            sort_array(
                collect_list(
                        when(
                            not(col("is_present")),
                            struct(col("valid_from"), col("valid_to"), col("ticker"))))
                    .over(ofInstrument)))
        .withColumn(HISTORY, when(size(col(HISTORY)).gt(0), col(HISTORY)))
        .where(col("is_present"));
  }
}
