package io.dealimpact.stage.conform;

import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.Tables;
import io.dealimpact.quality.DeliveredRows;
import io.dealimpact.quality.DeliveryRules;
import io.dealimpact.source.Feed;
import io.dealimpact.stage.StageContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A feed's bronze rows as every Conform stage starts from them: the latest version of each file.
 *
 * @param rows in the shape of {@link DeliveredRows#latestVersions}
 */
public record ConformInput(Dataset<Row> rows) {

  /** The bronze table of a feed. */
  public static TableSpec table(Feed feed) {
    return Tables.bronze(feed.folder(), feed.columns());
  }

  static ConformInput of(StageContext context, Feed feed) {
    return new ConformInput(
        DeliveredRows.latestVersions(
            context.read(table(feed)),
            feed.columns(),
            new DeliveryRules(
                context.configuration().quality().deliveryLoss(),
                context.configuration().quality().supersedes())));
  }
}
