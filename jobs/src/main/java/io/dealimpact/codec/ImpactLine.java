package io.dealimpact.codec;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.unix_date;

import java.time.LocalDate;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;

/**
 * What the summary says of one event: its day and its three days. NULL in the lake is NaN here, or
 * null.
 *
 * @param announced day of the announcement
 * @param dealUsd mid value of the deal, USD
 * @param eventDate day 0; null when there is none
 * @param status of the window [0,0]
 * @param p two-sided p of day 0's abnormal return
 * @param carThreeDays CAR[−1,+1], a fraction
 * @param confounders other news that acted on day 0
 * @param confoundersThreeDays other news that acted on one of the three days
 * @param dayBeforeReturn abnormal return of day −1, a fraction
 * @param dayBeforeStandardized the same, standardised
 * @param statedConfounders other news as the deal's record states it
 * @param valueType what kind of value the deal's is; they do not add up with one another
 */
public record ImpactLine(
    String dealId,
    String title,
    LocalDate announced,
    String dealStatus,
    double dealUsd,
    String instrumentId,
    String role,
    LocalDate eventDate,
    String status,
    String statusReason,
    double rawCloseUsd,
    double rawHighUsd,
    double abnormalUsd,
    double abnormalLowUsd,
    double abnormalHighUsd,
    double abnormalReturn,
    double p,
    double carThreeDays,
    String confounders,
    Boolean recordClose,
    String confoundersThreeDays,
    double dayBeforeReturn,
    double dayBeforeStandardized,
    String statedConfounders,
    String valueType) {

  /** The columns {@link #of} reads, in its order. */
  public static Column[] columns() {
    return Stream.concat(
            Stream.of(
                col("deal_id"),
                col("title"),
                unix_date(col("announced_date")),
                col("deal_status"),
                col("deal_usd"),
                col("instrument_id"),
                col("role"),
                unix_date(col("event_date"))),
            Stream.of(
                    "status",
                    "status_reason",
                    "raw_close_usd",
                    "raw_high_usd",
                    "abnormal_usd",
                    "abnormal_usd_low",
                    "abnormal_usd_high",
                    "car",
                    "car_p",
                    "car_three_days",
                    "confounders",
                    "is_record_close",
                    "confounders_three_days",
                    "ar_day_before",
                    "sar_day_before",
                    "stated_confounders",
                    "value_type")
                .map(name -> col(name)))
        .toArray(Column[]::new);
  }

  public static ImpactLine of(Row row) {
    return new ImpactLine(
        row.getString(0),
        row.getString(1),
        LocalDate.ofEpochDay(row.getInt(2)),
        row.getString(3),
        number(row, 4),
        row.getString(5),
        row.getString(6),
        row.isNullAt(7) ? null : LocalDate.ofEpochDay(row.getInt(7)),
        row.getString(8),
        row.getString(9),
        number(row, 10),
        number(row, 11),
        number(row, 12),
        number(row, 13),
        number(row, 14),
        number(row, 15),
        number(row, 16),
        number(row, 17),
        row.getString(18),
        row.isNullAt(19) ? null : row.getBoolean(19),
        row.getString(20),
        number(row, 21),
        number(row, 22),
        row.getString(23),
        row.getString(24));
  }

  private static double number(Row row, int field) {
    return row.isNullAt(field) ? Double.NaN : row.getDouble(field);
  }
}
