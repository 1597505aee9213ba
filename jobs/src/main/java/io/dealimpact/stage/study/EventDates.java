package io.dealimpact.stage.study;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_min;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.transform;

import io.dealimpact.config.Configuration.StudySettings;
import org.apache.spark.sql.Column;

/**
 * When a deal became known: the earliest of its days of the kinds in {@code study.event_date}; its
 * announcement where it has none of them. Of two on one day the one without a time comes first, for
 * it is taken as before the open.
 */
final class EventDates {
  private static final String TYPE = "array<struct<date:date,at:timestamp>>";

  private EventDates() {}

  /** Its day, New York. */
  static Column day(StudySettings study) {
    return earliest(study).getField("date");
  }

  /** Its instant; NULL where only the day is known. */
  static Column instant(StudySettings study) {
    return earliest(study).getField("at");
  }

  private static Column earliest(StudySettings study) {
    Column announcement = struct(col("announced_date").as("date"), col("announced_at").as("at"));
    Object[] kinds = study.eventDate().toArray();
    Column others =
        transform(
            filter(col("dates"), date -> date.getField("kind").isin(kinds)),
            date -> struct(date.getField("date").as("date"), date.getField("at").as("at")));
    Column own =
        study.eventDate().contains("announcement") ? array(announcement) : array().cast(TYPE);
    return coalesce(array_min(concat(own, coalesce(others, array().cast(TYPE)))), announcement);
  }
}
