package io.dealimpact.lake;

import org.apache.spark.sql.SparkSession;

/** The Spark session, with nothing set but what the results' correctness needs. */
public final class Session {
  private Session() {}

  /** The session of this JVM; master, memory and the like come from whoever started it. */
  public static SparkSession open() {
    return SparkSession.builder()
        .appName("deal-impact")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
        .config(
            "spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
        .getOrCreate();
  }
}
