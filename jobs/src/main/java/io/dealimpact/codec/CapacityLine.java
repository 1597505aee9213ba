package io.dealimpact.codec;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.unix_date;

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
 * @param commitments how many
 * @param withoutPower of them, power not known
 * @param valueLowUsd their contract value, USD
 * @param valueHighUsd their contract value, USD
 * @param uncoveredLowUsd of it, of those without power, USD
 * @param uncoveredHighUsd of it, of those without power, USD
 * @param withoutDates of them, without any date
 * @param committedLowGw power promised, GW
 * @param committedHighGw power promised, GW
 * @param gpusLow accelerators promised
 * @param gpusHigh accelerators promised
 * @param onlineLowGw power online at the year's end, GW
 * @param onlineHighGw power online at the year's end, GW
 */
public record CapacityLine(
    String provider,
    String customer,
    String status,
    LocalDate asOf,
    int year,
    long commitments,
    long withoutPower,
    double valueLowUsd,
    double valueHighUsd,
    double uncoveredLowUsd,
    double uncoveredHighUsd,
    long withoutDates,
    double committedLowGw,
    double committedHighGw,
    double gpusLow,
    double gpusHigh,
    double onlineLowGw,
    double onlineHighGw) {

  /** The columns of gold.capacity_by_quarter that {@link #of} reads, in its order. */
  public static Column[] columns() {
    return new Column[] {
      col("provider"),
      col("customer"),
      col("commitment_status"),
      unix_date(col("as_of")),
      functions.year(col("quarter_end")),
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

  public static CapacityLine of(Row row) {
    return new CapacityLine(
        row.getString(0),
        row.getString(1),
        row.getString(2),
        LocalDate.ofEpochDay(row.getInt(3)),
        row.getInt(4),
        row.getLong(5),
        row.getLong(6),
        row.getDouble(7),
        row.getDouble(8),
        row.getDouble(9),
        row.getDouble(10),
        row.getLong(11),
        row.getDouble(12),
        row.getDouble(13),
        row.getDouble(14),
        row.getDouble(15),
        row.getDouble(16),
        row.getDouble(17));
  }
}
