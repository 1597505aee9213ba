package io.dealimpact.lake;

import java.util.Locale;
import org.apache.spark.sql.SparkSession;

/**
 * The Spark session, with nothing set but what the results' correctness needs, and one size for
 * speed.
 */
public final class Session {
  /**
   * Bytes of a column's dictionary in a Parquet file. Measured numbers hardly repeat: a dictionary
   * of the default megabyte is made of each column of them, and thrown away.
   */
  private static final int DICTIONARY_BYTES = 32 << 10;

  private Session() {}

  /**
   * The session of this JVM; master, memory and the like come from whoever started it. The JVM's
   * locale becomes the neutral one: Delta Lake writes the names of its log files in the digits of
   * the default locale, and under Arabic ones no other reader finds them.
   */
  public static SparkSession open() {
    Locale.setDefault(Locale.ROOT);
    return SparkSession.builder()
        .appName("deal-impact")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
        .config(
            "spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
        .config("parquet.dictionary.page.size", DICTIONARY_BYTES)
        .getOrCreate();
  }
}
