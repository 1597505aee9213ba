package io.dealimpact.stage.conform;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.exists;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.trim;

import io.dealimpact.config.Configuration.StudySettings;
import io.dealimpact.quality.Parse;
import io.dealimpact.quality.Rule;
import io.dealimpact.quality.Rules;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The days of a deal besides its announcement: what is known of each, typed. */
final class DealDates {
  static final String COLUMN = "dates";

  private static final ArrayType DELIVERED =
      DataTypes.createArrayType(
          new StructType().add("kind", DataTypes.StringType).add("at", DataTypes.StringType));

  private DealDates() {}

  /** Kind, instant and New York's day of each. NULL if nothing is delivered. */
  static Column typed() {
    return transform(
        from_json(Parse.text(COLUMN), DELIVERED),
        date ->
            struct(
                lower(trim(date.getField("kind"))).as("kind"),
                Parse.instant(date.getField("at")).as("at"),
                Parse.newYorkDay(date.getField("at")).as("date")));
  }

  static Rule unreadable() {
    Column unreadable =
        exists(
            col(COLUMN),
            date ->
                date.getField("kind")
                    .isNull()
                    .or(
                        date.getField("kind")
                            .isin(StudySettings.EVENT_DATES.toArray())
                            .equalTo(false))
                    .or(date.getField("date").isNull()));
    return Rules.broken(
        "invalid-dates",
        COLUMN,
        Parse.text(COLUMN).isNotNull().and(col(COLUMN).isNull().or(unreadable)),
        "objects of kind ("
            + String.join(", ", StudySettings.EVENT_DATES)
            + ") and at (an ISO instant with offset, or a day)");
  }
}
