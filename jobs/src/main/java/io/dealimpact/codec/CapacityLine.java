package io.dealimpact.codec;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.unix_date;

import io.dealimpact.row.RowReader;
import java.time.LocalDate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * What the summary says of one provider, customer, or all, at the end of one year.
 *
 * @param provider a name or ALL
 * @param customer a name or ALL
 * @param status how firm
 * @param asOf day at whose end this was known
 * @param year at whose end
 * @param counts how many commitments
 * @param promised what they promise
 * @param onlineGw power online at the year's end, GW
 */
public record CapacityLine(
    String provider,
    String customer,
    String status,
    LocalDate asOf,
    int year,
    Counts counts,
    Promised promised,
    Span onlineGw) {

  /**
   * How many commitments.
   *
   * @param commitments all
   * @param withoutPower of them, power not known
   * @param withoutDates of them, without any date
   */
  public record Counts(long commitments, long withoutPower, long withoutDates) {}

  /**
   * What is promised.
   *
   * @param valueUsd contract value, USD
   * @param uncoveredUsd of it, of commitments whose power is not known, USD
   * @param powerGw power, GW
   * @param gpus accelerators
   */
  public record Promised(Span valueUsd, Span uncoveredUsd, Span powerGw, Span gpus) {}

  /**
   * From the smallest to the largest; NaN where not known.
   *
   * @param low the smallest
   * @param high the largest
   */
  public record Span(double low, double high) {}

  /** The columns of gold.capacity_by_quarter that {@link #of} reads. */
  public static Column[] columns() {
    return new Column[] {
      col("provider"),
      col("customer"),
      col("commitment_status"),
      unix_date(col("as_of")).as("as_of_day"),
      functions.year(col("quarter_end")).as("year"),
      col("commitments"),
      col("without_power"),
      col("value_usd_low"),
      col("value_usd_high"),
      col("value_without_power_usd_low"),
      col("value_without_power_usd_high"),
      col("without_dates"),
      col("power_committed_gw_low"),
      col("power_committed_gw_high"),
      col("gpus_committed_low"),
      col("gpus_committed_high"),
      col("power_online_gw_low"),
      col("power_online_gw_high")
    };
  }

  /** The line of a row of {@link #columns}. */
  public static CapacityLine of(Row row) {
    RowReader.Cells cells = RowReader.of(row.schema()).at(row);
    return new CapacityLine(
        cells.text("provider"),
        cells.text("customer"),
        cells.text("commitment_status"),
        cells.day("as_of_day").orElseThrow(),
        cells.whole("year"),
        new Counts(
            cells.count("commitments"), cells.count("without_power"), cells.count("without_dates")),
        new Promised(
            span(cells, "value_usd"),
            span(cells, "value_without_power_usd"),
            span(cells, "power_committed_gw"),
            span(cells, "gpus_committed")),
        span(cells, "power_online_gw"));
  }

  private static Span span(RowReader.Cells cells, String name) {
    return new Span(cells.number(name + "_low"), cells.number(name + "_high"));
  }
}
