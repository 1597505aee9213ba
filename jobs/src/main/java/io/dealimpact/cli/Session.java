package io.dealimpact.cli;

import org.apache.spark.sql.SparkSession;

/** The Spark session, with nothing set but what the results' correctness needs. */
final class Session {
  private Session() {}

  static SparkSession open() {
    return SparkSession.builder()
        .appName("deal-impact")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
        .config(
            "spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
        .getOrCreate();
  }
}
