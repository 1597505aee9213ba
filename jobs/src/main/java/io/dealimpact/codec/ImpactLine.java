package io.dealimpact.codec;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.unix_date;

import io.dealimpact.row.RowReader;
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

  /** The columns that {@link #of} reads. */
  public static Column[] columns() {
    return Stream.concat(
            Stream.of(
                col("deal_id"),
                col("title"),
                unix_date(col("announced_date")).as("announced_day"),
                col("deal_status"),
                col("deal_usd"),
                col("instrument_id"),
                col("role"),
                unix_date(col("event_date")).as("event_day")),
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

  /** The line of a row of {@link #columns}. */
  public static ImpactLine of(Row row) {
    RowReader.Cells cells = RowReader.of(row.schema()).at(row);
    return new ImpactLine(
        cells.text("deal_id"),
        cells.text("title"),
        cells.day("announced_day").orElseThrow(),
        cells.text("deal_status"),
        cells.number("deal_usd"),
        cells.text("instrument_id"),
        cells.text("role"),
        cells.day("event_day").orElse(null),
        cells.text("status"),
        cells.text("status_reason"),
        cells.number("raw_close_usd"),
        cells.number("raw_high_usd"),
        cells.number("abnormal_usd"),
        cells.number("abnormal_usd_low"),
        cells.number("abnormal_usd_high"),
        cells.number("car"),
        cells.number("car_p"),
        cells.number("car_three_days"),
        cells.text("confounders"),
        cells.flagOrNull("is_record_close"),
        cells.text("confounders_three_days"),
        cells.number("ar_day_before"),
        cells.number("sar_day_before"),
        cells.text("stated_confounders"),
        cells.text("value_type"));
  }
}
