package io.dealimpact.codec;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;

/**
 * What the summary says of one claim.
 *
 * @param dealId the deal; empty if none
 * @param verdict of the claim
 * @param explanation one sentence
 */
public record ClaimLine(String dealId, String verdict, String explanation) {

  /** The columns of gold.claim_audit that {@link #of} reads, in its order. */
  public static Column[] columns() {
    return new Column[] {coalesce(col("deal_id"), lit("")), col("verdict"), col("explanation")};
  }

  public static ClaimLine of(Row row) {
    return new ClaimLine(row.getString(0), row.getString(1), row.getString(2));
  }
}
