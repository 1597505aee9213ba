package io.dealimpact.testing;

import io.dealimpact.lake.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/** The one Spark session of all tests: two threads, UTC, Delta. */
public final class SparkForTests {
  private SparkForTests() {}

  /** The session, started at the first call and stopped with the JVM. */
  public static SparkSession session() {
    return Holder.SESSION;
  }

  private static final class Holder {
    static final SparkSession SESSION = start();
  }

  private static SparkSession start() {
    try {
      Path warehouse = Files.createTempDirectory("deal-impact-warehouse");
      SparkSession session =
          Session.ofProgram(Session.inOneProcess(SparkSession.builder()))
              .master("local[2]")
              .appName("deal-impact-tests")
              .config("spark.ui.enabled", "false")
              .config("spark.sql.ui.explainMode", "simple")
              .config("spark.driver.bindAddress", "127.0.0.1")
              .config("spark.driver.host", "127.0.0.1")
              .config("spark.sql.shuffle.partitions", Integer.getInteger("tests.partitions", 2))
              .config("spark.databricks.delta.snapshotPartitions", "1")
              // A query of a test runs once, on a handful of rows: to interpret it takes less time
              // than to compile it. The comparison of Spark's versions does compile.
              .config("spark.sql.codegen.wholeStage", "false")
              .config("spark.sql.codegen.factoryMode", "NO_CODEGEN")
              .config("spark.sql.adaptive.enabled", "false")
              .config("spark.sql.warehouse.dir", warehouse.toUri().toString())
              .getOrCreate();
      Session.withoutClusterDefaults(session);
      session.sparkContext().setLogLevel("WARN");
      return session;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
