package io.dealimpact.stage;

import io.dealimpact.config.Configuration;
import io.dealimpact.lake.Lake;
import io.dealimpact.lake.TableSpec;
import io.dealimpact.run.RunContext;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What a stage works with.
 *
 * @param note left in the log of every table the stage writes: its inputs' versions and settings
 */
public record StageContext(Lake lake, Configuration configuration, RunContext run, String note) {

  public SparkSession spark() {
    return lake.spark();
  }

  /** The input's rows at the version pinned for this run; none if nobody wrote it yet. */
  public Dataset<Row> read(TableSpec table) {
    return lake.readOrEmpty(table);
  }

  /** Rows made of an input's, for all stages that need the same; see {@link Lake#derived}. */
  public Dataset<Row> derived(TableSpec table, String what, UnaryOperator<Dataset<Row>> make) {
    return lake.derived(table, what, make);
  }
}
