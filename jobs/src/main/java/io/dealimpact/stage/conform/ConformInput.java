package io.dealimpact.stage.conform;

import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.Tables;
import io.dealimpact.quality.DeliveredVersions;
import io.dealimpact.quality.DeliveryRules;
import io.dealimpact.source.Feed;
import io.dealimpact.stage.StageContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A feed's bronze rows as every Conform stage starts from them: the latest version of each file.
 *
 * @param rows in the shape of {@link DeliveredVersions#rows}
 */
public record ConformInput(Dataset<Row> rows) {

  /** The bronze table of a feed. */
  public static TableSpec table(Feed feed) {
    return Tables.bronze(feed.folder(), feed.columns());
  }

  static ConformInput of(StageContext context, Feed feed) {
    return new ConformInput(versions(context, feed).rows());
  }

  /** The versions of the feed's files, and which of them count. */
  static DeliveredVersions versions(StageContext context, Feed feed) {
    return DeliveredVersions.of(
        context.read(table(feed)),
        feed.columns(),
        new DeliveryRules(
            context.configuration().quality().deliveryLoss(),
            context.configuration().quality().supersedes()));
  }
}
