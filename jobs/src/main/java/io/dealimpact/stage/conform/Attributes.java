package io.dealimpact.stage.conform;

import static org.apache.spark.sql.functions.btrim;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.map_filter;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.transform_values;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;

/** Free labels and numbers of an event, by name. */
final class Attributes {
  /** Written where there is no value; {@code NA} may be Namibia. */
  private static final String ABSENT = "(?i)^(nan|null|none|nat|n/a|<na>|#n/a|\\.)$";

  private Attributes() {}

  /**
   * The attributes of a JSON object of single values; NULL where it has none. Blanks about a value
   * are left out, and so is a value without anything else.
   */
  static Column of(Column json) {
    Column all =
        transform_values(
            from_json(json, DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType)),
            (name, value) -> btrim(value));
    Column given =
        map_filter(all, (name, value) -> length(value).gt(0).and(not(value.rlike(ABSENT))));
    return when(size(given).gt(0), given);
  }
}
