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
 * @param deal the deal
 * @param party the share that the event is of
 * @param dayZero what day 0 was
 * @param dollars day 0 in dollars
 * @param threeDays the days about day 0
 */
public record ImpactLine(
    Deal deal, Party party, DayZero dayZero, DollarsOfDay dollars, ThreeDays threeDays) {

  /**
   * The deal.
   *
   * @param announced day of the announcement
   * @param lowUsd its smallest stated value, USD
   * @param highUsd its largest stated value, USD
   * @param valueType what kind of value that is; kinds do not add up with one another
   * @param statedConfounders other news as the deal's record states it
   */
  public record Deal(
      String dealId,
      String title,
      LocalDate announced,
      String status,
      double lowUsd,
      double highUsd,
      String valueType,
      String statedConfounders) {}

  /** The share that the event is of. */
  public record Party(String instrumentId, String role) {}

  /**
   * Day 0.
   *
   * @param date of it; null when there is none
   * @param status of the window [0,0]
   * @param abnormalReturn a fraction
   * @param judged p, q and verdict of the company-day
   * @param recordClose null when there is no day 0
   * @param confounders other news that acted on it
   */
  public record DayZero(
      LocalDate date,
      String status,
      String statusReason,
      double abnormalReturn,
      CompanyDayLine.Judged judged,
      Boolean recordClose,
      String confounders) {}

  /** Day 0 in dollars: at the close, at the high, and the share's own with its interval. */
  public record DollarsOfDay(
      double rawClose, double rawHigh, double own, double ownLow, double ownHigh) {}

  /**
   * Days −1 to +1.
   *
   * @param car CAR[−1,+1], a fraction
   * @param p two-sided, of its t
   * @param confounders other news that acted on one of the three days
   * @param dayBefore abnormal return of day −1, a fraction
   * @param dayBeforeStandardized the same, standardised
   */
  public record ThreeDays(
      double car, double p, String confounders, double dayBefore, double dayBeforeStandardized) {}

  /** The columns that {@link #of} reads. */
  public static Column[] columns() {
    return Stream.concat(
            Stream.of(
                col("deal_id"),
                col("title"),
                unix_date(col("announced_date")).as("announced_day"),
                col("deal_status"),
                col("deal_low_usd"),
                col("deal_high_usd"),
                col("instrument_id"),
                col("role"),
                unix_date(col("event_date")).as("event_day")),
            Stream.of(
                    "status",
                    "status_reason",
                    "raw_close_usd",
                    "raw_high_usd",
                    "own_usd",
                    "own_ci_low_usd",
                    "own_ci_high_usd",
                    "car",
                    "p_text",
                    "q_value",
                    "verdict",
                    "car_three_days",
                    "p_three_days",
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
        new Deal(
            cells.text("deal_id"),
            cells.text("title"),
            cells.day("announced_day").orElseThrow(),
            cells.text("deal_status"),
            cells.number("deal_low_usd"),
            cells.number("deal_high_usd"),
            cells.text("value_type"),
            cells.text("stated_confounders")),
        new Party(cells.text("instrument_id"), cells.text("role")),
        new DayZero(
            cells.day("event_day").orElse(null),
            cells.text("status"),
            cells.text("status_reason"),
            cells.number("car"),
            new CompanyDayLine.Judged(
                cells.textOrEmpty("p_text"), cells.number("q_value"), cells.textOrEmpty("verdict")),
            cells.flagOrNull("is_record_close"),
            cells.text("confounders")),
        new DollarsOfDay(
            cells.number("raw_close_usd"),
            cells.number("raw_high_usd"),
            cells.number("own_usd"),
            cells.number("own_ci_low_usd"),
            cells.number("own_ci_high_usd")),
        new ThreeDays(
            cells.number("car_three_days"),
            cells.number("p_three_days"),
            cells.text("confounders_three_days"),
            cells.number("ar_day_before"),
            cells.number("sar_day_before")));
  }
}
