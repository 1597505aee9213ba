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
 * What somebody published of a provider's sites, beside what commitments say is online by then.
 *
 * @param source who published it
 * @param provider whose sites
 * @param customer who uses them; ALL for all of the provider's
 * @param sites how many
 * @param asOf day for which they were published
 * @param publishedGw power in operation, GW
 * @param ours what commitments say
 */
public record SiteLine(
    Source source,
    String provider,
    String customer,
    long sites,
    LocalDate asOf,
    double publishedGw,
    Ours ours) {

  /**
   * Where figures are from.
   *
   * @param publisher who published them
   * @param title what they are called, with their licence
   */
  public record Source(String publisher, String title) {}

  /**
   * What commitments say is online at the end of that quarter, GW; mid; NaN for none.
   *
   * @param announcedGw announced
   * @param signedGw signed
   */
  public record Ours(double announcedGw, double signedGw) {}

  /** The columns that {@link #of} reads. */
  public static Column[] columns() {
    return new Column[] {
      col("publisher"),
      coalesce(col("source"), lit("")).as("source"),
      col("provider"),
      col("customer"),
      col("sites"),
      unix_date(col("as_of")).as("as_of_day"),
      col("published_gw"),
      col("announced_gw"),
      col("signed_gw")
    };
  }

  /** The line of a row of {@link #columns}. */
  public static SiteLine of(Row row) {
    RowReader.Cells cells = RowReader.of(row.schema()).at(row);
    return new SiteLine(
        new Source(cells.text("publisher"), cells.text("source")),
        cells.text("provider"),
        cells.text("customer"),
        cells.count("sites"),
        cells.day("as_of_day").orElseThrow(),
        cells.number("published_gw"),
        new Ours(cells.number("announced_gw"), cells.number("signed_gw")));
  }
}
