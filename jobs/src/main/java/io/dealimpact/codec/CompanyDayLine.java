package io.dealimpact.codec;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.unix_date;

import io.dealimpact.row.RowReader;
import java.time.LocalDate;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;

/**
 * What the summary says of one company-day: a row of gold.events_flat. NULL in the lake is NaN
 * here, or empty.
 *
 * @param deal of the day's primary event
 * @param instrumentId the share
 * @param date day 0
 * @param status OK, or what kept it from being measured
 * @param car abnormal return of day 0, a fraction
 * @param own the share's own move in dollars
 * @param judged what the study makes of it
 */
public record CompanyDayLine(
    Deal deal,
    String instrumentId,
    LocalDate date,
    String status,
    double car,
    Own own,
    Judged judged) {

  /**
   * The deal.
   *
   * @param lowUsd smallest stated value, USD
   * @param highUsd largest stated value, USD
   */
  public record Deal(
      String dealId,
      String title,
      LocalDate announced,
      String status,
      double lowUsd,
      double highUsd) {}

  /** Dollars net of what others explain, with the interval by the share's own history, USD. */
  public record Own(double usd, double lowUsd, double highUsd) {}

  /**
   * The verdict.
   *
   * @param p for people, with its rank
   * @param q over the study's company-days
   * @param verdict its code
   */
  public record Judged(String p, double q, String verdict) {}

  /** The columns of gold.events_flat that {@link #of} reads. */
  public static Column[] columns() {
    return Stream.concat(
            Stream.of(
                unix_date(col("event_date")).as("event_day"),
                unix_date(col("announced_date")).as("announced_day")),
            Stream.of(
                    "deal_id",
                    "title",
                    "deal_status",
                    "value_low_usd",
                    "value_high_usd",
                    "instrument_id",
                    "status",
                    "car",
                    "own_usd",
                    "own_ci_low_usd",
                    "own_ci_high_usd",
                    "p_text",
                    "q_value",
                    "verdict")
                .map(name -> col(name)))
        .toArray(Column[]::new);
  }

  /** The line of a row of {@link #columns}. */
  public static CompanyDayLine of(Row row) {
    RowReader.Cells cells = RowReader.of(row.schema()).at(row);
    LocalDate date = cells.day("event_day").orElseThrow();
    return new CompanyDayLine(
        new Deal(
            cells.text("deal_id"),
            cells.textOrEmpty("title"),
            cells.day("announced_day").orElse(date),
            cells.textOrEmpty("deal_status"),
            cells.number("value_low_usd"),
            cells.number("value_high_usd")),
        cells.text("instrument_id"),
        date,
        cells.text("status"),
        cells.number("car"),
        new Own(
            cells.number("own_usd"),
            cells.number("own_ci_low_usd"),
            cells.number("own_ci_high_usd")),
        new Judged(
            cells.textOrEmpty("p_text"), cells.number("q_value"), cells.textOrEmpty("verdict")));
  }
}
