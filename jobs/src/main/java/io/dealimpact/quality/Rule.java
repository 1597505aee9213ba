package io.dealimpact.quality;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;

import org.apache.spark.sql.Column;

/**
 * Something every row of a feed must meet.
 *
 * @param name lower-kebab-case, as {@code ops.quarantine.rule} shows it
 * @param brokenWhen true for a row that breaks it; NULL counts as false
 * @param message what was wrong, with the value given and what is allowed
 */
public record Rule(String name, Column brokenWhen, Column message) {
  public Rule {
    message = coalesce(message, lit(""));
  }
}
