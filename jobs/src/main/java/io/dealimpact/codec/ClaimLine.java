package io.dealimpact.codec;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.unix_date;

import io.dealimpact.row.RowReader;
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

  /** The columns of gold.claim_audit that {@link #of} reads. */
  public static Column[] columns() {
    return new Column[] {
      coalesce(col("deal_id"), lit("")).as("deal_id"),
      unix_date(col("announced_date")).as("announced_day"),
      col("verdict"),
      col("explanation")
    };
  }

  /** The line of a row of {@link #columns}. */
  public static ClaimLine of(Row row) {
    RowReader.Cells cells = RowReader.of(row.schema()).at(row);
    return new ClaimLine(
        cells.text("deal_id"),
        cells.day("announced_day").orElse(null),
        cells.text("verdict"),
        cells.text("explanation"));
  }
}
