package io.dealimpact.stage.conform;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.format_string;
import static org.apache.spark.sql.functions.lit;

import io.dealimpact.config.Configuration;
import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.Tables;
import io.dealimpact.quality.CheckedRows;
import io.dealimpact.quality.FeedChecks;
import io.dealimpact.quality.Parse;
import io.dealimpact.quality.Rule;
import io.dealimpact.quality.Rules;
import io.dealimpact.source.Feed;
import io.dealimpact.stage.Stage;
import io.dealimpact.stage.StageContext;
import io.dealimpact.stage.StageResult;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Events of a study without deals. Columns of the feed that are not ours are the events'
 * attributes. An event may have terms of its own ({@link OwnTerms}).
 */
public final class ConformEvents implements Stage {
  private static final FeedChecks CHECKS =
      new FeedChecks(
          "events",
          Tables.EVENTS.keys(),
          Stream.concat(
                  Stream.of("announced_at", "announced_date", "attributes_text"),
                  OwnTerms.COLUMNS.stream())
              .toList(),
          Rules.inOrder(
              List.of(Rules.missing("event_id")),
              ConformInstrumentLookup.rules(),
              List.of(
                  Rules.missingDate("announced_at"),
                  Rules.invalidInstant("announced_at", "announced_date"),
                  Rules.implausibleDate("announced_at", "announced_date"),
                  new Rule(
                      "unknown-benchmark",
                      col("benchmark").isNotNull().and(col("benchmark_there").isNull()),
                      format_string(
                          "the benchmark '%s' is not in silver.instruments; deliver it in"
                              + " instruments/, and its bars or returns",
                          Rules.shown("benchmark"))),
                  OwnTerms.badEstimation(),
                  OwnTerms.badWindow(),
                  new Rule(
                      "known-as-deal",
                      col("deal_there").isNotNull(),
                      format_string(
                          "the event_id '%s' is the deal_id of a deal; give one of them another",
                          Rules.shown("event_id")))),
              Rules.names("event_id")));

  @Override
  public String name() {
    return "conform-events";
  }

  @Override
  public String summary() {
    return "events of a study without deals, typed and unique";
  }

  @Override
  public List<TableSpec> inputs() {
    return List.of(ConformInput.table(Feed.EVENTS), Tables.INSTRUMENTS, Tables.DEALS);
  }

  @Override
  public List<TableSpec> needs() {
    return List.of(ConformInput.table(Feed.EVENTS));
  }

  @Override
  public Map<String, Object> settings(Configuration configuration) {
    return Map.of("quality", configuration.quality());
  }

  @Override
  public TableSpec output() {
    return Tables.EVENTS;
  }

  @Override
  public StageResult run(StageContext context) {
    ConformInput input = ConformInput.of(context, Feed.EVENTS);
    Dataset<Row> instruments = context.read(Tables.INSTRUMENTS);
    Dataset<Row> resolved =
        ConformInstrumentLookup.resolveByIdOrTicker(
            context, input.rows(), Parse.newYorkDay("announced_at"));
    Dataset<Row> typed =
        OwnTerms.typed(resolved)
            .withColumn("event_id", Parse.text("event_id"))
            .withColumn("announced_date", Parse.newYorkDay("announced_at"))
            .withColumn("announced_at", Parse.instant("announced_at"))
            .withColumn("attributes_text", col("extra_fields"))
            .withColumn("attributes", Attributes.of(col("extra_fields")))
            // They are known: the run's log need not name them.
            .withColumn("extra_fields", lit(null).cast("string"));
    Dataset<Row> known =
        with(
            with(typed, "benchmark", instruments.select("instrument_id"), "benchmark_there"),
            "event_id",
            context.read(Tables.DEALS).select("deal_id"),
            "deal_there");
    try (CheckedRows checked = CHECKS.check(known)) {
      return ConformOutput.writeWhole(context, checked, output(), checked.accepted());
    }
  }

  private static Dataset<Row> with(
      Dataset<Row> rows, String column, Dataset<Row> ids, String there) {
    Dataset<Row> named = ids.toDF(there);
    Column same = col(column).equalTo(col(there));
    return rows.join(broadcast(named), same, "left");
  }
}
