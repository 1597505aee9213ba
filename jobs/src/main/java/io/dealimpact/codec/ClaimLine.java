package io.dealimpact.codec;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.unix_date;

import java.time.LocalDate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;

/**
 * What the summary says of one claim.
 *
 * @param dealId the deal; empty if none
 * @param announced its day; null if not known
 * @param verdict of the claim
 * @param explanation one sentence
 */
public record ClaimLine(String dealId, LocalDate announced, String verdict, String explanation) {

  /** The columns of gold.claim_audit that {@link #of} reads, in its order. */
  public static Column[] columns() {
    return new Column[] {
      coalesce(col("deal_id"), lit("")),
      unix_date(col("announced_date")),
      col("verdict"),
      col("explanation")
    };
  }

  public static ClaimLine of(Row row) {
    return new ClaimLine(
        row.getString(0),
        row.isNullAt(1) ? null : LocalDate.ofEpochDay(row.getInt(1)),
        row.getString(2),
        row.getString(3));
  }
}
