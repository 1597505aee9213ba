package io.dealimpact.lake;

import io.dealimpact.run.Failures;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.mapred.JobConf;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/**
 * The Spark session, with nothing set but what the results' correctness needs, four sizes for speed
 * and memory, and {@link Evaluation}; in one process also without what Hadoop sets for a cluster.
 */
public final class Session {
  /**
   * Bytes of a column's dictionary in a Parquet file. Measured numbers hardly repeat: a dictionary
   * of the default megabyte is made of each column of them, and thrown away.
   */
  private static final int DICTIONARY_BYTES = 32 << 10;

  /**
   * Bytes of the largest method that Spark may make of a whole stage of a plan. HotSpot compiles no
   * larger one unless it is started with an option, which on a cluster is not ours to give: of wide
   * rows Spark then makes several methods.
   */
  private static final int METHOD_BYTES = 8000;

  /**
   * Rows of a Parquet file that Spark reads at once. It keeps an array for each column of them, and
   * a packed year has 250 values in each of a dozen: the 4,096 rows of the default are 120 to 160
   * MB in each task, which Spark's own memory manager does not count.
   */
  private static final int ROWS_READ_AT_ONCE = 256;

  /**
   * Setting of the least memory that a join, a sort or an aggregate takes. By default it grows with
   * the heap, 32 MB at 2 GB, and every table that is sent to all tasks holds one such page, however
   * few its rows: forty of them at a time are more than half of that heap. Spark's own memory
   * manager does not count them.
   */
  private static final String PAGE_SIZE = "spark.buffer.pageSize";

  /** A task can hold 8,192 pages: 16 GB. */
  private static final String PAGE_BYTES = "2m";

  private static final Set<String> CLUSTER_DEFAULTS =
      Set.of("yarn-default.xml", "mapred-default.xml");

  /** In the names of MapReduce's settings that Spark's writers of files read too. */
  private static final String COMMITTER = "outputcommitter";

  private Session() {}

  /**
   * The session of this JVM; master, memory and the like come from whoever started it. The JVM's
   * locale becomes the neutral one: Delta Lake writes the names of its log files in the digits of
   * the default locale, and under Arabic ones no other reader finds them.
   */
  public static SparkSession open() {
    Locale.setDefault(Locale.ROOT);
    SparkSession.Builder builder = SparkSession.builder();
    if (new SparkConf().get("spark.master", "").matches("local(\\[.*])?")) {
      inOneProcess(builder);
    }
    SparkSession session = ofProgram(builder).appName("deal-impact").getOrCreate();
    if (session.sparkContext().isLocal()) {
      withoutClusterDefaults(session);
    }
    Evaluation.suitMany(session);
    return session;
  }

  /** What each session of the program has, wherever its tasks run. */
  public static SparkSession.Builder ofProgram(SparkSession.Builder builder) {
    return builder
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
        .config(
            "spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
        .config(PAGE_SIZE, PAGE_BYTES)
        .config("parquet.dictionary.page.size", DICTIONARY_BYTES)
        .config("spark.sql.codegen.hugeMethodLimit", METHOD_BYTES)
        .config("spark.sql.parquet.columnarReaderBatchSize", ROWS_READ_AT_ONCE);
  }

  /**
   * What a session has whose tasks run in this JVM alone. It opens local files without a process
   * for each of them; executors elsewhere open files before they have the program's classes. And a
   * task that runs out of memory fails as any other does: Spark would end the JVM, and the run in
   * it could not say why.
   */
  public static SparkSession.Builder inOneProcess(SparkSession.Builder builder) {
    LocalFiles.SETTINGS.forEach(builder::config);
    return builder.config("spark.executor.killOnFatalError.depth", 0);
  }

  /**
   * Takes out of Hadoop's settings the defaults of YARN and MapReduce, two thirds of them: each
   * reading of a table and each write sends all settings to its tasks. What somebody has set stays,
   * and what says how files are committed to a storage.
   *
   * @param session whose tasks run in this JVM alone
   */
  public static void withoutClusterDefaults(SparkSession session) {
    Configuration settings = session.sparkContext().hadoopConfiguration();
    // The first job and the first file would add defaults, and Hadoop would read all of them again.
    new JobConf(false);
    try {
      FileSystem.getFileSystemClass("file", settings);
    } catch (IOException unknown) {
      throw Failures.storage("looking for Hadoop's file systems", unknown);
    }
    // Hadoop iterates over a copy.
    for (Map.Entry<String, String> setting : settings) {
      String name = setting.getKey();
      String[] sources = settings.getPropertySources(name);
      if (sources != null
          && CLUSTER_DEFAULTS.contains(sources[sources.length - 1])
          && !name.contains(COMMITTER)) {
        settings.unset(name);
      }
    }
  }
}
