package io.dealimpact.stage.ingest;

import io.dealimpact.run.Failures;
import io.dealimpact.source.landing.Landing;
import io.dealimpact.source.landing.Listing;
import java.io.IOException;
import org.apache.spark.sql.SparkSession;

/** The landing zone as this run found it: listed once, however many feeds ask at a time. */
public final class LandingZone {
  private Listing listing;

  synchronized Listing listing(SparkSession spark, String root) {
    if (listing == null) {
      try {
        listing = Landing.list(spark, root);
      } catch (IOException error) {
        throw Failures.storage("listing the landing zone " + root, error);
      }
    }
    return listing;
  }
}
