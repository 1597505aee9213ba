package io.dealimpact.stage.conform;

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
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Days of earnings reports, New York time; the instant where it is known. */
public final class ConformEarnings implements Stage {
  private static final FeedChecks CHECKS =
      new FeedChecks(
          "earnings",
          Tables.EARNINGS.keys(),
          List.of("announced_at"),
          Rules.inOrder(
              ConformInstrumentLookup.rules(),
              List.of(
                  Rules.missingDate("announced_at"),
                  Rules.invalidInstant("announced_at", "announced_date"),
                  Rules.implausibleDate("announced_at", "announced_date"))));

  @Override
  public String name() {
    return "conform-earnings";
  }

  @Override
  public String summary() {
    return "earnings reports, typed and unique";
  }

  @Override
  public List<TableSpec> inputs() {
    return List.of(ConformInput.table(Feed.EARNINGS), Tables.INSTRUMENTS);
  }

  @Override
  public List<TableSpec> needs() {
    return List.of(ConformInput.table(Feed.EARNINGS));
  }

  @Override
  public Map<String, Object> settings(Configuration configuration) {
    return Map.of("quality", configuration.quality());
  }

  @Override
  public TableSpec output() {
    return Tables.EARNINGS;
  }

  @Override
  public StageResult run(StageContext context) {
    ConformInput input = ConformInput.of(context, Feed.EARNINGS);
    Dataset<Row> typed =
        ConformInstrumentLookup.resolveByIdOrTicker(
                context, input.rows(), Parse.newYorkDay("announced_at"))
            .withColumn("announced_date", Parse.newYorkDay("announced_at"))
            .withColumn("announced_at", Parse.instant("announced_at"));
    try (CheckedRows checked = CHECKS.check(typed)) {
      return ConformOutput.writeWhole(context, checked, output(), checked.accepted());
    }
  }
}
