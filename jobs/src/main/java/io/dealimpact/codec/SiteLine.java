package io.dealimpact.codec;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.unix_date;

import java.time.LocalDate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;

/**
 * What somebody published of a provider's sites, beside what commitments say is online by then.
 *
 * @param publisher who published it
 * @param source what it is called, with its licence
 * @param provider whose sites
 * @param customer who uses them; ALL for all of the provider's
 * @param sites how many
 * @param asOf day for which they were published
 * @param publishedGw power in operation, GW
 * @param announcedGw ours, announced, at the end of that quarter; mid; NaN for none
 * @param signedGw ours, signed; mid; NaN for none
 */
public record SiteLine(
    String publisher,
    String source,
    String provider,
    String customer,
    long sites,
    LocalDate asOf,
    double publishedGw,
    double announcedGw,
    double signedGw) {

  /** The columns {@link #of} reads, in its order. */
  public static Column[] columns() {
    return new Column[] {
      col("publisher"),
      coalesce(col("source"), lit("")),
      col("provider"),
      col("customer"),
      col("sites"),
      unix_date(col("as_of")),
      col("published_gw"),
      col("announced_gw"),
      col("signed_gw")
    };
  }

  public static SiteLine of(Row row) {
    return new SiteLine(
        row.getString(0),
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getLong(4),
        LocalDate.ofEpochDay(row.getInt(5)),
        row.getDouble(6),
        row.isNullAt(7) ? Double.NaN : row.getDouble(7),
        row.isNullAt(8) ? Double.NaN : row.getDouble(8));
  }
}
